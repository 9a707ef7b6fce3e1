#pragma once

#include <string>

#include "base/error.h"
#include "base/variables.h"

namespace budgetcheck {

/// GitHub shows nothing of a summary that is larger.
constexpr std::size_t kMostSummaryBytes = 1024 * 1024;

/// Appends Markdown to the file of $GITHUB_STEP_SUMMARY; returns its path, empty when the variable is not set. Errors
/// (kOutput): it cannot be written, or has no room left.
Expected<std::string> append_to_summary(const Variables& variables, const std::string& markdown);

}  // namespace budgetcheck
