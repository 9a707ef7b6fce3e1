#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace budgetcheck {

// What every page of one file has: a policy that lets nothing in or out, its styles, and scripts that are named by
// hash.

/// A file of src/report/html/ that was compiled in; charts.js is empty in a build without charts.
std::string_view page_file(std::string_view name);

/// The source that the policy allows for a script of page_file: 'sha256-…'.
std::string script_hash(std::string_view name);

/// From the doctype to the opened body. `title` is escaped here. `scripts` are those of page_file that the page will
/// hold; everything else (network, other scripts, frames, forms) is forbidden.
std::string page_head(std::string_view title, const std::vector<std::string_view>& styles,
                      const std::vector<std::string_view>& scripts);

/// The script itself, between tags.
std::string page_script(std::string_view name);

/// JSON that is safe in a script element: nothing in it ends the element or a line of JavaScript.
std::string json_for_script(std::string_view json);

/// Between these, a page depends on how the program was built (charts or none).
inline constexpr std::string_view kChartsBegin = "<!--charts-->";
inline constexpr std::string_view kChartsEnd = "<!--/charts-->";

}  // namespace budgetcheck
