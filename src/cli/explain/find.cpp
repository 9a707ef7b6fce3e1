#include "cli/explain/find.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <utility>

#include "base/text.h"
#include "budget/catalogue.h"
#include "cli/commands.h"
#include "cli/explain/budgets_keys.h"
#include "cli/explain/exit_text.h"
#include "cli/explain/explain_budget.h"
#include "collect/format.h"
#include "model/report.h"
#include "report/format.h"

namespace budgetcheck {
namespace {

/// What people call things whose texts say it in other words.
constexpr std::array<std::pair<std::string_view, std::string_view>, 10> kOtherWords{{
    {"n+1", "n-plus-one"},
    {"n + 1", "n-plus-one"},
    {"seq scan", "full-scan"},
    {"sequential scan", "full-scan"},
    {"table scan", "full-scan"},
    {"missing index", "full-scan"},
    {"gzip", "uncompressed-response"},
    {"flaky", "TOO_FEW_RUNS"},
    {"noise", "TOO_FEW_RUNS"},
    {"har", "payload.transfer"},
}};

bool is_of_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words(1);
  for (const char c : lower(text)) {
    if (is_of_word(c)) {
      words.back() += c;
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
  }
  if (words.back().empty()) {
    words.pop_back();
  }
  return words;
}

/// Each of the words begins one of the text: "seq scan" is in "a sequential scan".
bool mentions(std::string_view text, const std::vector<std::string>& wanted) {
  const std::vector<std::string> words = words_of(text);
  return std::all_of(wanted.begin(), wanted.end(), [&](const std::string& one) {
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return word.starts_with(one); });
  });
}

bool has_words(std::string_view name, const std::vector<std::string>& wanted) {
  const std::vector<std::string> words = words_of(name);
  return std::all_of(wanted.begin(), wanted.end(),
                     [&](const std::string& one) { return std::find(words.begin(), words.end(), one) != words.end(); });
}

bool is_called(const Explainable& one, std::string_view name) {
  return equals_ignoring_case(one.name, name) ||
         std::any_of(one.other_names.begin(), one.other_names.end(),
                     [&](const std::string& other) { return equals_ignoring_case(other, name); });
}

void add_options(std::vector<Explainable>& out) {
  std::set<std::string_view> seen;
  for (const Command& command : all_commands()) {
    for (const Option& option : command.options) {
      if (seen.insert(option.name).second) {
        out.push_back({fmt::format("--{}", option.name), "option", option.text, "", {std::string(option.name)}});
      }
    }
  }
}

}  // namespace

std::vector<Explainable> explainables(const BudgetsFile* budgets) {
  std::vector<Explainable> out;
  for (const Rule& rule : budgets != nullptr ? budgets->rules.all() : shipped_rules().all()) {
    out.push_back({rule.id, "rule", rule.title,
                   fmt::format("{} {} {} {}", rule.short_text, rule.why, rule.help, join(rule.tags, " "))});
  }
  for (const Metric& metric : (budgets != nullptr ? budgets->catalogue : shipped_metrics()).all()) {
    out.push_back({metric.id, "metric", metric.title, metric.description, metric.aliases});
  }
  for (const CodeText& code : verdict_codes()) {
    const std::string sentence(code.sentence);
    out.push_back({std::string(code.code), "verdict", sentence.substr(0, sentence.find(". ")), sentence});
  }
  if (budgets != nullptr) {
    for (const Budget& budget : budgets->budgets) {
      out.push_back({budget.id, "budget", limit_of(budget), fmt::format("{} {}", budget.metric_id, budget.why)});
    }
  }
  for (const BudgetsKey& key : budgets_keys()) {
    out.push_back({key.path, "budgets file", key.text, "", {key.path.substr(key.path.rfind('.') + 1)}});
  }
  for (const Command& command : all_commands()) {
    out.push_back({std::string(command.name), "command", std::string(command.summary), std::string(command.text)});
  }
  add_options(out);
  for (const ReportFormat& format : report_formats()) {
    out.push_back({std::string(format.name), "output", std::string(format.description), ""});
  }
  for (const Format& format : formats()) {
    if (!format.page.empty()) {
      out.push_back({std::string(format.name), "input", std::string(format.is_given_as), std::string(format.page)});
    }
  }
  for (const ExitText& exit : exit_texts()) {
    out.push_back({fmt::format("exit {}", static_cast<int>(exit.code)), "exit code", std::string(exit.title),
                   std::string(exit.sentence)});
  }
  return out;
}

std::vector<Explainable> meant_by(std::string_view asked, const BudgetsFile* budgets) {
  const std::string words = printable(trim(asked));
  const std::vector<std::string> wanted = words_of(words);
  std::vector<Explainable> all = explainables(budgets);
  std::erase_if(all, [&](const Explainable& one) { return is_called(one, words); });
  std::string other;
  for (const auto& [said, name] : kOtherWords) {
    other = equals_ignoring_case(said, words) ? std::string(name) : other;
  }
  std::vector<std::string> names;
  for (const Explainable& one : all) {
    names.push_back(one.name);
    names.insert(names.end(), one.other_names.begin(), one.other_names.end());
  }
  const std::string near = nearest(words, names);
  // Of the letters and digits of "n+1" anything has words that begin so.
  const bool says_little = std::any_of(wanted.begin(), wanted.end(), [](const auto& word) { return word.size() < 2; });
  const auto rank = [&](const Explainable& one) {
    const bool is_near = !near.empty() && is_called(one, near);
    const bool is_other = !other.empty() && one.name == other;
    return is_near || is_other                            ? 0
           : wanted.empty() || says_little                ? 5
           : has_words(one.name, wanted)                  ? 1
           : mentions(one.name, wanted)                   ? 2
           : mentions(one.title, wanted)                  ? 3
           : mentions(one.title + " " + one.text, wanted) ? 4
                                                          : 5;
  };
  std::vector<std::pair<int, Explainable>> ranked;
  for (Explainable& one : all) {
    if (const int r = rank(one); r < 5) {
      ranked.emplace_back(r, std::move(one));
    }
  }
  std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Explainable> out;
  for (auto& [r, one] : ranked) {
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace budgetcheck
