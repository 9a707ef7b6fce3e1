#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "judge/gate/excuses.h"
#include "model/load/rate_limits.h"

namespace budgetcheck {

/// The head's section `limits`; where the change makes its check easier without a reason, as the base has it: another
/// proof of the capacity or none, less headroom, fewer instances, fewer customers or fewer of them active, a plan that
/// is gone, a configuration that is no longer compared. A raised rate or burst is what the check is for, so it is only
/// said in `remarks`. A target of `generate` that is gone while its file stays is a loosening of its own. `files`:
/// which of these files are still there.
std::optional<RateLimits> limits_in_force(const FileSystem& files, const BudgetsFile& head, const BudgetsFile& base,
                                          const Excuses& excuses, std::vector<Verdict>& verdicts,
                                          std::vector<std::string>& remarks);

}  // namespace budgetcheck
