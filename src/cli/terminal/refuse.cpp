#include "cli/terminal/refuse.h"

#include <fmt/format.h>

#include "cli/terminal/console.h"
#include "model/exit_code.h"

namespace budgetcheck {

void say_aside(const std::string& line) { print_aside(fmt::format("budgetcheck: {}\n", line)); }

int refuse(const Errors& errors) {
  bool wrong_use = false;
  for (const Error& error : errors) {
    wrong_use = wrong_use || error.kind != ErrorKind::kInput;
    say_aside(to_string(error));
  }
  return wrong_use ? kExitUsage : kExitCannotJudge;
}

}  // namespace budgetcheck
