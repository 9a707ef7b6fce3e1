#include "cli/validate.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/glob.h"
#include "base/text.h"
#include "budget/load.h"
#include "cli/chosen_budgets.h"
#include "cli/command_line/shared_options.h"
#include "cli/terminal/console.h"
#include "model/exit_code.h"

namespace budgetcheck {
namespace {

void print(std::ostream& out, const Error& error) {
  const std::string place = to_string(error.location);
  out << (place.empty() ? "" : printable(place) + ": ") << printable(error.message) << '\n';
  if (!error.hint.empty()) {
    out << "  hint: " << printable(error.hint) << '\n';
  }
}

int refuse(std::ostream& err, const Errors& errors) {
  for (const Error& error : errors) {
    print(err, error);
  }
  return kExitUsage;
}

std::size_t rules_set(const BudgetsFile& file) {
  const json::Value* rules = file.document.find("rules");
  return rules == nullptr || !rules->is_object() ? 0 : rules->object()->size();
}

}  // namespace

int run_validate(const FileSystem& files, const std::string& budgets_path, const std::string& folder, std::ostream& out,
                 std::ostream& err) {
  const ExpectedAll<BudgetsFile> file =
      load_own_budgets(files, budgets_path, folder, "let budgetcheck init write one, or name a file with --budgets");
  if (!file) {
    return refuse(err, file.error());
  }
  const Errors errors = deferred_errors(*file);
  if (!errors.empty()) {
    return refuse(err, errors);
  }
  out << fmt::format("{}: valid: {}, {} set, {}\n", printable(file->path), counted(file->budgets.size(), "budget"),
                     counted(rules_set(*file), "rule"), counted(file->inputs.size(), "input"));
  for (const InputSpec& input : file->inputs) {
    if (expand_path_glob(files, file->folder, input.path, 1).empty()) {
      out << fmt::format("{}: note: no file matches '{}' now{}\n", printable(to_string(input.location)),
                         printable(input.path), input.optional ? " (it is optional)" : "");
    }
  }
  if (file->budgets.empty()) {
    out << fmt::format("{}: note: the file has no budgets, so only rules are checked\n", printable(file->path));
  }
  return kExitPass;
}

Command validate_command(const std::shared_ptr<ValidateOptions>& options) {
  Command command;
  command.name = "validate";
  command.summary = "check the budgets file and show everything that is wrong with it";
  command.arguments = no_arguments();
  command.options = {budgets_option(options->budgets)};
  command.examples = {"budgetcheck validate", "budgetcheck validate --budgets ci/budgets.yml"};
  command.run = [options](const FileSystem& files) {
    ConsoleStreams console;
    return run_validate(files, options->budgets, ".", console.out, console.err);
  };
  return command;
}

}  // namespace budgetcheck
