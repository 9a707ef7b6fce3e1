#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

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
    for (const QueueDeclaration& queue : loading_.file.queues) {
      add_limit(queue, "max_depth", "queue.depth", queue.max_depth);
      add_limit(queue, "max_wait", "queue.wait", queue.max_wait_ms);
      add_limit(queue, "max_utilisation", "queue.utilisation", queue.max_utilisation);
    }
  }

  void load(const json::Array& waivers) {
    for (const json::Value& value : waivers) {
      if (loading_.has_enough_errors()) {
        break;
      }
      if (!text_of(value, "budget").empty()) {
        load_one(value);
      }
    }
  }

 private:
  /// Limits of queues are judged as budgets of these names.
  void add_limit(const QueueDeclaration& queue, std::string_view key, std::string_view metric,
                 std::optional<double> max) {
    if (max) {
      Budget budget;
      budget.id = fmt::format("queues.{}.{}", queue.queue, key);
      budget.metric = loading_.file.catalogue.find(metric);
      budget.max = max;
      ids_.push_back(budget.id);
      of_queues_.emplace(budget.id, std::move(budget));
    }
  }

  const Budget* find(const std::string& id) const {
    const auto found = by_id_.find(id);
    const auto of_queue = of_queues_.find(id);
    return found != by_id_.end()          ? &loading_.file.budgets[found->second]
           : of_queue != of_queues_.end() ? &of_queue->second
                                          : nullptr;
  }

  void load_one(const json::Value& value) {
    Waiver waiver;
    waiver.location = loading_.at(value);
    waiver.budget = text_of(value, "budget");
    waiver.where = labels_of(loading_, value.find("where"));
    waiver.owner = text_of(value, "owner");
    waiver.reason = text_of(value, "reason");
    waiver.expires = date_of(loading_, value, "expires");
    waiver.missing = missing_parts(value);
    const Budget* budget = find(waiver.budget);
    if (budget == nullptr) {
      no_such_budget(waiver, *value.find("budget"));
    } else if (budget->metric) {
      check_labels(loading_, *budget->metric, value.find("where"));
      read_ceiling(value, *budget, waiver);
    }
    check_unique(value, waiver);
    loading_.file.waivers.push_back(std::move(waiver));
  }

  void no_such_budget(const Waiver& waiver, const json::Value& at) {
    const bool may_be_derived = waiver.budget.find('.') != std::string::npos;  // derived ids begin with a metric's
    const bool may_be_of_queue = waiver.budget.starts_with("queues.") && loading_.unread.contains("queues");
    if (loading_.budgets.contains(waiver.budget) || loading_.unread.contains("budgets") || may_be_of_queue ||
        (may_be_derived && loading_.derived_ids_are_doubtful)) {
      loading_.passed_over = true;
      return;
    }
    std::string hint = suggestions_left_ == 0 ? "" : json::did_you_mean(waiver.budget, ids_);
    suggestions_left_ -= suggestions_left_ == 0 ? 0 : 1;
    loading_.error(loading_.at(at), fmt::format("no budget has the id '{}'", printable(waiver.budget)),
                   hint.empty() ? "add an 'id' to the budget and name it here" : std::move(hint));
  }

  void check_unique(const json::Value& value, const Waiver& waiver) {
    if (!loading_.is_certain(value, {"where"})) {
      return;
    }
    const auto [first, is_new] = seen_.emplace(std::pair(waiver.budget, waiver.where), waiver.location.line);
    if (!is_new) {
      loading_.error(waiver.location,
                     fmt::format("a second waiver for '{}' with the same 'where'", printable(waiver.budget)),
                     fmt::format("the first is in line {}; keep one of them", first->second));
    }
  }

  /// Parts that are misspelt or of a wrong type are the schema's to report.
  std::vector<std::string> missing_parts(const json::Value& value) const {
    std::vector<std::string> missing;
    for (const std::string_view key : {"owner", "reason", "expires"}) {
      const json::Value* part = value.find(key);
      const bool is_blank = part != nullptr && part->is_string() && trim(*part->string()).empty();
      if ((part == nullptr || is_blank) && loading_.is_certain(value, {key})) {
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
      loading_.error(
          loading_.at(*ceiling),
          fmt::format("'ceiling' is {}, stricter than the limit {} that it relaxes",
                      format_quantity(*waiver.ceiling, unit, limit), format_quantity(limit, unit, *waiver.ceiling)),
          "write the worst value that is accepted while the waiver holds");
    }
  }

  Loading& loading_;
  std::map<std::string, std::size_t> by_id_;
  std::map<std::string, Budget> of_queues_;
  std::vector<std::string> ids_;
  std::map<std::pair<std::string, Labels>, std::uint32_t> seen_;
  std::size_t suggestions_left_ = 50;  ///< each costs a comparison with every budget
};

}  // namespace

void load_waivers(Loading& loading, const json::Value& waivers) { WaiversLoader(loading).load(*waivers.array()); }

}  // namespace budgetcheck
