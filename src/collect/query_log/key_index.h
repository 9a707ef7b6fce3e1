#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace budgetcheck {

/// Numbers for keys in the order in which they come; looks through a few, indexes many.
class KeyIndex {
 public:
  /// The key's number; `size()` before the call when it is new.
  std::uint32_t number_of(std::uint64_t key);
  /// Like number_of, but kNone for a key that is not there.
  std::uint32_t find(std::uint64_t key) const;
  std::uint32_t size() const { return static_cast<std::uint32_t>(keys_.size()); }
  /// All keys, by their numbers.
  const std::vector<std::uint64_t>& keys() const { return keys_; }
  /// Keeps the memory.
  void clear();

  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

 private:
  static constexpr std::size_t kFew = 16;
  std::size_t place_of(std::uint64_t key) const;
  void index(std::size_t places);

  std::vector<std::uint64_t> keys_;
  std::vector<std::uint32_t> places_;  ///< an open hash table of numbers; empty while there are few keys
};

}  // namespace budgetcheck
