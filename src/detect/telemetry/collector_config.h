#pragma once

#include "detect/detect.h"

namespace budgetcheck {

/// Rule collector-config: what a collector's configuration lets through that it should not. A finding is one check of
/// one part or pipeline (evidence.check); its subject is "CHECK NAME".
void detect_collector_config(const Facts& facts, const Rule& rule, std::vector<Finding>& findings);

}  // namespace budgetcheck
