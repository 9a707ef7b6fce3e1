#pragma once

#include <string>

#include "json/value.h"

namespace budgetcheck {

/// Whether package.json's `exports`, `main` or `module` name a file in the folder (as seen from it): other packages
/// import it.
bool has_entry_point_in(const json::Value& package, const std::string& folder);

}  // namespace budgetcheck
