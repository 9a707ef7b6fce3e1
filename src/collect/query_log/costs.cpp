#include "collect/query_log/costs.h"

#include <algorithm>
#include <tuple>

namespace budgetcheck {
namespace {

constexpr unsigned kHalf = 32;

}  // namespace

QueryCost& QueryCosts::of(std::uint32_t route, std::uint32_t part) {
  const std::uint64_t key = (std::uint64_t{route} << kHalf) | part;
  if (last_ != nullptr && key == last_key_) {
    return *last_;
  }
  auto found = costs_.find(key);
  if (found == costs_.end()) {
    if (part != kNone && costs_.size() >= kMaxParts) {
      too_many_ = true;
      return of(route, kNone);
    }
    found = costs_.emplace(key, QueryCost{}).first;
  }
  last_key_ = key;
  last_ = &found->second;
  return *last_;
}

void QueryCosts::add(QueryCost& cost, double count, double distinct, double ms) {
  cost.count.add(count);
  cost.distinct.add(distinct);
  if (ms >= 0) {
    cost.time.add(ms);
  }
}

void QueryCosts::add_part(std::uint32_t route, std::uint32_t part, double count, double distinct, double ms) {
  if (part != kNone && (!too_many_ || costs_.contains((std::uint64_t{route} << kHalf) | part))) {
    add(of(route, part), count, distinct, ms);
  }
}

void QueryCosts::add_request(std::uint32_t route, double count, double distinct, double ms) {
  add(of(route, kNone), count, distinct, ms);
}

std::vector<QueryCosts::MostExecuted> QueryCosts::take_uses() {
  std::vector<MostExecuted> uses;
  uses.reserve(uses_.size());
  for (const auto& [key, count] : uses_) {
    uses.push_back({static_cast<std::uint32_t>(key >> kHalf), static_cast<std::uint32_t>(key), count});
  }
  uses_.clear();
  std::sort(uses.begin(), uses.end(),
            [](const auto& a, const auto& b) { return std::tie(a.route, a.shape) < std::tie(b.route, b.shape); });
  return uses;
}

std::map<QueryCosts::Key, QueryCost> QueryCosts::take() {
  std::map<Key, QueryCost> all;
  for (auto& [key, cost] : costs_) {
    all.emplace(Key{static_cast<std::uint32_t>(key >> kHalf), static_cast<std::uint32_t>(key)}, std::move(cost));
  }
  costs_.clear();
  last_ = nullptr;
  std::map<Key, QueryCost> routes;
  for (const auto& [key, cost] : all) {
    if (key.part != kNone) {
      routes[Key{key.route, kNone}].duration.merge(cost.duration);
    }
  }
  for (auto& [key, cost] : routes) {
    all[key].duration.merge(cost.duration);
  }
  return all;
}

}  // namespace budgetcheck
