#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "budget/sections/loading.h"
#include "json/schema/schema.h"

namespace budgetcheck {
namespace {

class WaiversLoader {
 public:
  explicit WaiversLoader(Loading& loading) : loading_(loading) {
    for (std::size_t i = 0; i < loading_.file.budgets.size(); ++i) {
      const Budget& budget = loading_.file.budgets[i];
      by_id_.emplace(budget.id, i);
      ids_.push_back(budget.id);
    }
  }

  void load(const json::Array& waivers) {
    for (const json::Value& value : waivers) {
      if (loading_.has_enough_errors()) {
        break;
      }
      if (value.is_object() && value.find("budget") != nullptr && value.find("budget")->is_string()) {
        load_one(value);
      }
    }
  }

 private:
  void load_one(const json::Value& value) {
    Waiver waiver;
    waiver.location = loading_.at(value);
    waiver.budget = text_of(value, "budget");
    waiver.where = labels_of(loading_, value.find("where"));
    waiver.owner = text_of(value, "owner");
    waiver.reason = text_of(value, "reason");
    waiver.expires = date_of(loading_, value, "expires");
    waiver.missing = missing_parts(value);
    const auto found = by_id_.find(waiver.budget);
    if (found == by_id_.end()) {
      std::string hint = suggestions_left_ == 0 ? "" : json::did_you_mean(waiver.budget, ids_);
      suggestions_left_ -= suggestions_left_ == 0 ? 0 : 1;
      loading_.error(loading_.at(*value.find("budget")), "no budget has the id '" + printable(waiver.budget) + "'",
                     hint.empty() ? "give the budget that is meant an 'id' and name it here" : std::move(hint));
    } else if (const Budget& budget = loading_.file.budgets[found->second]; budget.metric) {
      check_labels(loading_, *budget.metric, value.find("where"));
      read_ceiling(value, budget, waiver);
    }
    const auto [first, is_new] = seen_.emplace(std::pair(waiver.budget, waiver.where), waiver.location.line);
    if (!is_new) {
      loading_.error(waiver.location, "a second waiver for '" + printable(waiver.budget) + "' with the same 'where'",
                     "the first stands in line " + std::to_string(first->second) + "; keep one of them");
    }
    loading_.file.waivers.push_back(std::move(waiver));
  }

  /// Parts of a wrong type are the schema's to report.
  static std::vector<std::string> missing_parts(const json::Value& value) {
    std::vector<std::string> missing;
    for (const std::string_view key : {"owner", "reason", "expires"}) {
      const json::Value* part = value.find(key);
      if (part == nullptr || (part->is_string() && trim(*part->string()).empty())) {
        missing.emplace_back(key);
      }
    }
    return missing;
  }

  void read_ceiling(const json::Value& value, const Budget& budget, Waiver& waiver) {
    const json::Value* ceiling = value.find("ceiling");
    if (ceiling == nullptr) {
      return;
    }
    const Unit unit = budget.metric->unit;
    waiver.ceiling = quantity_of(loading_, "ceiling", *ceiling, unit);
    if (!waiver.ceiling) {
      return;
    }
    const bool below_max = budget.max && !budget.min && *waiver.ceiling < *budget.max;
    const bool above_min = budget.min && !budget.max && *waiver.ceiling > *budget.min;
    if (below_max || above_min) {
      const double limit = below_max ? *budget.max : *budget.min;
      loading_.error(loading_.at(*ceiling),
                     "'ceiling' is " + format_quantity(*waiver.ceiling, unit, limit) + ", stricter than the limit " +
                         format_quantity(limit, unit, *waiver.ceiling) + " that it is to relax",
                     "write the worst value that is accepted while the waiver holds");
    }
  }

  Loading& loading_;
  std::map<std::string, std::size_t> by_id_;
  std::vector<std::string> ids_;
  std::map<std::pair<std::string, Labels>, std::uint32_t> seen_;
  std::size_t suggestions_left_ = 50;  ///< each costs a comparison with every budget
};

}  // namespace

Errors incomplete_waivers(const BudgetsFile& file) {
  Errors errors;
  for (const Waiver& waiver : file.waivers) {
    if (!waiver.missing.empty()) {
      errors.push_back(
          {ErrorKind::kUsage,
           fmt::format("the waiver for '{}' has no '{}'", printable(waiver.budget), join(waiver.missing, "' and no '")),
           waiver.location, "a waiver names an owner, a reason and the last day on which it holds",
           "WAIVER_INCOMPLETE"});
    }
  }
  return errors;
}

void load_removed(Loading& loading, const json::Value& removed) {
  if (!removed.is_array()) {
    return;
  }
  for (const json::Value& value : *removed.array()) {
    Removal removal{text_of(value, "budget"), text_of(value, "owner"), text_of(value, "reason"), loading.at(value)};
    const auto& budgets = loading.file.budgets;
    const bool is_there =
        std::any_of(budgets.begin(), budgets.end(), [&](const Budget& budget) { return budget.id == removal.budget; });
    if (is_there) {
      loading.error(removal.location, "'removed' names the budget '" + printable(removal.budget) + "', which is there",
                    "take one of the two away");
    }
    loading.file.removed.push_back(std::move(removal));
  }
}

void load_waivers(Loading& loading, const json::Value& waivers) {
  if (waivers.is_array()) {
    WaiversLoader(loading).load(*waivers.array());
  }
}

}  // namespace budgetcheck
