#include "collect/trace/read/attribute_keys.h"

#include <algorithm>
#include <utility>

namespace budgetcheck {
namespace {

using Slot = AttributeSlot;

constexpr std::array<std::pair<const char*, Slot>, 24> kKnown{{
    {"db.query.text", Slot::kStatement},
    {"db.statement", Slot::kStatement},
    {"db.system.name", Slot::kSystem},
    {"db.system", Slot::kSystem},
    {"db.postgresql.values", Slot::kParams},
    {"http.route", Slot::kRoute},
    {"next.route", Slot::kRoute},
    {"messaging.destination.name", Slot::kQueue},
    {"messaging.destination", Slot::kQueue},
    {"http.request.method", Slot::kMethod},
    {"http.method", Slot::kMethod},
    {"http.response.status_code", Slot::kStatus},
    {"http.status_code", Slot::kStatus},
    {"url.full", Slot::kFullUrl},
    {"http.url", Slot::kFullUrl},
    {"http.target", Slot::kTarget},
    {"url.path", Slot::kPath},
    {"url.query", Slot::kQuery},
    {"service.name", Slot::kService},
    {"span.kind", Slot::kKind},
    {"otel.scope.name", Slot::kScope},
    {"otel.library.name", Slot::kScope},
    {"error", Slot::kError},
    {"otel.status_code", Slot::kStatusName},
}};

}  // namespace

AttributeKeys::AttributeKeys(const Telemetry* telemetry) : rows_(1) {
  for (const auto& [name, slot] : kKnown) {
    row(name).slot = slot;
  }
  if (telemetry == nullptr) {
    return;
  }
  for (const TelemetryRequirement& requirement : telemetry->required) {
    if (requirement.on == TelemetryRequirement::On::kLog) {
      continue;
    }
    for (const std::string& name : requirement.attributes) {
      if (required_.size() < kMostRequired && std::find(required_.begin(), required_.end(), name) == required_.end()) {
        row(name).required = std::uint64_t{1} << required_.size();
        required_.push_back(name);
      }
    }
  }
}

AttributeKey& AttributeKeys::row(const std::string& name) {
  for (Row& known : rows_) {
    if (known.name == name && !name.empty()) {
      return known.key;
    }
  }
  std::uint32_t& place = places_[place_of(name)];
  rows_.push_back({name, {}, place});
  place = static_cast<std::uint32_t>(rows_.size() - 1);
  return rows_.back().key;
}

}  // namespace budgetcheck
