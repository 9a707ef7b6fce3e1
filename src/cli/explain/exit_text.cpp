#include "cli/explain/exit_text.h"

namespace budgetcheck {

const std::vector<ExitText>& exit_texts() {
  static const std::vector<ExitText> kTexts{
      {kExitInternalError, "internal error",
       "A bug in budgetcheck itself: nothing was judged. Please report it with the message and the command."},
      {kExitUsage, "usage or budgets file",
       "The command line or the budgets file is wrong, or a budget matches nothing that was measured. Fix what the "
       "messages name: no limit is checked until then."},
      {kExitFailed, "failed",
       "A budget or a rule at the level that fails was broken. The report names each one, worst first, with what to "
       "do."},
      {kExitCannotJudge, "cannot judge",
       "An input is missing, unreadable or incomplete, or the measurements are too noisy or too few to decide. Fix "
       "the input or measure again: this is never a pass."},
      {kExitNoBase, "no base",
       "A base to compare with was required and not found. Store the results of the main branch, or name a base with "
       "--base."},
      {kExitDelivery, "delivery failed",
       "baseline push could not store its record; or, under --strict-delivery, everything is within its budgets but a "
       "comment could not be delivered."},
      {kExitPass, "within budgets", "Everything that the budgets file names was measured and is within its limits."},
  };
  return kTexts;
}

}  // namespace budgetcheck
