#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace budgetcheck {

/// Replaces each malformed UTF-8 sequence by U+FFFD.
std::string valid_utf8(std::string_view text);

/// One line that is safe to show: valid UTF-8; line breaks and tabs become a space, other controls and what is hidden
/// (is_hidden, base/text/character.h: bidirectional marks, zero-width characters, tags) become U+FFFD.
/// Every name that comes from an input passes through this before a report quotes it.
std::string printable(std::string_view text);

/// Columns that `text` takes on a terminal (wide East Asian characters and emoji 2, combining marks 0).
std::size_t display_width(std::string_view text);

/// Cuts to at most `width` columns, marking the cut with `ellipsis`; never inside a character.
std::string shorten(std::string_view text, std::size_t width, std::string_view ellipsis = "…");
/// The same, but keeps the beginning and the end: names of files differ at their ends.
std::string shorten_middle(std::string_view text, std::size_t width, std::string_view ellipsis = "…");

/// `text` with everything outside ASCII transcribed ("…" to "...", "→" to "->", else "?").
std::string ascii(std::string_view text);

/// Breaks at spaces so that no line is wider than `width`, except by one long word, which is cut hard.
std::vector<std::string> wrap(std::string_view text, std::size_t width);

std::vector<std::string_view> split(std::string_view text, char separator);
std::string_view trim(std::string_view text);
std::string join(const std::vector<std::string>& parts, std::string_view separator);
std::string lower(std::string_view text);  ///< ASCII letters only
bool equals_ignoring_case(std::string_view a, std::string_view b);
std::string replace_all(std::string text, std::string_view from, std::string_view to);

/// The candidate nearest to `name` by edit distance with transpositions, never `name` itself; "" when none is near
/// enough (a third of the longer name, without the dotted words that both begin with). Ties go to the earlier
/// candidate.
std::string nearest(std::string_view name, const std::vector<std::string>& candidates);

/// "1 file", "3 files"; `plural` defaults to singular + "s".
std::string counted(std::size_t n, std::string_view singular, std::string_view plural = {});

}  // namespace budgetcheck
