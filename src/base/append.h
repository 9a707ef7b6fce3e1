#pragma once

#include <iterator>
#include <utility>
#include <vector>

namespace budgetcheck {

/// Moves the elements of `from` behind those of `to`.
template <class T>
void append_to(std::vector<T>& to, std::vector<T>&& from) {
  if (to.empty()) {
    to = std::move(from);
    return;
  }
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

}  // namespace budgetcheck
