#include "collect/capture/list_field_counter.h"

#include <utility>

namespace budgetcheck {
namespace {

constexpr std::string_view kBody = "(body)";
constexpr std::string_view kElement = "[]";

/// "users[].owner.id" is the field "owner.id" of the list "users[]".
std::pair<std::string, std::string> list_and_name(const std::string& path) {
  const std::size_t element = path.rfind(kElement);
  if (element == std::string::npos) {
    return {std::string(kBody), path == kBody ? std::string() : path};
  }
  const std::size_t end = element + kElement.size();
  return {path.substr(0, end), path.size() > end ? path.substr(end + 1) : std::string()};
}

bool has_data_keys(const std::string& path) { return path.find('*') != std::string::npos; }

}  // namespace

void ListFieldCounter::Field::add(const Field& other) {
  value = seen == 0 || value == other.value ? other.value : 0;
  scalar = scalar && other.scalar;
  seen += other.seen;
  bytes += other.bytes;
}

void ListFieldCounter::add(const Exchange& exchange, const std::vector<FieldSize>& fields) {
  const bool is_new = exchange.request_key == 0 || asked_.insert(exchange.request_key).second;
  const std::pair key(exchange.route, exchange.host);
  if (!is_new || (routes_.size() >= kMaxRoutes && !routes_.contains(key))) {
    return;
  }
  Route& route = routes_[key];
  ++route.answers;
  double bytes = 0;
  for (const FieldSize& size : fields) {
    bytes += size.bytes;
    auto [list_name, name] = list_and_name(size.path);
    if (has_data_keys(size.path)) {
      continue;
    }
    List& list = route.lists[list_name];
    if (name.empty()) {
      list.elements += size.scalar ? 0 : size.seen;
      continue;
    }
    const auto known = list.fields.find(name);
    if (known == list.fields.end() && fields_ >= kMaxFields) {
      continue;
    }
    fields_ += known == list.fields.end() ? 1U : 0U;
    list.fields[name].add({size.bytes, size.seen, size.value, size.scalar});
  }
  route.bytes += bytes;
  if (bytes > route.largest) {
    route.largest = bytes;
    route.location = exchange.location;
  }
}

void ListFieldCounter::rename(const std::function<std::string(const std::string& route)>& name_of) {
  for (auto& [key, route] : std::exchange(routes_, {})) {
    Route& into = routes_[{name_of(key.first), key.second}];
    into.answers += route.answers;
    into.bytes += route.bytes;
    if (route.largest > into.largest) {
      into.largest = route.largest;
      into.location = route.location;
    }
    for (const auto& [list_name, list] : route.lists) {
      List& to = into.lists[list_name];
      to.elements += list.elements;
      for (const auto& [field_name, field] : list.fields) {
        to.fields[field_name].add(field);
      }
    }
  }
}

void ListFieldCounter::append_to(std::vector<ListFields>& lists) const {
  for (const auto& [key, route] : routes_) {
    for (const auto& [list_name, list] : route.lists) {
      ListFields& out = lists.emplace_back();
      out.route = key.first;
      out.list = list_name;
      out.answers = route.answers;
      out.elements = list.elements;
      out.bytes = route.bytes;
      out.location = route.location;
      for (const auto& [field_name, field] : list.fields) {
        if (field.scalar) {
          out.fields.push_back({field_name, field.bytes, field.seen == list.elements, field.value != 0});
        }
      }
    }
  }
}

}  // namespace budgetcheck
