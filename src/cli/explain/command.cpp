#include "cli/explain/command.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "base/glob.h"
#include "base/text.h"
#include "budget/load.h"
#include "cli/chosen_budgets.h"
#include "cli/command_line/shared_options.h"
#include "cli/explain/docs.h"
#include "cli/explain/explain.h"
#include "cli/explain/find.h"
#include "cli/terminal/console.h"
#include "cli/terminal/refuse.h"

namespace budgetcheck {
namespace {

/// The budgets file, if there is a valid one: explain works without.
std::optional<BudgetsFile> usable_budgets(const FileSystem& files, const std::string& given) {
  const std::string path = choose_budgets(files, given).value_or("");
  if (path.empty()) {
    return std::nullopt;
  }
  ExpectedAll<BudgetsFile> loaded = load_budgets(files, path);
  if (!loaded) {
    say_aside(fmt::format("'{}' has errors and is left out here (see budgetcheck validate)", printable(path)));
    return std::nullopt;
  }
  return std::move(*loaded);
}

/// For shells: names of one word that are the same in every project.
std::vector<std::string> explained_words() {
  std::vector<std::string> words;
  for (const Explainable& one : explainables(nullptr)) {
    if (one.kind == "rule" || one.kind == "verdict" || (one.kind == "metric" && !is_glob(one.name))) {
      words.push_back(one.name);
    }
  }
  return words;
}

int run(const FileSystem& files, const ExplainOptions& options) {
  ConsoleStreams console;
  if (!options.docs.empty()) {
    return write_docs(options.docs, console.out, console.err);
  }
  const std::optional<BudgetsFile> budgets = usable_budgets(files, options.budgets);
  return run_explain(join(options.words, " "), budgets ? &*budgets : nullptr, console.out, console.err);
}

}  // namespace

Command explain_command(const std::shared_ptr<ExplainOptions>& options) {
  Command command;
  command.name = "explain";
  command.summary = "show what a rule, metric, verdict code, exit code, option or budget means";
  command.text =
      "A NAME is a rule, metric, verdict code, exit code, budget, option, output format, key of the budgets file or "
      "command. Words that nothing is called find what mentions them. Without a NAME it lists what there is.";
  command.arguments = any_arguments("[NAME]", options->words);
  command.arguments.words = explained_words;
  command.arguments.may_be_options = true;
  command.options = {
      budgets_option(options->budgets),
      text_option("docs", "DIR", "write the pages on rules and metrics into DIR", options->docs),
  };
  command.examples = {"budgetcheck explain n-plus-one", "budgetcheck explain lighthouse.lcp",
                      "budgetcheck explain exit 3", "budgetcheck explain seq scan"};
  command.run = [options](const FileSystem& files) { return run(files, *options); };
  return command;
}

}  // namespace budgetcheck
