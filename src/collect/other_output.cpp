#include "collect/other_output.h"

#include <algorithm>
#include <vector>

#include "base/text.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kVisualizer =
    "write the raw data: visualizer({ template: 'raw-data', filename: 'stats.json' }), and give stats.json";
constexpr std::string_view kNext =
    "give what 'next build' writes of the first load: .next/diagnostics/route-bundle-stats.json (turbopack) or "
    ".next/build-manifest.json (webpack); the folder .next finds the right one";

struct Row {
  char first;  ///< of the text; '\0': any
  std::vector<std::string_view> holds;
  OtherOutput output;
};

const std::vector<Row>& rows() {
  constexpr std::string_view kManifest = "a manifest of Next.js that tells neither the sizes nor the files of a route";
  static const std::vector<Row> kRows{
      {'[',
       {"\"route\"", "\"compressed_size\"", "\"client\""},
       {"the route summaries of Next.js's bundle analyzer, which count more than what a route loads at first", kNext}},
      {'\0',
       {"\"schema_version\"", "\"module_index_hash\""},
       {"data of Next.js's bundle analyzer, in a form that only its own page reads", kNext}},
      {'{', {"\"nextVersion\"", "\"routeCount\""}, {"a note of Next.js's bundle analyzer about itself", kNext}},
      {'{', {"\"notFoundRoutes\"", "\"dynamicRoutes\"", "\"preview\""}, {kManifest, kNext}},
      {'{', {"\"pages404\"", "\"dataRoutes\""}, {kManifest, kNext}},
      {'{', {"\"deviceSizes\"", "\"imageSizes\""}, {kManifest, kNext}},
      {'{', {"\"relativeAppDir\"", "\"files\""}, {kManifest, kNext}},
      {'{', {"\"buildStage\"", "\"buildOptions\""}, {kManifest, kNext}},
      {'<', {"Rollup Visualizer"}, {"a page of rollup-plugin-visualizer", kVisualizer}},
      {'<',
       {"window.chartData"},
       {"a page of webpack-bundle-analyzer", "write its data: analyzerMode: 'json', and give the .json file"}},
      {'<',
       {"<title>Lighthouse Report</title>"},
       {"Lighthouse's result as a page",
        "write the result itself: lighthouse URL --output=json --output-path=lhr.json"}},
  };
  return kRows;
}

/// rollup-plugin-visualizer's template "list": files, their modules, and each one's numbers, as YAML.
bool is_visualizer_list(std::string_view head) {
  const std::size_t first = head.find('\n');
  if (first == std::string_view::npos || !trim(head.substr(0, first)).ends_with(':') || head.starts_with(' ')) {
    return false;
  }
  const std::string_view rest = head.substr(first + 1);
  return rest.starts_with("  ") && rest.find("\n    rendered: ") != std::string_view::npos;
}

}  // namespace

std::optional<OtherOutput> other_output(std::string_view head) {
  const std::string_view text = trim(head);
  if (text.empty()) {
    return {};
  }
  for (const Row& row : rows()) {
    const bool fits = (row.first == '\0' || row.first == text.front()) &&
                      std::all_of(row.holds.begin(), row.holds.end(),
                                  [&](std::string_view part) { return text.find(part) != std::string_view::npos; });
    if (fits) {
      return row.output;
    }
  }
  if (is_visualizer_list(text)) {
    return OtherOutput{"a list of rollup-plugin-visualizer (template: 'list')", kVisualizer};
  }
  return {};
}

}  // namespace budgetcheck
