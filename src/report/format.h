#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "model/report.h"

namespace budgetcheck {

/// How much the text report says. kQuiet: what turns the run red, and the outcome. kVerbose: everything.
enum class Detail { kQuiet, kNormal, kVerbose };

/// How a report may look where it goes; for people at a terminal: the text report, and compact.
struct Rendering {
  bool colour = false;
  bool unicode = true;
  std::size_t width = 80;
  Detail detail = Detail::kNormal;
};

/// One output format: a pure function of the report.
struct ReportFormat {
  std::string_view name;
  std::string_view description;   ///< for help
  std::string_view default_path;  ///< where `--output NAME` without a path goes; empty: standard output
  std::string (*render)(const Report& report, const Rendering& rendering) = nullptr;
};

const std::vector<ReportFormat>& report_formats();

std::string render_text(const Report& report, const Rendering& rendering);
/// "file:line:column: error: text; do: step [code]" for each problem, the worst first; empty when there is none.
std::string render_compact(const Report& report, const Rendering& rendering);
std::string render_json(const Report& report, const Rendering& rendering);
std::string render_junit(const Report& report, const Rendering& rendering);
std::string render_sarif(const Report& report, const Rendering& rendering);
std::string render_markdown(const Report& report, const Rendering& rendering);
std::string render_github(const Report& report, const Rendering& rendering);
std::string render_codequality(const Report& report, const Rendering& rendering);
std::string render_openmetrics(const Report& report, const Rendering& rendering);
/// One page that needs no network; docs/html-report.md says what is on it.
std::string render_html(const Report& report, const Rendering& rendering);
std::string render_rerun(const Report& report, const Rendering& rendering);

}  // namespace budgetcheck
