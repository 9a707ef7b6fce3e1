#pragma once

#include <string>
#include <vector>

#include "base/file_system.h"
#include "generate/generator.h"
#include "generate/line_diff.h"
#include "model/finding.h"
#include "model/rule.h"

namespace budgetcheck {

/// How the file on disk compares with what it has to be.
struct FileComparison {
  enum class State {
    kSame,
    kDiffers,
    kMissing,
    kForeign,  ///< somebody's own: it does not say that it was generated
    kUnreadable,
  };
  State state = State::kSame;
  LineDiff diff;        ///< of kDiffers
  std::string problem;  ///< of kUnreadable
};
FileComparison compare_generated(const FileSystem& files, const GeneratedFile& file, std::size_t most_lines);

/// The rule generated-file-stale on files that generators write: one finding for each that is not there, or is not what
/// the budgets file says. None when the rule is off.
std::vector<Finding> stale_files(const FileSystem& files, const RuleSet& rules,
                                 const std::vector<GeneratedFile>& generated);

}  // namespace budgetcheck
