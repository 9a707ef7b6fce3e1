#include "cli/version.h"

#include "cli/terminal/console.h"
#include "model/exit_code.h"

namespace budgetcheck {

int run_version() {
  (void)print("budgetcheck " BUDGETCHECK_VERSION "\n");
  return kExitPass;
}

Command version_command() {
  Command command;
  command.name = "version";
  command.summary = "show the version";
  command.arguments = no_arguments();
  command.examples = {"budgetcheck version"};
  command.run = [](const FileSystem&) { return run_version(); };
  return command;
}

}  // namespace budgetcheck
