#include "collect/query_log/plan_keeper.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

#include "base/hash.h"

namespace budgetcheck {
namespace {

std::uint64_t way_of(const CapturedPlan& plan) {
  std::string text;
  for (const PlanAccess& access : plan.accesses) {
    for (const std::string* part : {&access.table, &access.alias, &access.index}) {
      text += *part;
      text += '\n';
    }
    for (const std::string& column : access.condition_columns) {
      text += column;
      text += ',';
    }
    text += static_cast<char>('0' + static_cast<int>(access.way));
    text += access.filtered ? 'f' : '-';
    text += access.limited ? 'l' : '-';
  }
  return hash64(text);
}

/// Rows that were read, as far as the plan says, else those that the planner expected.
double weight_of(const CapturedPlan& plan) {
  if (plan.rows_examined >= 0) {
    return plan.rows_examined;
  }
  double rows = 0;
  for (const PlanAccess& access : plan.accesses) {
    rows += access.rows_read >= 0 ? access.rows_read : std::max(access.rows_estimated, 0.0);
  }
  return rows;
}

}  // namespace

void PlanKeeper::add(CapturedPlan plan) {
  if (plan.accesses.size() > kMaxAccesses) {
    plan.accesses.resize(kMaxAccesses);
  }
  Kept kept;
  kept.way = way_of(plan);
  kept.weight = weight_of(plan);
  kept.plan = std::move(plan);
  std::vector<Kept>& known = by_shape_[kept.plan.shape];
  const auto same = std::find_if(known.begin(), known.end(), [&](const Kept& k) { return k.way == kept.way; });
  if (same != known.end()) {
    if (kept.weight > same->weight) {
      *same = std::move(kept);
    }
    return;
  }
  if (known.size() == kPerShape) {
    const auto least =
        std::min_element(known.begin(), known.end(), [](const Kept& a, const Kept& b) { return a.weight < b.weight; });
    if (kept.weight > least->weight) {
      *least = std::move(kept);
    }
    return;
  }
  if (count_ == kMaxPlans) {
    full_ = true;
    return;
  }
  ++count_;
  known.push_back(std::move(kept));
}

std::vector<CapturedPlan> PlanKeeper::take() {
  std::vector<CapturedPlan> plans;
  plans.reserve(count_);
  for (auto& [shape, kept] : by_shape_) {
    for (Kept& one : kept) {
      plans.push_back(std::move(one.plan));
    }
  }
  std::sort(plans.begin(), plans.end(), [](const CapturedPlan& a, const CapturedPlan& b) {
    return std::tie(a.shape, a.location.line) < std::tie(b.shape, b.location.line);
  });
  by_shape_.clear();
  count_ = 0;
  return plans;
}

}  // namespace budgetcheck
