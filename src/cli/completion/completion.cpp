#include "cli/completion/completion.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "cli/command_line/option.h"
#include "cli/commands.h"
#include "cli/completion/values.h"
#include "cli/terminal/console.h"
#include "model/exit_code.h"

namespace budgetcheck {
namespace {

const std::vector<std::string>& shells() {
  static const std::vector<std::string> kShells{"bash", "zsh", "fish"};
  return kShells;
}

Errors unknown_shell(const std::string& shell) {
  if (std::find(shells().begin(), shells().end(), shell) != shells().end()) {
    return {};
  }
  const std::string near = nearest(shell, shells());
  return {{ErrorKind::kUsage,
           fmt::format("there is no completion for '{}'", printable(shell)),
           {},
           near.empty() ? "shells: bash, zsh, fish" : fmt::format("did you mean '{}'?", near)}};
}

int run(const CompletionOptions& options) {
  const std::vector<Command> commands = all_commands();
  print_document(options.shell == "bash"  ? bash_completion(commands)
                 : options.shell == "zsh" ? zsh_completion(commands)
                                          : fish_completion(commands));
  return kExitPass;
}

}  // namespace

Command completion_command(const std::shared_ptr<CompletionOptions>& options) {
  Command command;
  command.name = "completion";
  command.summary = "print the script that completes commands and options in a shell";
  command.text =
      "For this session: source <(budgetcheck completion bash), the same with zsh, or budgetcheck completion fish | "
      "source. docs/command-line.md says where to put it for good.";
  command.arguments = one_argument("SHELL", options->shell);
  command.arguments.words = shells;
  command.examples = {"budgetcheck completion bash > /etc/bash_completion.d/budgetcheck",
                      "budgetcheck completion zsh > ~/.zfunc/_budgetcheck",
                      "budgetcheck completion fish > ~/.config/fish/completions/budgetcheck.fish"};
  command.verify = [options] { return unknown_shell(options->shell); };
  command.run = [options](const FileSystem&) { return run(*options); };
  return command;
}

}  // namespace budgetcheck
