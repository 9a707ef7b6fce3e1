#pragma once

#include <string>

#include "model/environment.h"
#include "model/labels.h"

namespace budgetcheck {

/// How base and head were measured: what decides whether their numbers mean the same.
struct Circumstances {
  Environment head;
  Environment base;
  std::string base_measured_at;  ///< RFC 3339 or a date; empty: not known
  std::string today;             ///< YYYY-MM-DD

  /// Measured in one job, taking turns: both sides say so.
  bool paired() const { return head.paired && base.paired; }
};

/// Why numbers cannot be compared, for a person. An empty code: nothing stands in the way.
struct ComparisonObstacle {
  std::string code;    ///< STALE_BASE, ENV_MISMATCH or NO_BASE
  std::string reason;  ///< a clause
  std::string hint;
};

/// What stands in the way of comparing times and scores: a base older than 14 days (or from the future), another kind
/// of machine or one of another speed, another Lighthouse, browser or throttling, another load. Age and machine do not
/// matter to what was measured in one job.
ComparisonObstacle obstacle_to_timing(const std::string& metric, const Labels& where,
                                      const Circumstances& circumstances);

/// What stands in the way of comparing a compressed size: another compressor. Code NO_BASE: limits only.
ComparisonObstacle obstacle_to_size(const std::string& metric, const Circumstances& circumstances);

}  // namespace budgetcheck
