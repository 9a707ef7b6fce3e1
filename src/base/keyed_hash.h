#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace budgetcheck {

using HashKey = std::array<std::uint64_t, 2>;

/// 32 hexadecimal digits of SipHash-2-4 with 128 bits: who does not know the key can neither make the hash of a text
/// nor find two texts of one hash. Stable across runs, machines and versions. `stable_key` is faster and proves
/// nothing.
std::string keyed_hash(const HashKey& key, std::string_view bytes);

}  // namespace budgetcheck
