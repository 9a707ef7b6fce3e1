#pragma once

#include <cstdint>
#include <string_view>

namespace budgetcheck {

/// CRC-32 as gzip has it: it tells files and pieces of them apart that were mixed up, and proves nothing.
std::uint32_t checksum_of(std::string_view bytes);
/// Of two pieces side by side, when the second has so many bytes.
std::uint32_t joined_checksum(std::uint32_t first, std::uint32_t second, std::uint64_t second_bytes);

}  // namespace budgetcheck
