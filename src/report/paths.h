#pragma once

#include <string>
#include <string_view>

#include "model/report.h"

namespace budgetcheck {

/// `file` as code hosts want it: relative to the repository, '/' between folders, no "./". A path that cannot be
/// told from the repository's point of view (absolute, or above it) becomes its last component. Printable.
std::string repository_path(std::string_view file);

/// The same, percent-encoded as a relative URI reference.
std::string relative_uri(std::string_view file);

/// Where a reader is sent: the place itself, else where it was measured, else the budgets file, else the first input;
/// never without a file unless the report knows none at all.
Location place_of(const Verdict& verdict, const Report& report);
Location place_of(const Finding& finding, const Report& report);

}  // namespace budgetcheck
