#include "cli/explain/explain.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/append.h"
#include "base/glob.h"
#include "base/text.h"
#include "base/text/suggestion.h"
#include "budget/catalogue.h"
#include "cli/explain/exit_text.h"
#include "cli/explain/explain_budget.h"
#include "cli/explain/explain_usage.h"
#include "cli/explain/find.h"
#include "cli/explain/text_page.h"
#include "collect/recognise.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kInputs = "inputs";

const RuleSet& rules_of(const BudgetsFile* budgets) { return budgets != nullptr ? budgets->rules : shipped_rules(); }

const MetricCatalogue& metrics_of(const BudgetsFile* budgets) {
  return budgets != nullptr ? budgets->catalogue : shipped_metrics();
}

std::string file_of(const BudgetsFile* budgets) {
  return budgets == nullptr || budgets->path.empty() ? "budgets.yml" : budgets->path;
}

void section(TextPage& page, std::string_view heading, std::string_view text) {
  if (!text.empty()) {
    page.heading(heading);
    page.text(text, 2);
  }
}

const RuleParam* default_of(const Rule* shipped, const std::string& name) {
  if (shipped == nullptr) {
    return nullptr;
  }
  const auto found = std::find_if(shipped->params.begin(), shipped->params.end(),
                                  [&](const RuleParam& param) { return param.name == name; });
  return found == shipped->params.end() ? nullptr : &*found;
}

void explain_params(TextPage& page, const Rule& rule, const Rule* shipped, const std::string& file) {
  if (rule.params.empty()) {
    return;
  }
  page.heading("Parameters");
  for (const RuleParam& param : rule.params) {
    const RuleParam* usual = default_of(shipped, param.name);
    std::string text = exact_quantity(param.value, param.unit);
    if (usual != nullptr && usual->value != param.value) {
      text += fmt::format(" (set in {}; the default is {})", file, exact_quantity(usual->value, param.unit));
    }
    page.field(param.name, text + ": " + param.text, 16, 2);
  }
}

void explain_rule(TextPage& page, const Rule& rule, const BudgetsFile* budgets) {
  const Rule* shipped = shipped_rules().find(rule.id);
  const std::string file = file_of(budgets);
  page.line(fmt::format("Rule {}: {}", rule.id, rule.title));
  std::string level(to_string(rule.level));
  if (shipped != nullptr && shipped->level != rule.level) {
    level += " (set in " + file + "; the default is " + std::string(to_string(shipped->level)) + ")";
  }
  page.line();
  page.field("Level", level);
  page.field("From", shipped != nullptr ? "budgetcheck, since " + rule.since : "a rule of your team");
  if (!rule.tags.empty()) {
    page.field("Tags", join(rule.tags, ", "));
  }
  if (rule.kind == RuleKind::kPattern) {
    page.field("Pattern", fmt::format("{} on each {}", rule.pattern, rule.on));
  } else if (rule.kind == RuleKind::kThreshold && rule.limit) {
    page.field("Limit", rule.metric + (rule.direction == Direction::kLowerIsBetter ? " at most " : " at least ") +
                            exact_quantity(*rule.limit, rule.unit));
  }
  if (!rule.ignore.empty()) {
    page.field("Ignored", join(rule.ignore, ", "));
  }
  section(page, "What it finds", rule.short_text);
  section(page, "Why it matters", rule.why);
  section(page, "How to fix it", rule.help);
  section(page, "When it is wrong", rule.limits);
  explain_params(page, rule, shipped, file);
  page.heading("In the budgets file");
  page.line("  rules:");
  page.hang("    ", example_settings(rule), 8);
}

/// The `*` row that the metric comes from, with the known name that may have been meant; empty for a row of its own.
std::string open_row(const Metric& metric, const MetricCatalogue& catalogue) {
  std::vector<std::string> named;
  const Metric* row = nullptr;
  for (const Metric& one : catalogue.all()) {
    if (one.id == metric.id) {
      return {};
    }
    if (!is_glob(one.id)) {
      named.push_back(one.id);
    } else if (label_glob_matches(one.id, metric.id) &&
               (row == nullptr || literal_length(one.id) > literal_length(row->id))) {
      row = &one;
    }
  }
  const std::string near = nearest(metric.id, named);
  return row == nullptr
             ? std::string()
             : row->id + (near.empty() ? "" : ", because no metric has this name; " + did_you_mean(metric.id, near));
}

void explain_metric(TextPage& page, const Metric& metric, const MetricCatalogue& catalogue) {
  page.line(fmt::format("Metric {}: {}", metric.id, metric.title));
  page.line();
  page.text(metric.description);
  page.line();
  page.field("Unit", unit_text(metric.unit));
  page.field("Better",
             metric.direction == Direction::kLowerIsBetter ? "lower (a limit is a max)" : "higher (a limit is a min)");
  std::vector<std::string> others = stat_names();
  std::erase(others, std::string(to_string(metric.stat)));
  page.field("Stat", fmt::format("{} unless the budget says {}", to_string(metric.stat), join(others, ", ")));
  page.field("Labels", metric.labels.empty() ? "any" : join(metric.labels, ", "));
  page.field("Class", to_string(metric.metric_class));
  page.field("Compared", comparison_of(metric));
  if (!metric.advice.empty()) {
    page.field("When broken", metric.advice);
  }
  if (!metric.aliases.empty()) {
    page.field("Also called", join(metric.aliases, ", "));
  }
  const std::string row = open_row(metric, catalogue);
  if (!row.empty()) {
    page.field("Matched by", row);
  }
  if (!metric.example.empty()) {
    page.heading("In the budgets file");
    page.line("  budgets:");
    page.hang("    - ", metric.example, 8);
  }
}

void list_inputs(TextPage& page) {
  page.line("Inputs: files and folders with what these wrote");
  page.line();
  for (const std::string_view given : what_is_read(formats())) {
    page.hang("  - ", std::string(given), 4);
  }
  page.line();
  page.text(
      "A file's format is recognised from its content, also behind gzip. docs/inputs.md says how each is written.");
}

void list_names(TextPage& page, const BudgetsFile* budgets) {
  constexpr std::size_t kColumn = 38;
  page.line("budgetcheck explain NAME explains one of these:");
  page.heading("Rules");
  for (const Rule& rule : rules_of(budgets).all()) {
    page.field(rule.id, rule.title, kColumn, 2);
  }
  page.heading("Metrics");
  for (const Metric& metric : metrics_of(budgets).all()) {
    page.field(metric.id, metric.title, kColumn, 2);
  }
  if (budgets != nullptr && !budgets->budgets.empty()) {
    page.heading("Budgets of " + file_of(budgets));
    for (const Budget& budget : budgets->budgets) {
      page.field(budget.id, limit_of(budget), kColumn, 2);
    }
  }
  page.heading("Inputs");
  page.field(std::string(kInputs), "the files that are read", kColumn, 2);
  page.heading("Verdict codes");
  for (const CodeText& code : verdict_codes()) {
    page.field(code.code, code.sentence, kColumn, 2);
  }
  page.heading("Exit codes, in order of precedence");
  for (const ExitText& exit : exit_texts()) {
    page.field("exit " + std::to_string(exit.code), exit.title, kColumn, 2);
  }
  page.line();
  page.text(
      "Options (--base), output formats (junit), formats of inputs (webpack), keys of the budgets file (waivers) and "
      "commands have a page too, and free words find what mentions them: budgetcheck explain seq scan");
}

/// Names of rules, metrics and budgets as they are spelt, whatever the case of the question.
std::string spelt(const std::string& name, const BudgetsFile* budgets) {
  for (const Explainable& one : explainables(budgets)) {
    if (equals_ignoring_case(one.name, name)) {
      return one.name;
    }
  }
  return name;
}

/// What may be meant by words that nothing is called, a line each.
std::string meant_text(const std::string& name, const BudgetsFile* budgets) {
  constexpr std::size_t kMost = 8;
  constexpr std::size_t kWidestName = 30;
  std::vector<Explainable> meant = meant_by(name, budgets);
  const std::size_t more = meant.size() - std::min(kMost, meant.size());
  meant.resize(meant.size() - more);
  std::size_t widest = 0;
  for (const Explainable& one : meant) {
    widest = std::max(widest, std::min(kWidestName, display_width(printable(one.name))));
  }
  std::string out;
  for (const Explainable& one : meant) {
    std::string line = "  " + shorten_middle(printable(one.name), kWidestName);
    line += std::string(widest + 2 - std::min(widest + 2, display_width(line) - 2), ' ');
    out += shorten(line + fmt::format("{}: {}", one.kind, printable(one.title)), TextPage::kWidth) + "\n";
  }
  return more == 0 ? out : out + fmt::format("  and {} more that mention it\n", more);
}

/// "exit 3", "exit-3" or the bare number.
const ExitText* exit_named(std::string_view name) {
  for (const std::string_view prefix : {"exit ", "exit-", "exit"}) {
    if (name.starts_with(prefix)) {
      name.remove_prefix(prefix.size());
      break;
    }
  }
  const auto& all = exit_texts();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const ExitText& exit) { return std::to_string(exit.code) == name; });
  return found == all.end() ? nullptr : &*found;
}

std::vector<std::string> explanations(const std::string& name, const BudgetsFile* budgets) {
  std::vector<std::string> found;
  const auto add = [&](const auto& explain) {
    TextPage page;
    explain(page);
    found.push_back(page.str());
  };
  if (const Rule* rule = rules_of(budgets).find(name)) {
    add([&](TextPage& page) { explain_rule(page, *rule, budgets); });
  }
  if (const auto metric = metrics_of(budgets).find(name)) {
    add([&](TextPage& page) { explain_metric(page, *metric, metrics_of(budgets)); });
  }
  for (const CodeText& code : verdict_codes()) {
    if (equals_ignoring_case(code.code, name)) {
      add([&](TextPage& page) {
        page.line("Verdict " + std::string(code.code));
        page.line();
        page.text(code.sentence);
      });
    }
  }
  if (equals_ignoring_case(name, kInputs)) {
    add([](TextPage& page) { list_inputs(page); });
  }
  if (const ExitText* exit = exit_named(name)) {
    add([&](TextPage& page) {
      page.line(fmt::format("Exit code {}: {}", static_cast<int>(exit->code), exit->title));
      page.line();
      page.text(exit->sentence);
    });
  }
  if (budgets != nullptr) {
    for (std::size_t i = 0; i < budgets->budgets.size(); ++i) {
      if (budgets->budgets[i].id == name) {
        add([&](TextPage& page) { explain_budget(page, *budgets, i); });
      }
    }
  }
  append_to(found, explain_usage(name));
  return found;
}

}  // namespace

int run_explain(const std::string& name, const BudgetsFile* budgets, std::ostream& out, std::ostream& err) {
  if (name.empty()) {
    TextPage page;
    list_names(page, budgets);
    out << page.str();
    return kExitPass;
  }
  const std::vector<std::string> found = explanations(spelt(name, budgets), budgets);
  if (!found.empty()) {
    out << join(found, "\n");
    return kExitPass;
  }
  const std::string meant = meant_text(name, budgets);
  err << fmt::format("budgetcheck: nothing is called '{}'\n", printable(name));
  err << (meant.empty() ? "  'budgetcheck explain' lists everything that has a name\n" : "did you mean\n" + meant);
  return kExitUsage;
}

}  // namespace budgetcheck
