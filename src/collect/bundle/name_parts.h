#pragma once

#include <cstddef>
#include <string_view>

namespace budgetcheck {

/// The name of a file, split so that a hash can stand at the end of its stem.
struct NameParts {
  std::string_view folder;  ///< with its '/'
  std::string_view stem;
  std::string_view ending;  ///< from the last '.'
};
NameParts split_name(std::string_view name);

inline constexpr std::size_t kShortHash = 8;       ///< of esbuild, Bun, Rollup and Vite
inline constexpr std::size_t kTurbopackHash = 13;  ///< of turbopack

bool is_base64url_text(std::string_view text);
/// esbuild's alphabet: "KWLEAB6D".
bool is_base32_text(std::string_view text);
/// Bun's alphabet, without i, l, o and u: "w5wzk8t2".
bool is_bun_text(std::string_view text);
bool has_digit(std::string_view text);
bool has_lower(std::string_view text);
bool has_upper(std::string_view text);

/// Words as people write them, with dashes between them: "settings", "SETTINGS", "UserMenu", "2024", "part12".
bool is_words(std::string_view text);

/// Whether the stem ends in a hash as turbopack writes it: all of it, or behind a '-' or '.'.
bool ends_in_turbopack_hash(std::string_view stem);

}  // namespace budgetcheck
