#pragma once

#include <string>
#include <string_view>

namespace budgetcheck {

// Untrusted text in the Markdown that GitHub and GitLab render. Both look for mentions, references, commits, emoji and
// links after Markdown is done, so a backslash does not stop them: code does, and a zero-width space in front of the
// name does. Nothing here begins a command in a log that shows the Markdown (base/text/log_text.h).

/// The zero-width space, as Markdown has it: it ends for a platform what it would take for a name or a number, and
/// shows nothing.
inline constexpr std::string_view kMarkdownBreak = "&#8203;";

/// A name as code, for tables and running text alike: nothing in it is markup, a mention or a reference.
std::string markdown_code(std::string_view name, std::size_t width = 120);

/// A sentence: what it quotes stays as it is read, and none of it is markup, a mention, a reference or a link.
std::string markdown_text(std::string_view sentence, std::size_t width = 600);

/// Text of an HTML page: one printable line, nothing in it is markup. For contents and for attributes in quotes.
std::string html_text(std::string_view text, std::size_t width = 600);

/// For the hidden marker: letters, digits and ". _ / -", never two dashes (they would end the comment).
std::string marker_word(std::string_view word);

}  // namespace budgetcheck
