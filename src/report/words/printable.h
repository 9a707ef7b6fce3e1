#pragma once

#include <string>
#include <string_view>

namespace budgetcheck {

// Names and sentences from anywhere (inputs, a fork's files) as one printable line of bounded length, not yet escaped
// for any format.

/// One printable line of at most `width` columns; the middle is cut, names differ at their ends.
std::string name_text(std::string_view name, std::size_t width = 160);
/// The same for sentences and SQL, cut at the end.
std::string sentence_text(std::string_view text, std::size_t width = 2000);
/// A shape for people: a long list of columns behind SELECT or RETURNING is "…".
std::string sql_text(std::string_view sql, std::size_t width = 2000);

/// Puts `text` behind `out`, with `separator` between them; nothing at all for an empty text.
void append_part(std::string& out, std::string_view separator, std::string_view text);

}  // namespace budgetcheck
