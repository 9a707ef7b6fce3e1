#include "collect/capture/field_parts.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "model/exchange.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMostParts = 20'000;
constexpr std::size_t kFewestOfRoute = 10;

}  // namespace

FieldParts::Body FieldParts::take_body() { return std::exchange(body_, std::nullopt); }

bool FieldParts::counts(const Exchange& exchange) {
  return !failed(exchange) && is_routed(exchange) && is_json(exchange.mime_type);
}

void FieldParts::add(const Exchange& exchange, const Body& body) {
  if (!body || !counts(exchange)) {
    return;
  }
  double bytes = exchange.decoded_bytes;
  if (bytes < 0) {
    bytes = 0;
    for (const FieldSize& field : body->fields) {
      bytes += field.bytes;
    }
  }
  const std::pair key(exchange.route, exchange.host);
  if (routes_.size() >= kMaxRoutes && !routes_.contains(key)) {
    return;
  }
  Largest& largest = routes_[key];
  if (bytes > largest.bytes) {
    largest = {bytes, body->fields};
  }
}

void FieldParts::rename(const std::function<std::string(const std::string& route)>& name_of) {
  for (auto& [key, largest] : std::exchange(routes_, {})) {
    Largest& into = routes_[{name_of(key.first), key.second}];
    if (largest.bytes > into.bytes) {
      into = std::move(largest);
    }
  }
}

void FieldParts::append_to(std::vector<Part>& parts,
                           const std::function<std::string(const std::string& host)>& host_label) {
  const std::size_t most =
      std::clamp(kMostParts / std::max<std::size_t>(routes_.size(), 1), kFewestOfRoute, kMaxFieldsOfRoute);
  for (auto& [key, largest] : routes_) {
    Labels where{{"route", key.first}};
    if (std::string host = host_label(key.second); !host.empty()) {
      where.set("host", std::move(host));
    }
    std::vector<Part> fields;
    for (FieldSize& field : largest.fields) {
      fields.push_back({"payload.decoded", where, "field", std::move(field.path), Unit::kBytes, field.bytes, {}});
    }
    keep_biggest(fields, most);
    std::move(fields.begin(), fields.end(), std::back_inserter(parts));
  }
  routes_.clear();
}

}  // namespace budgetcheck
