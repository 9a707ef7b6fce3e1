#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "json/value.h"

namespace budgetcheck {

/// User timings of one run: a measure by its duration, a mark by its start, in milliseconds. A measure wins over a
/// mark of the same name; of several of one kind the largest counts, so that none hides behind another.
class UserTimings {
 public:
  struct Timing {
    double ms = 0;
    bool is_measure = false;
  };

  /// One item of the audit's table; items without a name or a number are left out.
  void add(const json::Value& item);
  void clear();

  const std::map<std::string, Timing>& by_name() const { return by_name_; }
  /// How many were left out because there are more different names than anyone budgets.
  std::size_t left_out() const { return left_out_; }

 private:
  std::map<std::string, Timing> by_name_;  ///< names are printable
  std::size_t left_out_ = 0;
};

}  // namespace budgetcheck
