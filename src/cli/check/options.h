#pragma once

#include <string>
#include <vector>

#include "cli/command_line/output_spec.h"
#include "cli/command_line/shared_options.h"
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
  bool inputs_may_miss = false;  ///< of no option: the hook says which inputs are missing and judges the rest
};

}  // namespace budgetcheck
