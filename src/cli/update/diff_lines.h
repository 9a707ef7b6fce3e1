#pragma once

#include <string>
#include <string_view>

namespace budgetcheck {

/// Which lines differ, as `diff -U0` writes it and `patch` reads it: "@@ -4 +4,2 @@", then lines behind '-' and '+'.
/// Meant for a few changes: where the texts do not meet again within some lines, all the rest counts as changed.
std::string diff_lines(std::string_view before, std::string_view after);

}  // namespace budgetcheck
