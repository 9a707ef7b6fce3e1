#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "collect/lighthouse/run.h"

namespace budgetcheck {

/// Why a result does not answer a question; becomes an Unmeasured.
struct LighthouseReason {
  std::string text;
  std::string hint;
  bool input_at_fault = true;
};

/// An audit of scoreDisplayMode "error".
LighthouseReason audit_failed(std::string_view id, const json::Value& audit);
/// An audit that is there, but has no number: not this time, or never.
LighthouseReason audit_without_number(const LighthouseRun& run, std::string_view id, const json::Value& audit);
/// An audit that is not there, because of the version, the settings or the mode.
LighthouseReason audit_missing(const LighthouseRun& run, std::string_view id);

/// Why the score of the category `id` is none; nothing when it is one. Lighthouse also writes a 0 for a category that
/// has nothing to weigh, and the score of a lone audit for a category whose other audits were left out.
std::optional<LighthouseReason> score_unusable(const LighthouseRun& run, std::string_view id,
                                               const json::Value& category);
LighthouseReason category_missing(const LighthouseRun& run, std::string_view id);

/// "a, b, c and 4 more".
std::string first_names(const std::vector<std::string>& names);

}  // namespace budgetcheck
