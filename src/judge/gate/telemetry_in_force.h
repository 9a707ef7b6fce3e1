#pragma once

#include <string>
#include <vector>

#include "base/file_system.h"
#include "judge/gate/excuses.h"
#include "model/telemetry.h"

namespace budgetcheck {

/// The head's section `telemetry`; where the change asks for less without a reason, as the base has it: requirements,
/// what is no personal data, retention, sampling and the collector's configuration. A later review and a shorter
/// retention are only said in `remarks`. `files`: whether the base's collector is still there; if the change no longer
/// names it, it is added to `more`.
Telemetry telemetry_in_force(const FileSystem& files, const BudgetsFile& head, const BudgetsFile& base,
                             const Excuses& excuses, std::vector<Verdict>& verdicts, std::vector<std::string>& remarks,
                             std::vector<InputSpec>& more);

}  // namespace budgetcheck
