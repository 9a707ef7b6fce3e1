#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "model/budget.h"
#include "model/report.h"
#include "results/read.h"

namespace budgetcheck {

/// What the gate of a change is held against.
struct GateBase {
  const BudgetsFile& file;           ///< in force at the base
  const Results* results = nullptr;  ///< of the base; null: there are none
};

/// What judges a change besides limits: its own rules, inputs, routes, telemetry and plans, and where it loosens one
/// without owner and reason, the base's. (Limits are compared result by result, see change/loosening.h.)
struct Gate {
  RuleSet rules;
  std::vector<InputSpec> inputs;             ///< paths as in the budgets file
  std::vector<InputSpec> more;               ///< of the base, that are read as well, however inputs are named
  std::map<std::string, std::string> texts;  ///< files of the base that `more` names, by path
  std::vector<std::string> routes;           ///< templates
  Telemetry telemetry;
  std::optional<RateLimits> limits;
  std::vector<QueueDeclaration> queues;
  /// GATE_LOOSENED (a warning) and GATE_LOOSENED_NO_REASON; Verdict::budget is the setting: "rules.n-plus-one".
  std::vector<Verdict> verdicts;
  std::vector<std::string> remarks;  ///< what alters the gate, and does not loosen it or says its reason elsewhere
};

/// How the run was started.
struct GateRun {
  bool names_inputs = false;      ///< the command line does, so that the file's list decides nothing
  bool names_table_rows = false;  ///< the same for the sizes of tables
  std::string today;              ///< YYYY-MM-DD
};

/// Compares the settings of `head` with those of the base. `files`: where the head's inputs are.
Gate gate_in_force(const FileSystem& files, const BudgetsFile& head, const GateBase& base, const GateRun& run);

/// The gate of a change whose base is not known: its own.
Gate own_gate(const BudgetsFile& head);

}  // namespace budgetcheck
