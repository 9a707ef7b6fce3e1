#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace budgetcheck {

/// Tells files and pieces of them apart that were mixed up: the sum of a hash of each line. So it is the sum of the
/// pieces' too, however the lines lie in them. It proves nothing.
std::uint64_t checksum_of(std::string_view bytes);
/// Of lines with their numbers in a log before them: without these. Adds to `size` what the lines have without them.
std::uint64_t checksum_of_numbered(std::string_view bytes, std::uint64_t& size);

/// A line without the digits and the tab before it; `number` becomes what they say. All of it when there are none.
std::string_view without_number(std::string_view line, std::uint64_t& number);
/// The same of all lines.
std::string without_numbers(std::string_view bytes);

}  // namespace budgetcheck
