#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "model/report.h"
#include "report/formats/comment.h"

namespace budgetcheck {

/// Outcome and exit code from the verdicts, findings, inputs and problems of a report that was read back. What it says
/// of itself counts where it is worse: --fail-level warning and --require-base are known to its run alone.
void judge_again(Report& report);

/// What this workflow knows of results that another run measured.
struct ClaimContext {
  std::string app;   ///< as this workflow names it
  std::string head;  ///< the commit that the run was for
  OtherRun run;
};

/// Makes of results that anybody may have written what a comment may say: the application has this workflow's name, and
/// results that pass although their run did not are not judged. `paths`: where each report was read. Errors: no --app
/// or no commit to compare with (kUsage); results of another commit (kInput).
Errors take_as_claims(std::vector<Report>& reports, const std::vector<std::string>& paths, const ClaimContext& context);

}  // namespace budgetcheck
