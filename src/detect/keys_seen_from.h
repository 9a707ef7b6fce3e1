#pragma once

#include <string>
#include <vector>

#include "model/finding.h"

namespace budgetcheck {

/// Keys that name the file of their finding name it as seen from `folder` from now on, the budgets file's: an app has
/// the same findings whether it is judged in its own folder or from the top of the repository.
void see_keys_from(const std::string& folder, std::vector<Finding>& findings);

}  // namespace budgetcheck
