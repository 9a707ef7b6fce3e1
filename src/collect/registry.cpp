#include <algorithm>

#include "collect/format.h"

namespace budgetcheck {

bool Sniff::has(std::string_view key) const {
  return std::find(top_keys.begin(), top_keys.end(), key) != top_keys.end();
}

const std::vector<Format>& formats() {
  static const std::vector<Format> kFormats{};
  return kFormats;
}

}  // namespace budgetcheck
