#include "cli/init/command.h"

#include "cli/init/init.h"

namespace budgetcheck {

Command init_command(const std::shared_ptr<InitOptions>& options) {
  Command command;
  command.name = "init";
  command.summary = "write a budgets.yml from today's numbers, or from another tool's configuration";
  command.arguments = no_arguments();
  command.options = {
      list_option("from", "FILE",
                  "another tool's configuration to start from: lighthouserc, budget.json, size-limit, bundlewatch, "
                  "bundlesize, bundlemon, thresholds of k6 and artillery, SLOs of Keptn, analyses of Argo and Flagger",
                  options->from),
      switch_option("add", "add what is missing to the budgets file that is there, and change nothing else in it",
                    options->add),
  };
  command.verify = [options] {
    return options->add && !options->from.empty() ? Errors{{ErrorKind::kUsage,
                                                            "--add and --from exclude each other",
                                                            {},
                                                            "--add starts from today's numbers"}}
                                                  : Errors();
  };
  command.examples = {"budgetcheck init", "budgetcheck init --from lighthouserc.json --from .size-limit.json",
                      "budgetcheck init --add"};
  command.run = [options](const FileSystem& files) { return run_init(files, options->from, options->add); };
  return command;
}

}  // namespace budgetcheck
