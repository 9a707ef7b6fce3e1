#include "cli/history.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/append.h"
#include "base/text.h"
#include "base/variables.h"
#include "baseline/history.h"
#include "cli/chosen_budgets.h"
#include "cli/command_line/output_option.h"
#include "cli/stored_name.h"
#include "cli/terminal/clock.h"
#include "cli/terminal/outputs.h"
#include "cli/terminal/refuse.h"
#include "cli/terminal/terminal.h"
#include "judge/history/budget_history.h"
#include "model/exit_code.h"
#include "report/history/history.h"

namespace budgetcheck {

int run_history(const FileSystem& files, const HistoryOptions& options, const Rendering& on_stdout) {
  Outputs outputs;
  const Errors unopened = outputs.open(options.outputs);
  if (!unopened.empty()) {
    return refuse(unopened);
  }
  const ExpectedAll<BudgetsFile> budgets = load_own_budgets(
      files, options.budgets, ".", "history follows what has a budget: write budgets.yml, or name one with --budgets");
  if (!budgets) {
    return refuse(budgets.error());
  }
  HistoryRequest request;
  request.revision = options.revision;
  Expected<std::string> app = stored_name(files, *budgets, options.app);
  if (!app) {
    return refuse({std::move(app.error())});
  }
  request.app = std::move(*app);
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
  history.from = fmt::format("back from {}", request.revision.empty() ? "HEAD" : printable(request.revision));
  append_to(history.notes, std::move(stored->remarks));
  if (records.empty()) {
    history.notes.emplace_back(
        "no results are stored there yet: run budgetcheck baseline push RESULTS on the main branch");
  } else if (history.series.empty()) {
    history.notes.emplace_back("no budget of the file judges a result of the newest record");
  }
  const auto render = [&](const std::string& format, const Rendering& rendering) {
    const auto& formats = history_formats();
    const auto found =
        std::find_if(formats.begin(), formats.end(), [&](const HistoryFormat& f) { return f.name == format; });
    if (found == formats.end()) {
      throw InternalError(fmt::format("history has no format {}", format));
    }
    return found->render(history, rendering);
  };
  const Errors unwritten = outputs.write(render, on_stdout);
  return unwritten.empty() ? kExitPass : refuse(unwritten);
}

Command history_command(const std::shared_ptr<HistoryOptions>& options) {
  HistoryOptions& o = *options;
  Command command;
  command.name = "history";
  command.summary = "show how each budget developed on the main branch, and when it will break";
  command.arguments = one_argument("[REV]", o.revision, true);
  command.options = {budgets_option(o.budgets), output_option(output_formats(history_formats()), o.outputs),
                     today_option(o.today)};
  append_to(command.options, store_options(o));
  command.examples = {"budgetcheck history main", "budgetcheck history --output html=history.html"};
  command.verify = [options] { return overwritten(options->outputs, {options->budgets}); };
  command.run = [options](const FileSystem& files) {
    return run_history(files, *options, rendering_for(kStandardOutput, process_variables()));
  };
  return command;
}

}  // namespace budgetcheck
