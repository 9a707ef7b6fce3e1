#include "cli/validate.h"

#include <algorithm>
#include <ostream>

#include "base/glob.h"
#include "base/text.h"
#include "budget/load.h"
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
  std::string path = budgets_path;
  if (path.empty()) {
    Expected<std::string> found = find_budgets_file(files, folder);
    if (!found) {
      return refuse(err, {found.error()});
    }
    path = std::move(*found);
  }
  if (path.empty()) {
    return refuse(err, {Error{ErrorKind::kUsage,
                              "there is no budgets file here or in a folder above",
                              {},
                              "let budgetcheck init write one, or name a file with --budgets"}});
  }
  const ExpectedAll<BudgetsFile> file = load_budgets(files, path);
  if (!file) {
    return refuse(err, file.error());
  }
  const Errors errors = deferred_errors(*file);
  if (!errors.empty()) {
    return refuse(err, errors);
  }
  out << printable(path) << ": valid: " << counted(file->budgets.size(), "budget") << ", "
      << counted(rules_set(*file), "rule") << " set, " << counted(file->inputs.size(), "input") << '\n';
  for (const InputSpec& input : file->inputs) {
    if (expand_path_glob(files, file->folder, input.path, 1).empty()) {
      out << printable(to_string(input.location)) << ": remark: no file matches '" << printable(input.path) << "' now"
          << (input.optional ? " (it is optional)" : "") << '\n';
    }
  }
  if (file->budgets.empty()) {
    out << printable(path) << ": remark: the file has no budgets, so only rules are checked\n";
  }
  return kExitPass;
}

}  // namespace budgetcheck
