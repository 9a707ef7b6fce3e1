#pragma once

#include <optional>
#include <string>
#include <vector>

#include "baseline/notes.h"
#include "cli/command_line/output_spec.h"
#include "cli/command_line/shared_options.h"
#include "cli/terminal/timings.h"
#include "model/budget.h"
#include "model/rule.h"

namespace budgetcheck {

/// What `budgetcheck check` takes. What was not given is empty.
struct CheckOptions : StoreChoice {
  std::vector<std::string> arguments;  ///< INPUTs; empty: those of the budgets file
  std::string budgets;                 ///< empty: looked for here and in the folders above
  std::string schema;                  ///< schema.prisma; empty: what the budgets file says
  std::string table_rows;              ///< sizes of tables; empty: what the budgets file says
  std::string base;                    ///< FILE, REV or none; empty: found from the CI environment and git
  std::string rerun;                   ///< a results file with confirming runs of both sides
  bool require_base = false;
  bool paired = false;  ///< base and head were measured in one job, taking turns
  std::string today;    ///< empty: today
  std::vector<OutputSpec> outputs;
  Level fail_level = Level::kError;
  bool quiet = false;
  bool verbose = false;
  bool timings = false;  ///< say where the time went
  // Of no option:
  bool inputs_may_miss = false;       ///< the hook says which inputs are missing and judges the rest
  std::optional<App> one_of_several;  ///< the app that the file at the root means by `budgets`; nothing: looked for
  bool gate_only = false;  ///< a file that names apps and has no inputs: its settings are judged, nothing is measured
  Timings* phases = nullptr;                     ///< told when a phase begins; null: nobody asks
  std::optional<NotesFetch>* fetched = nullptr;  ///< see BaseRequest
};

}  // namespace budgetcheck
