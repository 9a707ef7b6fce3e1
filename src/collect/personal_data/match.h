#pragma once

#include <cstddef>
#include <iterator>
#include <map>

#include "model/personal/personal_facts.h"

namespace budgetcheck::personal {

/// Where a value stands in a text.
struct Match {
  PersonalKind kind = PersonalKind::kEmail;
  std::size_t begin = 0;
  std::size_t end = 0;

  std::size_t size() const { return end - begin; }
};

/// What was found in a text, by place. Whoever looks first has a place: the surer kinds do.
class Matches {
 public:
  /// False when something that was found before lies there already.
  bool add(PersonalKind kind, std::size_t begin, std::size_t end) {
    if (overlaps(begin, end)) {
      return false;
    }
    all_[begin] = {kind, begin, end};
    return true;
  }
  bool overlaps(std::size_t begin, std::size_t end) const {
    const auto behind = all_.lower_bound(end);
    return behind != all_.begin() && std::prev(behind)->second.end > begin;
  }
  bool empty() const { return all_.empty(); }
  void clear() { all_.clear(); }

  auto begin() const { return all_.begin(); }
  auto end() const { return all_.end(); }

 private:
  std::map<std::size_t, Match> all_;
};

}  // namespace budgetcheck::personal
