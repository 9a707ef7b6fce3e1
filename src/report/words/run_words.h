#pragma once

#include <string>
#include <string_view>

#include "model/report.h"

namespace budgetcheck {

// A run in words: its base, its inputs and its outcome. Everything returned is one printable line of bounded length,
// not yet escaped for any format.

/// "base 9efa7e5 (first parent of the merge commit), 3 commits older", or that there is none.
std::string base_words(const BaseInfo& base);
/// "not usable: the file is empty", "incomplete: …", and the note on one that was read.
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
