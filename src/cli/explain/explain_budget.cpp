#include "cli/explain/explain_budget.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "base/text/suggestion.h"
#include "budget/select.h"

namespace budgetcheck {
namespace {

Unit unit_of(const Budget& budget) { return budget.metric ? budget.metric->unit : Unit::kNone; }

std::string where_of(const Budget& budget) {
  const std::string where = to_string(budget.where);
  return where.empty() ? "no labels: the total" : where;
}

std::string growth_of(const Increase& increase, Unit unit) {
  std::vector<std::string> parts;
  if (increase.relative) {
    parts.push_back(exact_quantity(*increase.relative, Unit::kRatio));
  }
  if (increase.absolute) {
    parts.push_back(exact_quantity(*increase.absolute, unit));
  }
  return join(parts, " and by ") + (parts.size() > 1 ? " (only a growth beyond both fails)" : "");
}

/// The budgets that judge the same number as `index`, the one that owns a result first.
std::vector<std::size_t> chain(const BudgetsFile& file, std::size_t index) {
  const auto metric_of = [](const Budget& budget) { return budget.metric ? budget.metric->id : budget.metric_id; };
  const Budget& asked = file.budgets[index];
  std::vector<std::size_t> same;
  // From the end: of two with equal rank the later one owns the result.
  for (std::size_t i = file.budgets.size(); i-- > 0;) {
    if (metric_of(file.budgets[i]) == metric_of(asked) && file.budgets[i].stat == asked.stat) {
      same.push_back(i);
    }
  }
  std::stable_sort(same.begin(), same.end(),
                   [&](std::size_t a, std::size_t b) { return more_specific(file.budgets[a], file.budgets[b]); });
  return same;
}

void explain_chain(TextPage& page, const BudgetsFile& file, std::size_t index) {
  const std::vector<std::size_t> order = chain(file, index);
  page.heading("Which budget owns a result");
  if (order.size() == 1) {
    page.text("No other budget judges this metric by the same stat.", 2);
    return;
  }
  page.text("The most specific one that matches it; the first of these:", 2);
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    const Budget& one = file.budgets[order[rank]];
    page.field(std::to_string(rank + 1) + ".",
               fmt::format("{} ({}): {}, {}{}", one.id, where_of(one), limit_of(one), to_string(one.location),
                           order[rank] == index ? " <- this one" : ""),
               4, 2);
  }
}

void explain_waivers(TextPage& page, const BudgetsFile& file, const Budget& budget) {
  for (const Waiver& waiver : file.waivers) {
    if (waiver.budget == budget.id) {
      page.field("Waived",
                 fmt::format("until {}{} by {}: {}", waiver.expires,
                             waiver.ceiling ? " up to " + exact_quantity(*waiver.ceiling, unit_of(budget)) : "",
                             waiver.owner, waiver.reason));
    }
  }
}

}  // namespace

std::string limit_of(const Budget& budget) {
  std::vector<std::string> parts;
  if (budget.min) {
    parts.push_back("at least " + exact_quantity(*budget.min, unit_of(budget)));
  }
  if (budget.max) {
    parts.push_back("at most " + exact_quantity(*budget.max, unit_of(budget)));
  }
  if (budget.max_increase) {
    parts.push_back(
        fmt::format("growth compared with the base at most by {}", growth_of(*budget.max_increase, unit_of(budget))));
  }
  return parts.empty() ? "no limit of its own" : std::string(to_string(budget.stat)) + " " + join(parts, ", ");
}

void explain_budget(TextPage& page, const BudgetsFile& file, std::size_t index) {
  const Budget& budget = file.budgets[index];
  page.line("Budget " + budget.id);
  page.line();
  page.field("Defined at", to_string(budget.location));
  if (budget.metric) {
    page.field("Metric", fmt::format("{} ({})", budget.metric->id, budget.metric->title));
  } else {
    page.field("Metric", fmt::format("{}, which is not a known metric{}", budget.metric_id,
                                     budget.metric_suggestion.empty()
                                         ? ""
                                         : "; " + did_you_mean(budget.metric_id, budget.metric_suggestion)));
  }
  page.field("Where", where_of(budget));
  page.field("Limit", limit_of(budget));
  if (budget.metric && !budget.max_increase) {
    page.field("Compared", comparison_of(*budget.metric));
  }
  page.field("Level", std::string(to_string(budget.level)) +
                          (budget.enforce_from.empty() ? "" : "; at most a warning before " + budget.enforce_from));
  if (!budget.owner.empty()) {
    page.field("Owner", budget.owner);
  }
  if (!budget.why.empty()) {
    page.field("Why", budget.why);
  }
  if (budget.raised) {
    page.field("Raised",
               fmt::format("until {} by {}: {}", budget.raised->expires, budget.raised->owner, budget.raised->reason));
  }
  explain_waivers(page, file, budget);
  explain_chain(page, file, index);
}

}  // namespace budgetcheck
