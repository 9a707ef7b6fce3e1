#include "collect/format.h"

#include <algorithm>

#include "base/glob.h"

namespace budgetcheck {

bool Wishes::want(std::string_view metric) const {
  return everything || std::any_of(metrics.begin(), metrics.end(), [&](const std::string& wanted) {
           return is_glob(wanted) ? label_glob_matches(wanted, metric) : wanted == metric;
         });
}

void Wishes::add(const Wishes& other) {
  everything = everything || other.everything;
  metrics.insert(metrics.end(), other.metrics.begin(), other.metrics.end());
}

}  // namespace budgetcheck
