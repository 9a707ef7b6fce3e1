#pragma once

#include <vector>

#include "judge/gate/excuses.h"
#include "model/load/queue_declaration.h"

namespace budgetcheck {

/// The head's section `queues`; where the change raises or drops a limit of the base without a reason, the base's limit
/// holds (also of a queue that it no longer declares). More concurrency counts as looser only where it is a limit on
/// utilisation that it eases. The setting is "queues.QUEUE".
std::vector<QueueDeclaration> queues_in_force(const BudgetsFile& head, const BudgetsFile& base, const Excuses& excuses,
                                              std::vector<Verdict>& verdicts);

}  // namespace budgetcheck
