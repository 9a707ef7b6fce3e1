#include "report/formats/markdown_problems.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "report/words/finding_words.h"
#include "report/words/group_words.h"
#include "report/words/markup.h"
#include "report/words/printable.h"
#include "report/words/verdict_words.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kLongestSql = 500;
constexpr std::size_t kLongestId = 100;
constexpr std::size_t kMostLines = 10;
constexpr std::size_t kMostWithSql = 3;

std::string_view symbol(Gravity gravity) {
  switch (gravity) {
    case Gravity::kFails:
    case Gravity::kError:
      return "❌";
    case Gravity::kUnclear:
      return "❓";
    case Gravity::kWarns:
      return "⚠️";
    case Gravity::kPasses:
      return "✅";
    default:
      return "ℹ️";
  }
}

/// The lines below the first one.
class Item {
 public:
  void line(std::string_view label, const std::string& text) {
    if (!text.empty()) {
      lines_.push_back(fmt::format("  - {}{}\n", label, text));
    }
  }
  /// The first ones, and how many more there are.
  void lines(std::string_view label, const std::vector<std::string>& texts) {
    for (std::size_t i = 0; i < std::min(texts.size(), kMostLines); ++i) {
      line(label, texts[i]);
    }
    if (texts.size() > kMostLines) {
      line("", fmt::format("and {} more", texts.size() - kMostLines));
    }
  }
  std::string take() const { return join(lines_, ""); }

 private:
  std::vector<std::string> lines_;
};

std::vector<std::string> escaped(const std::vector<std::string>& texts) {
  std::vector<std::string> out;
  for (const std::string& text : texts) {
    out.push_back(markdown_text(text));
  }
  return out;
}

std::vector<std::string> code(const std::vector<std::string>& texts, std::size_t width) {
  std::vector<std::string> out;
  for (const std::string& text : texts) {
    out.push_back(markdown_code(text, width));
  }
  return out;
}

std::string finding_text(const Finding& finding) {
  const std::string state = finding.state == FindingState::kNew ? "" : fmt::format(" ({})", state_words(finding.state));
  return fmt::format("{} {}{}", markdown_code(finding.rule, 60), markdown_text(message_words(finding)), state);
}

/// What the table does not say: of other codes than a broken limit, the sentence.
std::vector<std::string> sentences(const Group& group) {
  std::vector<std::string> out;
  for (const Verdict* verdict : group.verdicts) {
    if (verdict->code != "LIMIT_EXCEEDED") {
      out.push_back(markdown_text(verdict_line(*verdict)));
    }
  }
  return out;
}

void add_statements(const Finding& finding, Item& item) {
  const Evidence& e = finding.evidence;
  item.line("query: ", e.sql.empty() ? "" : markdown_code(sql_text(e.sql, kLongestSql), kLongestSql));
  for (const std::string& other : e.statements) {
    item.line("with: ", other == e.sql ? "" : markdown_code(sql_text(other, kLongestSql), kLongestSql));
  }
  item.line("after: ", e.parent_sql.empty() ? "" : markdown_code(sql_text(e.parent_sql, kLongestSql), kLongestSql));
}

std::string places(const Group& group) {
  std::vector<std::string> shown = code(group_places(group), 200);
  const std::size_t all = shown.size();
  shown.resize(std::min(all, kMostLines));
  return join(shown, ", ") + (all > shown.size() ? fmt::format(" and {} more", all - shown.size()) : "");
}

}  // namespace

std::string markdown_status(Gravity gravity, std::string_view word) {
  return std::string(symbol(gravity)) + " " + lower(word);
}

std::string markdown_problem(const Group& group, const RuleSet& rules) {
  Item item;
  std::string head;
  std::size_t next_finding = 0;
  if (group.verdicts.empty()) {
    head = finding_text(*group.findings.front());
    next_finding = 1;
  } else {
    std::vector<std::string> budgets = code(group_budgets(group), kLongestId);
    const std::size_t all = budgets.size();
    budgets.resize(std::min(all, kMostLines));
    head = budgets.empty() ? markdown_text(budget_words(*group.verdicts.front())) : join(budgets, ", ");
    head += all > budgets.size() ? fmt::format(" and {} more", all - budgets.size()) : "";
    item.lines("", sentences(group));
  }
  std::vector<std::string> findings;
  for (std::size_t i = next_finding; i < group.findings.size(); ++i) {
    findings.push_back(finding_text(*group.findings[i]));
  }
  item.lines("", findings);
  item.lines("**Do:** ", escaped(group_actions(group, rules)));
  item.lines("", escaped(group_causes(group)));
  for (std::size_t i = 0; i < std::min(group.is_list ? 0 : group.findings.size(), kMostWithSql); ++i) {
    add_statements(*group.findings[i], item);
  }
  item.lines("**Why:** ", escaped(group_reasons(group)));
  item.line("at ", places(group));
  return fmt::format("- {} {}\n", markdown_status(group.gravity, status_word(group.gravity)), head) + item.take();
}

}  // namespace budgetcheck
