#pragma once

#include <cstddef>
#include <cstdint>

namespace budgetcheck::personal {

/// Which bytes of a block are of a kind that something to be found begins, ends or is joined by: one bit for each byte,
/// the first byte lowest. Members have no values of their own: many are made at once, and all of them are written.
struct ByteMasks {
  static constexpr std::size_t kBlock = 64;

  std::uint64_t digit;
  std::uint64_t word;  ///< letters, digits, '_'
  std::uint64_t dot;
  std::uint64_t colon;
  std::uint64_t dash;
  std::uint64_t equal;
  std::uint64_t backslash;
  std::uint64_t sign;  ///< '@' '%' '+' and the apostrophe
};

/// Those of `count` blocks that follow each other from `text` on, all of whose bytes are readable. In steps of 32 bytes
/// where the processor has them.
void read_masks(const char* text, std::size_t count, ByteMasks* masks);

/// The same one byte at a time: what read_masks is held to.
void read_masks_slowly(const char* text, std::size_t count, ByteMasks* masks);

}  // namespace budgetcheck::personal
