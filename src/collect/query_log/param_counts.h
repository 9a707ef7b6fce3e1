#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "collect/query_log/key_index.h"

namespace budgetcheck {

/// How often one statement ran with which parameters, by their hashes. Most statements of a request run once: then
/// nothing is allocated.
class ParamCounts {
 public:
  struct Count {
    std::uint32_t total = 0;
    std::uint32_t run = 0;      ///< executions since the last write to what is read
    std::uint32_t longest = 0;  ///< the longest such run
    std::uint32_t epoch = 0;
  };

  std::size_t size() const { return many_ == nullptr ? has_first_ : many_->counts.size(); }
  bool empty() const { return !has_first_; }
  /// Null when these parameters are new, and are not to be added.
  Count* find(std::uint64_t params, bool add);
  /// In the order in which they came.
  std::span<const Count> counts() const {
    return many_ == nullptr ? std::span(&first_, has_first_ ? 1U : 0U) : std::span<const Count>(many_->counts);
  }

 private:
  struct Many {
    KeyIndex keys;
    std::vector<Count> counts;
  };
  std::uint64_t first_key_ = 0;
  Count first_;
  std::unique_ptr<Many> many_;  ///< from the second on
  bool has_first_ = false;
};

}  // namespace budgetcheck
