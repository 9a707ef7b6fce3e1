#include "collect/http/request_parts.h"

#include <cmath>
#include <iterator>

#include "model/asset_name.h"

namespace budgetcheck {
namespace {

std::string without_host(const std::string& name, std::string_view own_host) {
  const bool is_own =
      !own_host.empty() && name.starts_with(own_host) && name.size() > own_host.size() && name[own_host.size()] == '/';
  return is_own ? name.substr(own_host.size()) : name;
}

void append(std::vector<Part>& parts, std::string_view own_host, const RequestParts::Place& place,
            const std::map<std::string, double>& bytes) {
  std::vector<Part> of_place;
  for (const auto& [name, size] : bytes) {
    of_place.push_back({place.metric, place.where, "request", without_host(name, own_host), Unit::kBytes, size, {}});
  }
  keep_biggest(of_place, RequestParts::kMostOfPlace);
  parts.insert(parts.end(), std::make_move_iterator(of_place.begin()), std::make_move_iterator(of_place.end()));
}

}  // namespace

void RequestParts::add(std::string_view type, const std::string& name, double bytes) {
  if (name.empty() || !std::isfinite(bytes) || bytes < 0) {
    return;
  }
  std::map<std::string, double>& known = bytes_[std::string(type)];
  // Beyond the limit it counts among "other requests": the total stays true.
  const bool has_room = names_ < kMostNames || known.contains(name);
  const auto [at, is_new] = known.try_emplace(has_room ? name : rest_name("request"), 0.0);
  names_ += is_new ? 1U : 0U;
  at->second += bytes;
}

void RequestParts::append_to(std::vector<Part>& parts, std::string_view own_host,
                             const std::function<Place(const std::string& type)>& place_of) const {
  std::map<std::string, double> all;
  for (const auto& [type, bytes] : bytes_) {
    append(parts, own_host, place_of(type), bytes);
    for (const auto& [name, size] : bytes) {
      all[name] += size;
    }
  }
  if (!all.empty()) {
    append(parts, own_host, place_of(""), all);
  }
}

std::string request_name(std::string_view host, std::string_view path) {
  return std::string(host) + stable_asset_name(path, {});
}

}  // namespace budgetcheck
