#pragma once

#include <string>
#include <vector>

#include "base/platform/process.h"

namespace budgetcheck {

/// The variables of the request's program, as "NAME=value".
std::vector<std::string> environment_of(const ProcessRequest& request);

}  // namespace budgetcheck
