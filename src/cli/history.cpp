#include "cli/history.h"

#include <algorithm>

#include "base/text.h"
#include "base/variables.h"
#include "baseline/history.h"
#include "cli/chosen_budgets.h"
#include "cli/terminal/clock.h"
#include "cli/terminal/outputs.h"
#include "cli/terminal/refuse.h"
#include "judge/history/budget_history.h"
#include "model/exit_code.h"
#include "report/history/history.h"

namespace budgetcheck {
namespace {

/// History follows what has a budget, so the defaults are not enough.
ExpectedAll<BudgetsFile> load(const FileSystem& files, const Options& options) {
  ExpectedAll<BudgetsFile> budgets = load_chosen_budgets(files, options);
  if (budgets && budgets->path.empty()) {
    return tl::unexpected(Errors{{ErrorKind::kUsage,
                                  "there is no budgets file here or in a folder above",
                                  {},
                                  "history follows what has a budget: write budgets.yml, or name one with --budgets"}});
  }
  return budgets;
}

}  // namespace

int run_history(const FileSystem& files, const Options& options, const Rendering& on_stdout) {
  if (options.arguments.size() > 1) {
    return refuse({{ErrorKind::kUsage,
                    "'history' has no use for '" + printable(options.arguments[1]) + "'",
                    {},
                    "it takes one commit at most: budgetcheck history main"}});
  }
  Outputs outputs;
  const Errors unopened = outputs.open(options.outputs);
  if (!unopened.empty()) {
    return refuse(unopened);
  }
  const ExpectedAll<BudgetsFile> budgets = load(files, options);
  if (!budgets) {
    return refuse(budgets.error());
  }
  HistoryRequest request;
  request.revision = options.arguments.empty() ? "" : options.arguments.front();
  request.app = options.app.empty() ? budgets->project : options.app;
  request.remote = options.remote;
  request.fetch = !options.no_fetch;
  ExpectedAll<History> stored = read_history(files, process_variables(), request);
  if (!stored) {
    return refuse(stored.error());
  }
  std::vector<const Results*> records;
  for (const StoredRecord& record : stored->records) {
    records.push_back(&record.results);
  }
  BudgetHistory history = build_history(*budgets, records, options.today.empty() ? today_utc() : options.today);
  history.app = request.app;
  history.from = "back from " + (request.revision.empty() ? "HEAD" : printable(request.revision));
  std::move(stored->remarks.begin(), stored->remarks.end(), std::back_inserter(history.notes));
  if (records.empty()) {
    history.notes.emplace_back(
        "no results are stored there yet: run budgetcheck baseline push RESULTS on the main branch");
  } else if (history.series.empty()) {
    history.notes.emplace_back("no budget of the file owns a result of the newest record");
  }
  const auto render = [&](const std::string& format, const Rendering& rendering) {
    const auto& formats = history_formats();
    const auto found =
        std::find_if(formats.begin(), formats.end(), [&](const HistoryFormat& f) { return f.name == format; });
    if (found == formats.end()) {
      throw InternalError("history has no format " + format);
    }
    return found->render(history, rendering);
  };
  const Errors unwritten = outputs.write(render, on_stdout);
  return unwritten.empty() ? kExitPass : refuse(unwritten);
}

}  // namespace budgetcheck
