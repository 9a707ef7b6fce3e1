#include "cli/init/init_telemetry.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "base/glob.h"
#include "base/text.h"
#include "cli/init/measured.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMostFiles = 20;
constexpr std::size_t kLooked = std::size_t{64} << 10;

constexpr std::array<std::string_view, 7> kFolders{"",        "ops/",   "deploy/",       "docker/",
                                                   "config/", "infra/", "observability/"};
constexpr std::array<std::string_view, 3> kNames{"otel*.y{a,}ml", "collector*.y{a,}ml", "*/otel*.y{a,}ml"};

/// Sections that every configuration of an OpenTelemetry Collector has, at the beginning of a line.
bool is_collector(std::string_view text) {
  constexpr std::array<std::string_view, 3> kSections{"receivers:", "exporters:", "service:"};
  return std::all_of(kSections.begin(), kSections.end(), [&](std::string_view key) {
    return text.starts_with(key) || text.find(fmt::format("\n{}", key)) != std::string_view::npos;
  });
}

}  // namespace

const std::vector<std::string>& telemetry_places() {
  static const std::vector<std::string> kPlaces{
      "traces/*.jsonl",    "traces/*.ndjson",  "traces/*.json",         "*.otlp.jsonl", "*.otlp.json",
      "telemetry/*.jsonl", "telemetry/*.json", "captures/*.otlp.jsonl", "otel/*.jsonl", "reports/*.otlp.jsonl"};
  return kPlaces;
}

void name_collectors(const FileSystem& files, Survey& survey) {
  std::set<std::string> seen;
  const auto written =
      files.kind("budgets.yml") == FileKind::kRegular ? files.open("budgets.yml") : fail(ErrorKind::kInput, "");
  for (const std::string_view folder : kFolders) {
    for (const std::string_view name : kNames) {
      for (const std::string& path : expand_path_glob(files, ".", fmt::format("{}{}", folder, name), kMostFiles)) {
        const bool is_named = written && (*written)->bytes().find(path) != std::string_view::npos;
        if (!seen.insert(path).second || is_named) {
          continue;
        }
        const auto content = files.open(path);
        if (content && is_collector((*content)->bytes().substr(0, kLooked))) {
          survey.found.push_back(
              fmt::format("the Collector's configuration {0}; to have it checked, add to budgets.yml: telemetry: {{ "
                          "collector: {0} }}",
                          path));
        }
      }
    }
  }
}

bool is_tracing_package(const std::string& name) {
  return name.starts_with("@opentelemetry/instrumentation") || name.starts_with("@opentelemetry/sdk-") ||
         name == "@opentelemetry/auto-instrumentations-node" || name == "@vercel/otel" ||
         name == "@prisma/instrumentation" || name == "@fastify/otel";
}

void name_missing_traces(Survey& survey) {
  if (survey.tracing_package.empty() || measures(survey.facts, "trace.")) {
    return;
  }
  survey.missing.push_back({fmt::format("what requests wait for (package.json names {})", survey.tracing_package),
                            "",
                            {"set OTEL_EXPORTER_OTLP_PROTOCOL=http/json and let a receiver write the exports of a test "
                             "run, one a line, into "
                             "traces/*.jsonl: docs/tracing-locally.md has one of fifteen lines"}});
}

}  // namespace budgetcheck
