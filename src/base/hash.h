#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace budgetcheck {

/// XXH3, 64 bits: for tables in memory.
std::uint64_t hash64(std::string_view bytes);

/// 32 hexadecimal digits of XXH3-128: stable across runs, machines and versions; for keys that are stored.
std::string stable_key(std::string_view bytes);

}  // namespace budgetcheck
