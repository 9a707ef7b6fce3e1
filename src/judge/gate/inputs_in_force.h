#pragma once

#include <string>
#include <vector>

#include "base/file_system.h"
#include "judge/gate/excuses.h"
#include "model/input_spec.h"

namespace budgetcheck {

/// The head's inputs; where the change drops one of the base's, or some of its files, without a reason, that one is
/// read too, if its files are still there. An input that the change makes optional is not, and settings that it takes
/// away are there again. Other settings that it gives another value are said in `remarks`.
std::vector<InputSpec> inputs_in_force(const FileSystem& files, const BudgetsFile& head, const BudgetsFile& base,
                                       const Excuses& excuses, std::vector<Verdict>& verdicts,
                                       std::vector<std::string>& remarks);

}  // namespace budgetcheck
