#include "judge/limits/capacity.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "base/text.h"
#include "model/rule.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kThroughput = "load.throughput";

std::string label(const Labels& labels, std::string_view name) {
  const std::string* found = labels.find(name);
  return found == nullptr ? "" : *found;
}

/// Below the level of a warning even a broken budget passes, so there the code tells.
bool is_kept(const Verdict& verdict, Level level) {
  constexpr std::array<std::string_view, 5> kKept{"OK", "NO_BASE", "GREW_BELOW_FLOOR", "NOT_CONFIRMED",
                                                  "RATCHET_SUGGESTED"};
  if (verdict.code == "BUDGET_LOOSENED") {
    return level >= Level::kWarning;  // its limit was raised with a reason, and is kept
  }
  if (verdict.status == Status::kWarn) {
    return verdict.code == "GROWTH_NOT_JUDGED";  // the limit itself is kept
  }
  return verdict.status == Status::kPass &&
         (level >= Level::kWarning || std::find(kKept.begin(), kKept.end(), verdict.code) != kKept.end());
}

Error not_kept(const std::string& id, const Verdict& verdict) {
  const std::string name = printable(id);
  const auto because = [&](std::string_view what, std::string hint) {
    return Error{ErrorKind::kInput, fmt::format("the budget '{}' {}, so its load test proves no capacity", name, what),
                 verdict.location, std::move(hint)};
  };
  if (verdict.code == "BUDGET_LOOSENED_NO_REASON") {
    return because("is loosened by this change without a reason", "see what is said of that budget");
  }
  switch (verdict.status) {
    case Status::kInconclusive:
      return because("is not decided", "see what is said of that budget, and measure again");
    case Status::kWaived:
      return because("is broken and only waived", "run the load test at a rate at which the budget is kept");
    case Status::kError:
      return because("judged nothing", "pass the result of its load test");
    case Status::kPass:
    case Status::kWarn:
    case Status::kFail:
      break;
  }
  return because("is broken", "run the load test at a rate at which the budget is kept, or make the service faster");
}

/// Test, route and stage: what a throughput is of.
using Place = std::array<std::string, 3>;
Place place_of(const Labels& where) { return {label(where, "test"), label(where, "route"), label(where, "stage")}; }

/// Why the load test has no throughput.
Error untold(const Facts& facts, const std::string& test, const std::string& route) {
  for (const Unmeasured& gap : facts.unmeasured) {
    const std::string gap_test = label(gap.where, "test");
    const bool is_family = gap.metric.empty() || (gap.metric.ends_with('.') && kThroughput.starts_with(gap.metric));
    if ((is_family || gap.metric == kThroughput) && (gap_test.empty() || gap_test == test)) {
      return {ErrorKind::kInput, fmt::format("the load test '{}' tells no throughput: {}", printable(test), gap.reason),
              gap.location, gap.hint};
    }
  }
  return {ErrorKind::kInput,
          route.empty() ? fmt::format("no throughput was measured of the load test '{}'", printable(test))
                        : fmt::format("no throughput was measured of '{}' in the load test '{}'", printable(route),
                                      printable(test)),
          {},
          route.empty() ? "pass a result that tells how many requests succeeded in which time"
                        : "name a budget on the whole load test (one without route)"};
}

}  // namespace

Expected<ProvenCapacity> proven_capacity(const BudgetsFile& budgets, const LimitCapacity& capacity, const Facts& facts,
                                         const std::vector<Verdict>& verdicts, bool undecided_too) {
  const auto budget = std::find_if(budgets.budgets.begin(), budgets.budgets.end(),
                                   [&](const Budget& one) { return one.id == capacity.budget; });
  const Level level = budget == budgets.budgets.end() ? Level::kError : budget->level;
  std::set<Place> places;
  bool any = false;
  for (const Verdict& verdict : verdicts) {
    if (verdict.budget != capacity.budget || (alters_gate(verdict) && !verdict.value)) {
      continue;  // without a value it is on the budget, and not on what it judged
    }
    any = true;
    const bool is_let_open = undecided_too && verdict.status == Status::kInconclusive;
    if (!is_let_open && !is_kept(verdict, level)) {
      return tl::unexpected(not_kept(capacity.budget, verdict));
    }
    places.insert(place_of(verdict.where));
  }
  if (!any) {
    return fail(ErrorKind::kInput,
                fmt::format("the budget '{}' was not judged, so nothing proves a capacity", printable(capacity.budget)),
                {}, "pass the result of its load test");
  }
  if (places.size() > 1) {
    return fail(ErrorKind::kInput,
                fmt::format("the budget '{}' is on {} at once, and which of them is the capacity is not known",
                            printable(capacity.budget),
                            counted(places.size(), "load test, route or stage", "load tests, routes or stages")),
                {}, "name a budget with where: { test: … } of the one that proves it");
  }
  const std::string& test = places.begin()->at(0);
  const std::string& route = places.begin()->at(1);
  for (const Sample& sample : facts.samples) {
    if (sample.metric != kThroughput || place_of(sample.where) != *places.begin()) {
      continue;
    }
    const std::optional<Metric> metric = budgets.catalogue.find(kThroughput);
    const double per_second = aggregate(sample, metric ? metric->stat : Stat::kMedian);
    if (!(per_second > 0)) {
      return fail(ErrorKind::kInput, fmt::format("no request of the load test '{}' succeeded", printable(test)),
                  sample.location, "look at what it was answered, and run it again");
    }
    return ProvenCapacity{per_second, test, route, sample.location, undecided_too};
  }
  return tl::unexpected(untold(facts, test, route));
}

}  // namespace budgetcheck
