#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace budgetcheck {

/// How many different hashes were seen. A few are kept in place, more in a table that grows; beyond kMost each counts
/// as another one.
class DistinctHashes {
 public:
  static constexpr std::size_t kMost = 4096;

  void add(std::uint64_t hash);
  void add(const DistinctHashes& others);
  std::uint64_t count() const { return count_ + beyond_; }
  /// Keeps the memory of a small table.
  void clear();

 private:
  static constexpr std::size_t kFew = 4;
  bool insert(std::uint64_t hash);
  std::size_t slot_of(std::uint64_t hash) const;
  void grow();

  std::array<std::uint64_t, kFew> few_{};
  std::vector<std::uint64_t> slots_;  ///< open addressing, 0: free
  std::size_t count_ = 0;
  std::uint64_t beyond_ = 0;
};

}  // namespace budgetcheck
