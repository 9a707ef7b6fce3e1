#include "cli/terminal/refuse.h"

#include "base/platform/streams.h"
#include "model/exit_code.h"

namespace budgetcheck {

int refuse(const Errors& errors) {
  bool wrong_use = false;
  for (const Error& error : errors) {
    wrong_use = wrong_use || error.kind != ErrorKind::kInput;
    (void)write_all(kStandardError, "budgetcheck: " + to_string(error) + "\n");
  }
  return wrong_use ? kExitUsage : kExitCannotJudge;
}

}  // namespace budgetcheck
