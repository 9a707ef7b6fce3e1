#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "budget/import/write_budgets.h"
#include "model/input.h"
#include "model/sample.h"
#include "report/format.h"

namespace budgetcheck {

/// One measurement, as `list` shows it.
struct ListedMeasurement {
  std::string metric;
  Labels where;
  Unit unit = Unit::kNone;
  double value = 0;  ///< by `stat`
  Stat stat = Stat::kMedian;
  std::uint64_t runs = 1;
  bool lower_bound = false;  ///< the real value is this or more
  std::string lower_bound_reason;
  Location location;
  std::vector<std::string> budgets;  ///< ids of those that judge it; empty: none does
  DraftBudget draft;                 ///< a budget that this value keeps; without a limit where `no_draft` says why
  std::string no_draft;              ///< a clause; empty: the draft has a limit
};

/// Everything that was measured, or what filters left of it.
struct Listing {
  std::string tool_version;
  std::string budgets_path;                     ///< empty: there is no budgets file
  std::vector<ListedMeasurement> measurements;  ///< metrics in the catalogue's order; totals, then the worst first
  std::size_t others = 0;                       ///< how many the filters left out
  std::vector<Unmeasured> unmeasured;           ///< what these inputs usually measure, and did not
  std::vector<Input> inputs;
  std::vector<std::string> notes;
};

/// "p95 of 40", "of 5000" trials; empty: of one value.
std::string runs_words(const ListedMeasurement& measurement);

// What `list` writes: pure functions of the Listing.

std::string render_list_text(const Listing& listing, const Rendering& rendering);
std::string render_list_json(const Listing& listing, const Rendering& rendering);
/// Lines of `budgets:` in YAML; those of measurements that a budget judges already are comments.
std::string render_list_budgets(const Listing& listing, const Rendering& rendering);

struct ListFormat {
  std::string_view name;
  std::string (*render)(const Listing& listing, const Rendering& rendering) = nullptr;
};
const std::vector<ListFormat>& list_formats();

}  // namespace budgetcheck
