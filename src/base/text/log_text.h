#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace budgetcheck {

/// Text that any CI's log may show: no line of it is a command for the program that runs the job, nor a mark that folds
/// or links what follows. The runners of GitHub, Gitea, Azure and TeamCity obey "::word::" at the beginning of a line,
/// blanks of any kind before it, and "##word[" anywhere; Buildkite folds at "--- ", "+++ " and "~~~ "; GitLab, Travis
/// and Jenkins read escape sequences. The width stays the same: one character becomes a blank, a hidden one U+FFFD. The
/// colours of our own reports stay (report/words/page.cpp). Doing it twice changes nothing more.
std::string log_text(std::string_view text);

/// Whether the '#' at `at` may begin such a command: another may follow, which hidden characters can stand before.
bool may_begin_command(std::string_view text, std::size_t at);
/// A document that programs read, with `escape` for each such '#', so that it means the same.
std::string escape_commands(std::string text, std::string_view escape);

}  // namespace budgetcheck
