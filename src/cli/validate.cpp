#include "cli/validate.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/glob.h"
#include "base/text.h"
#include "budget/load.h"
#include "cli/chosen_budgets.h"
#include "cli/command_line/shared_options.h"
#include "cli/terminal/console.h"
#include "generate/generator.h"
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

/// Whatever is wrong at the root, the files of its apps are checked too.
int validate_apps(const FileSystem& files, const std::string& root, std::ostream& out, std::ostream& err) {
  int code = kExitPass;
  for (const App& app : root.empty() ? std::vector<App>() : named_apps(files, root).apps) {
    code = std::max(code, run_validate(files, app.budgets_path, ".", out, err));
  }
  return code;
}

}  // namespace

int run_validate(const FileSystem& files, const std::string& budgets_path, const std::string& folder, std::ostream& out,
                 std::ostream& err) {
  const ExpectedAll<BudgetsFile> file =
      load_own_budgets(files, budgets_path, folder, "let budgetcheck init write one, or name a file with --budgets");
  Errors errors = file ? deferred_errors(*file) : file.error();
  if (const auto generated = file ? generate_files(*file) : ExpectedAll<std::vector<GeneratedFile>>(); !generated) {
    errors.insert(errors.end(), generated.error().begin(), generated.error().end());
  }
  if (!errors.empty()) {
    const Expected<std::string> path = choose_budgets(files, budgets_path, folder);
    (void)validate_apps(files, path ? *path : "", out, err);
    return refuse(err, errors);
  }
  out << fmt::format("{}: valid: {}{}, {} set, {}\n", printable(file->path),
                     file->apps.empty() ? "" : counted(file->apps.size(), "app") + ", ",
                     counted(file->budgets.size(), "budget"), counted(rules_set(*file), "rule"),
                     counted(file->inputs.size(), "input"));
  for (const InputSpec& input : file->inputs) {
    if (expand_path_glob(files, file->folder, input.path, 1).empty()) {
      out << fmt::format("{}: note: no file matches '{}' now{}\n", printable(to_string(input.location)),
                         printable(input.path), input.optional ? " (it is optional)" : "");
    }
  }
  if (file->budgets.empty() && file->apps.empty()) {
    out << fmt::format("{}: note: the file has no budgets, so only rules are checked\n", printable(file->path));
  }
  return file->apps.empty() ? kExitPass : validate_apps(files, file->path, out, err);
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
