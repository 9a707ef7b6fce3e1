#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace budgetcheck {

constexpr char32_t kNoCharacter = 0xFFFFFFFF;

/// Decodes the character of UTF-8 text at `at` and moves past it; kNoCharacter for a malformed byte, past one byte.
char32_t next_character(std::string_view text, std::size_t& at);

/// Appends the character as UTF-8; it is one of Unicode (at most 0x10FFFF).
void append_character(std::string& out, char32_t character);

/// Whether a reader cannot see the character, or it changes how others are seen: controls, bidirectional marks and
/// overrides, zero-width and soft characters, fillers, tags. A variation selector counts as one unless it is the only
/// one behind a visible character beyond ASCII (`before`), which it was made for: an emoji, a Han character.
bool is_hidden(char32_t character, char32_t before);

/// Columns on a terminal: 2 for wide East Asian characters and emoji, 0 for combining marks.
std::size_t character_width(char32_t character);

}  // namespace budgetcheck
