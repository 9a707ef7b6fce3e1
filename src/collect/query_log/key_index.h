#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_map>
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
  void clear();

  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

 private:
  static constexpr std::size_t kFew = 24;
  std::vector<std::uint64_t> keys_;
  std::unordered_map<std::uint64_t, std::uint32_t> index_;
};

}  // namespace budgetcheck
