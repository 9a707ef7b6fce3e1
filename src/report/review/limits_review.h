#pragma once

#include <string>
#include <vector>

#include "judge/limits/replay.h"

namespace budgetcheck {

/// What `review limits` shows.
struct LimitsReview {
  std::vector<std::string> files;  ///< that were replayed
  ReplayResult replay;
  std::vector<std::string> notes;  ///< sentences on how far it can be trusted
};

std::string render_limits_text(const LimitsReview& review);
std::string render_limits_markdown(const LimitsReview& review);

}  // namespace budgetcheck
