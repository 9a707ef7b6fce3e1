#include <unistd.h>

#include <csignal>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include "cli/run.h"
#include "model/exit_code.h"

namespace {

/// A mapped input that was cut short while it was read: nothing can be judged, and nothing else is safe to do here.
void on_bus_error(int /*signal*/) {
  constexpr char kText[] = "budgetcheck: an input was cut short while it was read; nothing was judged\n";
  (void)!::write(STDERR_FILENO, kText, sizeof kText - 1);
  ::_exit(budgetcheck::kExitCannotJudge);
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGBUS, on_bus_error);
  try {
    return budgetcheck::run(std::vector<std::string>(argv + 1, argv + argc));
  } catch (const std::exception& error) {
    std::cerr << "budgetcheck: internal error: " << error.what()
              << "\nThis is a bug in budgetcheck, not in your project: please report it with the command line.\n";
    return budgetcheck::kExitInternalError;
  }
}
