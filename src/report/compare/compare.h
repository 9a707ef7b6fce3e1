#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "judge/change/comparison.h"
#include "report/format.h"

namespace budgetcheck {

// What `compare` writes: pure functions of the ResultsComparison. Lists are bounded, and what is left out is counted;
// the JSON contains everything.

std::string render_compare_text(const ResultsComparison& comparison, const Rendering& rendering);
std::string render_compare_markdown(const ResultsComparison& comparison, const Rendering& rendering);
/// A results document whose samples have runs of both sides, as `check --rerun` reads it, and beside them everything
/// that differs.
std::string render_compare_json(const ResultsComparison& comparison, const Rendering& rendering);

struct CompareFormat {
  std::string_view name;
  std::string (*render)(const ResultsComparison& comparison, const Rendering& rendering) = nullptr;
};
const std::vector<CompareFormat>& compare_formats();

}  // namespace budgetcheck
