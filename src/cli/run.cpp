#include "cli/run.h"

#include <chrono>
#include <iostream>
#include <memory>
#include <optional>

#include "base/file_system.h"
#include "base/text.h"
#include "base/variables.h"
#include "budget/load.h"
#include "cli/baseline.h"
#include "cli/calibrate.h"
#include "cli/check/check.h"
#include "cli/comment.h"
#include "cli/compare.h"
#include "cli/explain/docs.h"
#include "cli/explain/explain.h"
#include "cli/history.h"
#include "cli/hook/hook.h"
#include "cli/init/init.h"
#include "cli/options.h"
#include "cli/schema.h"
#include "cli/terminal/progress.h"
#include "cli/terminal/terminal.h"
#include "cli/validate.h"
#include "model/exit_code.h"

namespace budgetcheck {
namespace {

/// The budgets file, if there is a valid one: explain works without.
std::optional<BudgetsFile> budgets_for_explain(const FileSystem& files, const Options& options) {
  std::string path = options.budgets;
  if (path.empty()) {
    path = find_budgets_file(files, ".").value_or("");
  }
  if (path.empty()) {
    return std::nullopt;
  }
  ExpectedAll<BudgetsFile> loaded = load_budgets(files, path);
  if (!loaded) {
    std::cerr << "budgetcheck: '" << printable(path)
              << "' has errors and is left out here (see budgetcheck validate)\n";
    return std::nullopt;
  }
  return std::move(*loaded);
}

int too_many_arguments(const Options& options, std::size_t allowed) {
  if (options.arguments.size() <= allowed) {
    return kExitPass;
  }
  std::cerr << "budgetcheck: '" << options.command << "' has no use for '" << printable(options.arguments[allowed])
            << "'\n";
  return kExitUsage;
}

/// Files whose long reading is told on a terminal.
struct Files {
  DiskFileSystem disk;
  Progress progress;
  WatchedFiles watched;
  bool is_watched;

  Files()
      : progress([](std::string_view text) { (void)write_all(kStandardError, text); }, std::chrono::steady_clock::now,
                 rendering_for(kStandardError, process_variables()).width,
                 rendering_for(kStandardError, process_variables()).unicode),
        watched(disk, progress),
        is_watched(wants_progress(look_at(kStandardError), process_variables())) {}

  const FileSystem& get() const { return is_watched ? static_cast<const FileSystem&>(watched) : disk; }
};

CheckOptions check_options(const Options& options) {
  CheckOptions check;
  check.arguments = options.arguments;
  check.budgets = options.budgets;
  check.app = options.app;
  check.schema = options.schema;
  check.table_rows = options.table_rows;
  check.base = options.base;
  check.rerun = options.rerun;
  check.require_base = options.require_base;
  check.no_fetch = options.no_fetch;
  check.paired = options.paired;
  check.remote = options.remote;
  check.today = options.today;
  check.outputs = options.outputs;
  check.fail_level = options.fail_level;
  return check;
}

int dispatch(const Options& options) {
  const Files all;
  const FileSystem& files = all.get();
  if (options.command == "validate") {
    const int wrong = too_many_arguments(options, 0);
    return wrong != 0 ? wrong : run_validate(files, options.budgets, ".", std::cout, std::cerr);
  }
  if (options.command == "init") {
    const int wrong = too_many_arguments(options, 0);
    return wrong != 0 ? wrong : run_init(files, options);
  }
  if (options.command == "explain") {
    if (!options.docs.empty()) {
      return write_docs(options.docs, std::cout, std::cerr);
    }
    const std::optional<BudgetsFile> budgets = budgets_for_explain(files, options);
    std::vector<std::string> words = options.arguments;
    return run_explain(join(words, " "), budgets ? &*budgets : nullptr, std::cout, std::cerr);
  }
  if (options.command == "schema") {
    const int wrong = too_many_arguments(options, 1);
    return wrong != 0 ? wrong
                      : run_schema(options.arguments.empty() ? "" : options.arguments.front(), std::cout, std::cerr);
  }
  if (options.command == "baseline") {
    return run_baseline(files, options);
  }
  if (options.command == "comment") {
    return run_comment(files, options);
  }
  if (options.command == "hook") {
    return run_hook(files, options);
  }
  if (options.command == "calibrate") {
    return run_calibrate(files, options);
  }
  const Rendering on_stdout = rendering_for(kStandardOutput, process_variables());
  if (options.command == "compare") {
    return run_compare(files, options, on_stdout);
  }
  if (options.command == "history") {
    return run_history(files, options, on_stdout);
  }
  return run_check(files, check_options(options), on_stdout);
}

}  // namespace

int run(const std::vector<std::string>& arguments) {
  const ExpectedAll<Options> options = parse_options(arguments);
  if (!options) {
    for (const Error& error : options.error()) {
      std::cerr << "budgetcheck: " << to_string(error) << "\n";
    }
    return kExitUsage;
  }
  if (options->help) {
    const bool plain = options->command == "check" && options->arguments.empty();
    std::cout << help_text(plain ? "" : options->command);
    return kExitPass;
  }
  if (options->version) {
    std::cout << "budgetcheck " << BUDGETCHECK_VERSION << "\n";
    return kExitPass;
  }
  return dispatch(*options);
}

}  // namespace budgetcheck
