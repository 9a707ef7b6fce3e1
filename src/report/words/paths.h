#pragma once

#include <string>
#include <string_view>

#include "model/report.h"

namespace budgetcheck {

/// `file`, a path of the report, in the form that code hosts expect: relative to the root of the repository, '/'
/// between folders, no "./". A path outside of the repository becomes its last component. Printable.
std::string repository_path(std::string_view file, const Report& report);

/// The same, percent-encoded as a relative URI reference.
std::string relative_uri(std::string_view file, const Report& report);

/// Where a reader is sent: the place itself, else where it was measured, else the budgets file, else the first input;
/// never without a file unless the report knows none at all.
Location place_of(const Verdict& verdict, const Report& report);
Location place_of(const Finding& finding, const Report& report);

}  // namespace budgetcheck
