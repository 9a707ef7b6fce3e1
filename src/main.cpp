#include <exception>
#include <string>
#include <vector>

#include "base/platform/own_process.h"
#include "cli/run.h"
#include "cli/terminal/console.h"
#include "model/exit_code.h"

int main(int argc, char** argv) {
  budgetcheck::ignore_closed_pipes();
  budgetcheck::exit_when_an_input_is_cut("budgetcheck: an input was cut short while it was read; nothing was judged\n",
                                         budgetcheck::kExitCannotJudge);
  try {
    return budgetcheck::run(std::vector<std::string>(argv + 1, argv + argc));
  } catch (const std::exception& error) {
    budgetcheck::print_aside(
        std::string("budgetcheck: internal error: ") + error.what() +
        "\nThis is a bug in budgetcheck, not in your project: please report it with the command line.\n");
    return budgetcheck::kExitInternalError;
  }
}
