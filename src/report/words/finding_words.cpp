#include "report/words/finding_words.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "report/words/order.h"
#include "report/words/printable.h"

namespace budgetcheck {

std::string_view status_word(const Finding& finding) { return status_word(gravity(finding)); }

std::string_view state_words(FindingState state) {
  switch (state) {
    case FindingState::kNew:
      return "new";
    case FindingState::kSame:
      return "same as on the base";
    case FindingState::kWorse:
      return "worse than on the base";
    case FindingState::kBetter:
      return "better than on the base";
    case FindingState::kWaived:
      return "waived";
  }
  return "new";
}

std::string rule_title(std::string_view rule, const RuleSet& rules) {
  const Rule* found = rules.find(rule);
  return name_text(found == nullptr || found->title.empty() ? rule : std::string_view(found->title));
}

std::vector<std::pair<std::string, std::string>> evidence_lines(const Finding& finding) {
  std::vector<std::pair<std::string, std::string>> out;
  const Evidence& e = finding.evidence;
  std::string seen;
  const bool is_repetition = !e.sql.empty() || !e.route.empty();  // elsewhere the message has the count
  if (e.count > 0 && is_repetition) {
    seen = e.count == 1 ? "once" : fmt::format("{} times", e.count);
    if (e.distinct_params == 1 && e.count > 1) {
      seen += " with the same parameters";
    } else if (e.distinct_params > 0) {
      seen += fmt::format(" with {}", counted(static_cast<std::size_t>(e.distinct_params), "different parameter list"));
    }
  }
  append_part(seen, " on ", name_text(e.route));
  append_part(seen, ", request ", name_text(e.scope, 60));
  if (!seen.empty()) {
    out.emplace_back("seen", seen);
  }
  const bool is_elsewhere = e.input != finding.location.file || e.line != finding.location.line;
  if (!e.input.empty() && is_elsewhere) {
    out.emplace_back("in", name_text(to_string(Location{e.input, e.line, 0, {}})));
  }
  constexpr std::size_t kMostDetails = 20;
  for (std::size_t i = 0; i < std::min(e.details.size(), kMostDetails); ++i) {
    out.emplace_back(name_text(e.details[i].first, 24), name_text(e.details[i].second));
  }
  if (e.details.size() > kMostDetails) {
    out.emplace_back("more", fmt::format("{} not shown", e.details.size() - kMostDetails));
  }
  return out;
}

std::string message_words(const Finding& finding) {
  if (!finding.message.empty()) {
    return sentence_text(finding.message);
  }
  return name_text(finding.subject.empty() ? finding.rule : finding.subject);
}

std::string next_step(const Finding& finding, const RuleSet& rules) {
  if (!finding.fix.text.empty()) {
    return sentence_text(finding.fix.text);
  }
  const Rule* rule = rules.find(finding.rule);
  return rule == nullptr ? std::string() : sentence_text(rule->help);
}

}  // namespace budgetcheck
