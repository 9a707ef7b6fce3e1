#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace budgetcheck {

/// A count as a load tool, or the locale that it ran in, writes it: "2858", "10,420", "10.420", "10 420", "10'420",
/// "2.62k". Separators stand before groups of three digits. Nothing: it is not such a count.
std::optional<std::uint64_t> tool_count(std::string_view text);

/// A measured number: "14.1", "14,1" (tools write no separators of thousands there, so a comma that stands alone is the
/// decimal one), "1,234.5", "1.234,5". Nothing: not a number, or a negative one.
std::optional<double> tool_number(std::string_view text);

/// A duration in the tool's own words, in milliseconds: "8.86ms", "1.36s", "1.2m", "175us", "481.574µs", "1m2.5s",
/// "0.0081 secs", "1.462 seconds". `bare` is what a number without a unit is multiplied with; 0: it needs one. Nothing:
/// not a duration.
std::optional<double> tool_duration_ms(std::string_view text, double bare = 0);

/// The first number of `text` that stands behind `label` ("Total errors:"), up to the next blank; empty when the label
/// is not there.
std::string_view word_behind(std::string_view text, std::string_view label);

/// The word with which `text` begins, and what follows it without the blanks between; both may be empty.
struct FirstWord {
  std::string_view word;
  std::string_view rest;
};
FirstWord first_word(std::string_view text);

}  // namespace budgetcheck
