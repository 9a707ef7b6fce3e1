#include <fmt/format.h>

#include "base/platform/output_file.h"
#include "base/text.h"
#include "budget/import/write_budgets.h"
#include "cli/init/init.h"
#include "cli/terminal/console.h"
#include "model/exit_code.h"

namespace budgetcheck {
namespace {

/// Puts the schema where the first line of the budgets file says. A line for standard error when that cannot be done:
/// the budgets file is good without it.
std::string write_schema(const std::string& schema) {
  const std::string path(kEditorSchema);
  const SystemResult<> written =
      OutputFile::open(path, OutputFile::Existing::kReplaced, Missing::kMade).and_then([&](OutputFile file) {
        return file.write(schema);
      });
  return written ? ""
                 : fmt::format(
                       "budgetcheck: cannot write '{}': {} (it is for your editor only: budgetcheck schema prints "
                       "it)\n",
                       path, printable(written.error()));
}

}  // namespace

int run_init(const FileSystem& files, const std::vector<std::string>& from, bool add) {
  InitPlan plan = add ? plan_addition(files) : plan_init(files, from);
  std::vector<DraftedFile> drafted = plan.more;
  if (!plan.text.empty()) {
    drafted.push_back({plan.path, plan.text});
  }
  for (const DraftedFile& one : drafted) {
    const auto existing = add ? OutputFile::Existing::kReplaced : OutputFile::Existing::kRefused;
    const SystemResult<> written =
        OutputFile::open(one.path, existing).and_then([&](OutputFile file) { return file.write(one.text); });
    if (!written) {
      plan = {};
      plan.code = kExitUsage;
      plan.err = fmt::format("budgetcheck: cannot write '{}': {} (check that the folder may be written)\n",
                             printable(one.path), printable(written.error()));
      break;
    }
  }
  if (!plan.schema.empty()) {
    plan.err += write_schema(plan.schema);
  }
  (void)print(plan.out);
  print_aside(plan.err);
  return plan.code;
}

}  // namespace budgetcheck
