#pragma once

#include <string>
#include <vector>

#include "base/file_system.h"
#include "cli/check/options.h"
#include "cli/check/plan.h"
#include "judge/gate/gate.h"
#include "judge/judge.h"
#include "model/input.h"

namespace budgetcheck {

/// What judges this change: its own settings, or the base's where it loosens them without a reason.
Gate find_gate(const FileSystem& files, const CheckOptions& options, const CheckPlan& plan, const Baseline& base);

/// What is said of inputs that git holds and this change brought; nothing when there are none, or no base's commit is
/// known. `inputs`: those that were read. Where git holds an input and the base's commit is not in this clone, a clause
/// goes to `remarks`.
std::vector<Verdict> inputs_of_change(const FileSystem& files, const std::vector<Input>& inputs, const BaseTree* tree,
                                      std::vector<std::string>& remarks);

}  // namespace budgetcheck
