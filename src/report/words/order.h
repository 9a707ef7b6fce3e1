#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "model/report.h"

namespace budgetcheck {

/// What a verdict or finding means for the run, worst first: the order of every output.
enum class Gravity { kFails, kError, kUnclear, kWarns, kKnown, kNote, kWaived, kPasses };

/// "FAIL", "ERROR", "UNCLEAR", "WARN", "KNOWN", "NOTE", "WAIVED", "PASS".
std::string_view status_word(Gravity gravity);

Gravity gravity(const Verdict& verdict);
/// A finding that the base has too, no worse, is kKnown whatever its level.
Gravity gravity(const Finding& finding);

/// Whether it turns the run red: by its level, and by the level that the run fails at. With a fail level of "off"
/// nothing is enforced, but what failed still counts as failed.
bool breaks(const Verdict& verdict, Level fail_level);
bool breaks(const Finding& finding, Level fail_level);

/// Stable: within one gravity the report's own order (worst first) stays.
std::vector<const Verdict*> worst_first(const std::vector<Verdict>& verdicts);
std::vector<const Finding*> worst_first(const std::vector<Finding>& findings);

/// The verdicts that tell how the change alters its own gate, worst first.
std::vector<const Verdict*> gate_verdicts(const std::vector<Verdict>& verdicts);
/// There is something to say under that heading.
bool alters_gate(const Report& report);
inline constexpr std::string_view kGateHeading = "This change alters its own gate";

/// What a summary counts. A budget counts once, by its worst verdict.
struct Tally {
  std::size_t budgets = 0;
  std::size_t failed = 0;
  std::size_t errors = 0;
  std::size_t unclear = 0;
  std::size_t warned = 0;
  std::size_t waived = 0;
  std::size_t passed = 0;
  std::size_t improved = 0;      ///< passed, and better than the base
  std::size_t gate_failing = 0;  ///< settings of the gate, which are no budgets
  std::size_t gate_warning = 0;
  std::size_t findings_failing = 0;
  std::size_t findings_warning = 0;
  std::size_t findings_known = 0;
  std::size_t findings_other = 0;  ///< notes and waived ones
  std::size_t bad_inputs = 0;
  std::size_t problems = 0;
};
Tally tally(const Report& report);

}  // namespace budgetcheck
