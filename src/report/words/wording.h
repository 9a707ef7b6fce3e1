#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/report.h"

namespace budgetcheck {

// The one place that turns verdicts and findings into words. Everything returned is one printable line of bounded
// length, not yet escaped for any format.

/// "FAIL", "ERROR", "UNCLEAR", "WARN", "WAIVED", "PASS".
std::string_view status_word(Status status);
/// "FAIL", "WARN", "KNOWN", "NOTE", "WAIVED".
std::string_view status_word(const Finding& finding);
/// "new", "worse than on the base", …
std::string_view state_words(FindingState state);

/// One printable line of at most `width` columns; the middle is cut, names differ at their ends.
std::string name_text(std::string_view name, std::size_t width = 160);
/// The same for sentences and SQL, cut at the end.
std::string sentence_text(std::string_view text, std::size_t width = 2000);

/// A shape for people: a long list of columns behind SELECT or RETURNING is "…".
std::string sql_text(std::string_view sql, std::size_t width = 2000);

/// "home-lcp": the budget's id, or "the whole file".
std::string budget_words(const Verdict& verdict);
/// "lighthouse.lcp, page=/, device=mobile (median of 5)": what was measured, and how it became one number.
std::string subject_words(const Verdict& verdict);

/// The numbers of a verdict as texts; empty where one is not known (or not finite).
struct Numbers {
  std::string value;
  std::string base;
  std::string delta;     ///< "+400 ms (+16.6%)", "no change"
  std::string limit;     ///< "2.5 s"
  std::string headroom;  ///< "310 ms (12.4%)": how far from the limit, without a sign
  bool over = false;     ///< on the wrong side of the limit
};
Numbers numbers(const Verdict& verdict);
/// How much of the limit is left, as a share (negative: over); nothing when it has no meaning.
std::optional<double> headroom_share(const Verdict& verdict);
/// Passed, and better than the base.
bool is_improvement(const Verdict& verdict);
/// "2.41 s → 2.81 s (+400 ms, +16.6%), limit 2.5 s: over by 310 ms (12.4%)"; empty without a value.
std::string numbers_sentence(const Verdict& verdict);
/// The verdict's own sentence, or one made of its numbers.
std::string message_words(const Verdict& verdict);
/// The verdict's hint, or what its code says there is to do. Empty only where nothing is.
std::string next_step(const Verdict& verdict);

/// The rule's title, or its id when the report does not know the rule.
std::string rule_title(std::string_view rule, const RuleSet& rules);
/// What the finding rests on, in reading order: {"seen", "30 times with 30 different parameters"}. SQL excluded.
std::vector<std::pair<std::string, std::string>> evidence_lines(const Finding& finding);
std::string message_words(const Finding& finding);
/// The finding's fix, or the rule's help.
std::string next_step(const Finding& finding, const RuleSet& rules);

/// "base 9efa7e5 (first parent of the merge commit), 3 commits older", or that there is none.
std::string base_words(const BaseInfo& base);
/// "not usable: the file is empty", "incomplete: …", and the remark on one that was read.
std::string input_words(const Input& input);
/// What the process's exit code says.
std::string_view exit_meaning(int exit_code);
/// "3 of 14 budgets, 2 findings": what broke; "14 budgets kept" when nothing did.
std::string counts_words(const Report& report);
/// "FAILED: 3 of 14 budgets, 2 findings (exit 1)": the last line of the text report.
std::string outcome_words(const Report& report);
/// "FAILED", "PASSED", "CANNOT JUDGE", "ERROR".
std::string_view outcome_word(const Report& report);

}  // namespace budgetcheck
