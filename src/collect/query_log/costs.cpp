#include "collect/query_log/costs.h"

#include <algorithm>
#include <tuple>

namespace budgetcheck {
namespace {

constexpr unsigned kHalf = 32;

std::uint64_t joined(std::uint32_t route, std::uint32_t number) { return (std::uint64_t{route} << kHalf) | number; }

std::uint32_t route_in(std::uint64_t key) { return static_cast<std::uint32_t>(key >> kHalf); }

}  // namespace

QueryCosts::Cost& QueryCosts::of(std::uint32_t route, std::uint32_t part) {
  const std::uint64_t key = joined(route, part);
  if (last_ != nullptr && key == last_key_) {
    return *last_;
  }
  if (part != kNone && costs_.size() >= kMaxParts && cost_numbers_.find(key) == KeyIndex::kNone) {
    too_many_ = true;
    return of(route, kNone);
  }
  const std::uint32_t number = cost_numbers_.number_of(key);
  if (number == costs_.size()) {
    costs_.emplace_back();
  }
  last_key_ = key;
  last_ = &costs_[number];
  return *last_;
}

void QueryCosts::add(Cost& cost, double count, double distinct, double ms) {
  cost.count.add(count);
  cost.distinct.add(distinct);
  if (ms >= 0) {
    cost.time.add(ms);
  }
}

void QueryCosts::add_part(std::uint32_t route, std::uint32_t part, double count, double distinct, double ms) {
  if (part != kNone && (!too_many_ || cost_numbers_.find(joined(route, part)) != KeyIndex::kNone)) {
    add(of(route, part), count, distinct, ms);
  }
}

void QueryCosts::add_request(std::uint32_t route, double count, double distinct, double ms) {
  add(of(route, kNone), count, distinct, ms);
}

void QueryCosts::add_use(std::uint32_t route, std::uint32_t shape, std::uint64_t count) {
  if (uses_.size() >= kMaxUses) {
    return;
  }
  const std::uint32_t number = use_numbers_.number_of(joined(route, shape));
  if (number == uses_.size()) {
    uses_.push_back(0);
  }
  uses_[number] = std::max(uses_[number], count);
}

std::vector<QueryCosts::MostExecuted> QueryCosts::take_uses() {
  std::vector<MostExecuted> uses;
  uses.reserve(uses_.size());
  for (std::uint32_t i = 0; i < use_numbers_.size(); ++i) {
    const std::uint64_t key = use_numbers_.keys()[i];
    uses.push_back({route_in(key), static_cast<std::uint32_t>(key), uses_[i]});
  }
  use_numbers_.clear();
  uses_.clear();
  std::sort(uses.begin(), uses.end(),
            [](const auto& a, const auto& b) { return std::tie(a.route, a.shape) < std::tie(b.route, b.shape); });
  return uses;
}

std::map<QueryCosts::Key, QueryCost> QueryCosts::take() {
  std::map<Key, Cost> all;
  for (std::uint32_t i = 0; i < cost_numbers_.size(); ++i) {
    const std::uint64_t key = cost_numbers_.keys()[i];
    all.emplace(Key{route_in(key), static_cast<std::uint32_t>(key)}, std::move(costs_[i]));
  }
  cost_numbers_.clear();
  costs_.clear();
  last_ = nullptr;
  std::map<Key, Cost> routes;
  for (const auto& [key, cost] : all) {
    if (key.part != kNone) {
      routes[Key{key.route, kNone}].duration.merge(cost.duration);
    }
  }
  for (const auto& [key, cost] : routes) {
    all[key].duration.merge(cost.duration);
  }
  std::map<Key, QueryCost> taken;
  for (const auto& [key, cost] : all) {
    taken.emplace_hint(taken.end(), key,
                       QueryCost{cost.count.distribution(), cost.distinct.distribution(), cost.time.distribution(),
                                 cost.duration.distribution()});
  }
  return taken;
}

}  // namespace budgetcheck
