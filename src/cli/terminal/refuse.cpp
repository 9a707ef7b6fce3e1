#include "cli/terminal/refuse.h"

#include "cli/terminal/terminal.h"
#include "model/exit_code.h"

namespace budgetcheck {

int refuse(const Errors& errors) {
  bool wrong_use = false;
  for (const Error& error : errors) {
    wrong_use = wrong_use || error.kind != ErrorKind::kInput;
    (void)write_all(2, "budgetcheck: " + to_string(error) + "\n");
  }
  return wrong_use ? kExitUsage : kExitCannotJudge;
}

}  // namespace budgetcheck
