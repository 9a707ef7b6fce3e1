#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/command_line/option.h"
#include "cli/command_line/output_spec.h"

namespace budgetcheck {

/// What --output takes of a format.
struct OutputFormat {
  std::string_view name;
  std::string_view default_path;  ///< where it goes without a path; empty: standard output
};

/// The formats of one of the tables of report/.
template <class Format>
std::vector<OutputFormat> output_formats(const std::vector<Format>& table) {
  std::vector<OutputFormat> out;
  for (const Format& format : table) {
    if constexpr (requires { format.default_path; }) {
      out.push_back({format.name, format.default_path});
    } else {
      out.push_back({format.name, {}});
    }
  }
  return out;
}

/// --output FORMAT[=PATH]. Keeps a reference to `to`, which outlives the option.
Option output_option(std::vector<OutputFormat> formats, std::vector<OutputSpec>& to);

/// No output may overwrite another one, or a file that is `read` (empty names are passed over). Errors: kUsage.
Errors overwritten(const std::vector<OutputSpec>& outputs, const std::vector<std::string>& read);

}  // namespace budgetcheck
