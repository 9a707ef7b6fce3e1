#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/report.h"

namespace budgetcheck {

// A verdict in words. Everything returned is one printable line of bounded length, not yet escaped for any format.

/// "FAIL", "ERROR", "UNCLEAR", "WARN", "WAIVED", "PASS".
std::string_view status_word(Status status);
/// "home-lcp": the budget's id, or "the budgets file".
std::string budget_words(const Verdict& verdict);
/// "lighthouse.lcp, page=/, device=mobile (median of 5)": what was measured, and how it became one number. Of a verdict
/// on a setting of the gate: its name.
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
/// The verdict's hint, or the advice of its code. Empty only when there is nothing to do.
std::string next_step(const Verdict& verdict);

}  // namespace budgetcheck
