#pragma once

#include <string_view>
#include <vector>

namespace budgetcheck {

/// A data file that was compiled into the program.
struct EmbeddedFile {
  std::string_view name;   ///< without its folder
  std::string_view bytes;  ///< a NUL follows
};

const std::vector<EmbeddedFile>& embedded_rules();    ///< rules/*.json
const std::vector<EmbeddedFile>& embedded_schemas();  ///< schemas/*.json
/// src/report/html/: styles and scripts of pages; charts.js is empty in a build without charts.
const std::vector<EmbeddedFile>& embedded_page();

}  // namespace budgetcheck
