#include "cli/explain/docs.h"

#include <fmt/format.h>

#include "base/platform/output_file.h"
#include "base/text.h"
#include "budget/catalogue.h"
#include "cli/command_line/man_page.h"
#include "cli/commands.h"
#include "cli/explain/text_page.h"
#include "model/exit_code.h"

namespace budgetcheck {
namespace {

std::string made_from(std::string_view file) {
  return fmt::format("<!-- Made by `budgetcheck explain --docs docs` from {}: edit that file. -->\n\n", file);
}

std::string cell(std::string_view text) { return replace_all(replace_all(std::string(text), "|", "\\|"), "\n", " "); }

std::string row(const std::vector<std::string>& cells) {
  std::string out = "|";
  for (const std::string& one : cells) {
    out += " " + cell(one) + " |";
  }
  return out + "\n";
}

std::string code(std::string_view text) { return fmt::format("`{}`", text); }

std::string section(std::string_view heading, std::string_view text) {
  return text.empty() ? std::string() : fmt::format("## {}\n\n{}\n\n", heading, trim(text));
}

std::string params_table(const Rule& rule) {
  constexpr double kNoMaximum = 1e18;
  if (rule.params.empty()) {
    return {};
  }
  std::string out = "## Parameters\n\n| Name | Default | Range | Meaning |\n|---|---|---|---|\n";
  for (const RuleParam& param : rule.params) {
    const std::string range =
        fmt::format("from {}{}", exact_quantity(param.min, param.unit),
                    param.max < kNoMaximum ? fmt::format(" to {}", exact_quantity(param.max, param.unit)) : "");
    out += row({code(param.name), exact_quantity(param.value, param.unit), range, param.text});
  }
  return out + "\n";
}

std::string list_of_codes(const std::vector<std::string>& names) {
  std::vector<std::string> quoted;
  for (const std::string& name : names) {
    quoted.push_back(code(name));
  }
  return join(quoted, ", ");
}

std::string metric_section(const Metric& metric) {
  std::string out = fmt::format("### {}\n\n**{}.** {}\n\n", code(metric.id), metric.title, metric.description);
  const bool lower = metric.direction == Direction::kLowerIsBetter;
  out += fmt::format("- Unit: {}. {} is better.\n", unit_text(metric.unit), lower ? "Lower" : "Higher");
  out += fmt::format("- Stat: {} by default. Class: {}. Labels: {}.\n", to_string(metric.stat),
                     code(to_string(metric.metric_class)), list_of_codes(metric.labels));
  out += fmt::format("- When a budget on it is broken: {}.\n", metric.advice);
  if (!metric.aliases.empty()) {
    out += fmt::format("- Also called: {}.\n", list_of_codes(metric.aliases));
  }
  return out + fmt::format("\n```yaml\n- {}\n```\n\n", metric.example);
}

std::string class_table() {
  std::string out = "| Class | Compared with the base |\n|---|---|\n";
  for (const MetricClass c :
       {MetricClass::kBytes, MetricClass::kCount, MetricClass::kTimingQuiet, MetricClass::kTimingNoisy,
        MetricClass::kCls, MetricClass::kScore, MetricClass::kRate, MetricClass::kPercentile}) {
    const ClassDefaults& defaults = class_defaults(c);
    Metric usual;
    usual.metric_class = c;
    usual.unit = defaults.unit;
    usual.direction = c == MetricClass::kScore ? Direction::kHigherIsBetter : Direction::kLowerIsBetter;
    usual.floor_absolute = defaults.floor_absolute;
    usual.floor_relative = defaults.floor_relative;
    out += row({code(to_string(c)), comparison_of(usual)});
  }
  return out + "\n";
}

}  // namespace

std::string render_rule_page(const Rule& rule) {
  std::string out = made_from("rules/" + rule.id + ".json") + "# " + rule.title + "\n\n";
  out += fmt::format("Rule {}, level {} by default, since version {}{}.\n\n", code(rule.id), to_string(rule.level),
                     rule.since, rule.tags.empty() ? "" : fmt::format(". Tags: {}", join(rule.tags, ", ")));
  out += section("What it finds", rule.short_text);
  out += section("Why it matters", rule.why);
  out += section("How to fix it", rule.help);
  out += section("When it is wrong", rule.limits);
  out += params_table(rule);
  out += fmt::format("## In the budgets file\n\n```yaml\nrules:\n  {}\n```\n\n", example_settings(rule));
  out +=
      "`level` is error, warning, note or off. `ignore` takes globs: a finding whose subject (the route, package or "
      "file that it names) matches one is not reported.\n";
  return out;
}

std::string render_rules_index(const RuleSet& rules) {
  std::string out = made_from("the files in rules/") + "# Rules\n\n";
  out +=
      "A rule looks for something that is wrong whatever the limits are. These ship with budgetcheck and run "
      "wherever an input contains what they look at; [rules of your own](../custom-rules.md) are files of data.\n\n";
  if (rules.all().empty()) {
    return out;
  }
  out += "| Rule | Level | What it finds |\n|---|---|---|\n";
  for (const Rule& rule : rules.all()) {
    out += row({fmt::format("[{0}]({0}.md)", rule.id), std::string(to_string(rule.level)), rule.short_text});
  }
  return out;
}

std::string render_metrics_page(const MetricCatalogue& metrics) {
  std::string out = made_from("rules/metrics.json") + "# Metrics\n\n";
  out +=
      "What a budget can limit. `where` takes globs for the labels; a label that is not named means the total. "
      "Where several runs or requests were measured, the stat makes one number of them.\n\n";
  out += "## How values are compared with the base\n\n";
  out +=
      "A budget's `min` and `max` hold always. Growth compared with the base is judged by the metric's class, unless "
      "the "
      "budget has a `max_increase` of its own.\n\n";
  out += class_table();
  std::string family;
  for (const Metric& metric : metrics.all()) {
    const std::string own = metric.id.substr(0, metric.id.find('.'));
    if (own != family) {
      family = own;
      out += "## " + family + "\n\n";
    }
    out += metric_section(metric);
  }
  out.pop_back();
  return out;
}

std::string render_inputs_page(const std::vector<Format>& formats) {
  std::string out = "<!-- Made by `budgetcheck explain --docs docs` from the table of formats. -->\n\n# Inputs\n\n";
  out +=
      "What budgetcheck reads. A file's format is recognised from its content, so its name does not matter. Settings "
      "of "
      "an input stand beside its `path` in the budgets file:\n\n```yaml\ninputs:\n  - reports/lhr-*.json\n  - { path: "
      "dist/stats.json, root: dist }\n```\n\n";
  for (const Format& format : formats) {
    if (format.page.empty()) {
      continue;
    }
    out += "## " + code(format.name) + "\n\n" + std::string(format.page) + "\n\n";
    std::vector<std::string> families;
    for (const std::string_view family : format.families) {
      families.push_back(code(std::string(family) + "*"));
    }
    out += families.empty() ? std::string() : "Metrics: " + join(families, ", ") + ".\n\n";
  }
  out.pop_back();
  return out;
}

std::vector<GeneratedPage> generated_pages() {
  std::vector<GeneratedPage> pages{{"metrics.md", render_metrics_page(shipped_metrics())},
                                   {"inputs.md", render_inputs_page(formats())},
                                   {"rules/README.md", render_rules_index(shipped_rules())},
                                   {"man/budgetcheck.1", man_page(all_commands())}};
  for (const Rule& rule : shipped_rules().all()) {
    pages.push_back({"rules/" + rule.id + ".md", render_rule_page(rule)});
  }
  return pages;
}

int write_docs(const std::string& folder, std::ostream& out, std::ostream& err) {
  const std::vector<GeneratedPage> pages = generated_pages();
  for (const GeneratedPage& page : pages) {
    const std::string path = join_path(folder, page.path);
    const SystemResult<> written =
        OutputFile::open(path, OutputFile::Existing::kReplaced, Missing::kMade).and_then([&](OutputFile file) {
          return file.write(page.content);
        });
    if (!written) {
      err << fmt::format("budgetcheck: '{}' cannot be written: {}\n", printable(path), written.error());
      return kExitUsage;
    }
  }
  out << fmt::format("{} written below '{}'\n", counted(pages.size(), "page"), printable(folder));
  return kExitPass;
}

}  // namespace budgetcheck
