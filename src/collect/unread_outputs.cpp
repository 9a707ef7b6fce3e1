#include "collect/unread_outputs.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kPassBuild =
    "pass the bundler's own account (webpack --json, esbuild --metafile, Vite's build.manifest), or the folder of the "
    "build";
constexpr std::string_view kPassResult = "pass the result itself: lighthouse URL --output=json --output-path=lhr.json";
constexpr std::string_view kQueryQueues =
    "of queues pass the metrics of their exporters as they are, without rate() or sum(), or map names of your own with "
    "the input's fields (docs/queues.md); of others write the numbers that matter as a samples file (budgetcheck "
    "schema "
    "results)";
constexpr std::string_view kPassK6 = "let k6 write its summary as JSON: k6 run --summary-export=summary.json script.js";
constexpr std::string_view kPassGatling = "pass js/stats.json of the same report, which has the numbers as JSON";
constexpr std::string_view kNoMeasurement = "it measures nothing: pass what your tools measured";

/// By the keys of the document: all of `keys`, and one of `one_of` when there are any. A single key is too little where
/// others stand beside it.
struct KeyedOutput {
  std::vector<std::string_view> keys;
  std::vector<std::string_view> one_of;
  OtherOutput output;
  bool alone = false;
};

const std::vector<KeyedOutput>& keyed_outputs() {
  static const std::vector<KeyedOutput> kOutputs{
      {{"traceEvents"},
       {},
       {"a trace of Chrome (a performance recording)",
        "it is not read: pass what Lighthouse measures (--output=json), or a HAR capture of the page"}},
      {{"nodes", "startTime", "endTime", "timeDeltas"}, {}, {"a CPU profile of Chrome or Node.js", kNoMeasurement}},
      {{"snapshot", "nodes", "edges", "strings"}, {}, {"a heap snapshot of Chrome or Node.js", kNoMeasurement}},
      {{"meta", "threads"}, {"libs", "pages", "profilerOverhead"}, {"a profile of Firefox", kNoMeasurement}},
      {{"version", "mappings"}, {"sources", "sections"}, {"a source map", kPassBuild}},
      {{"lockfileVersion"}, {"packages", "dependencies"}, {"npm's package-lock.json", kPassBuild}},
      {{"name"},
       {"dependencies", "devDependencies", "peerDependencies", "scripts", "workspaces"},
       {"a package.json", kPassBuild}},
      {{"compilerOptions"}, {}, {"TypeScript's configuration", kPassBuild}},
      {{"ci"},
       {},
       {"Lighthouse CI's configuration",
        "pass its results, the folder .lighthouseci; 'budgetcheck init --from' reads the assertions of this file"},
       true},
      {{"files", "entrypoints"}, {}, {"an asset manifest, which names files without their sizes", kPassBuild}},
      {{"numTotalTests", "testResults"}, {}, {"the results of Jest or Vitest", kNoMeasurement}},
      {{"suites", "config"},
       {"stats", "errors"},
       {"the results of Playwright's tests", "pass the HAR captures of the tests: recordHar: { path: 'shop.har' }"}},
      {{"runs", "$schema"}, {}, {"a SARIF log", kNoMeasurement}},
      {{"error"},
       {},
       {"the error that an API answered with, and not its result",
        "look at its message, mend the question and ask again"},
       true},
  };
  return kOutputs;
}

const std::vector<OutputMark>& text_marks() {
  constexpr std::string_view kPrometheus = "Prometheus's text format without a metric that is read";
  constexpr std::string_view kDevtools = "a log of what Chrome did while Lighthouse ran (devtoolslog)";
  constexpr std::string_view kTrace = "a trace of Chrome (a performance recording)";
  static const std::vector<OutputMark> kMarks{
      {'#', {"# TYPE "}, {kPrometheus, kQueryQueues}},
      {'#', {"# HELP "}, {kPrometheus, kQueryQueues}},
      {'[', {"\"ph\"", "\"ts\"", "\"pid\""}, {kTrace, "it is not read: pass what Lighthouse measures (--output=json)"}},
      {'[', {"\"method\"", "\"params\"", "\"Network."}, {kDevtools, kPassResult}},
      {'[', {"\"method\"", "\"params\"", "\"Page."}, {kDevtools, kPassResult}},
      {'[',
       {"\"resourceSizes\""},
       {"a budget.json of Lighthouse", "it sets limits and measures nothing: 'budgetcheck init --from' reads it"}},
      {'[',
       {"\"resourceCounts\""},
       {"a budget.json of Lighthouse", "it sets limits and measures nothing: 'budgetcheck init --from' reads it"}},
      {'[', {"\"filePath\"", "\"messages\"", "\"errorCount\""}, {"the results of ESLint", kNoMeasurement}},
      {'[',
       {"\"passed\"", "\"size\"", "\"name\""},
       {"the results of size-limit", "pass the folder of the build: budgetcheck measures its files itself"}},
      {'{',
       {"\"status\"", "\"resultType\"", "\"data\""},
       {"an answer of Prometheus's API without a metric that is read", kQueryQueues}},
      {'{', {"\"statementMap\"", "\"fnMap\""}, {"a coverage report (Istanbul)", kNoMeasurement}},
      {'T', {"TN:", "SF:"}, {"a coverage report (lcov)", kNoMeasurement}},
      {'S', {"SF:", "end_of_record"}, {"a coverage report (lcov)", kNoMeasurement}},
      {'<', {"<html", "k6-reporter"}, {"a page about a run of k6", kPassK6}},
      {'<', {"<html", "k6 report"}, {"a page about a run of k6", kPassK6}},
      {'<', {"<html", "Gatling"}, {"a page of Gatling's report", kPassGatling}},
      {'<',
       {"<html", "Fortio"},
       {"a page of fortio", "let fortio write its result as JSON: fortio load -json fortio.json URL"}},
      {'<',
       {"<html", "Artillery"},
       {"a page of Artillery's report", "pass the report itself: artillery run --output report.json test.yml"}},
      {'v',
       {"var stats = {", "numberOfRequests"},
       {"js/stats.js of Gatling's report, which is JavaScript", kPassGatling}},
      {'R', {"RUN\t", "\t"}, {"simulation.log of Gatling, whose form differs with its version", kPassGatling}},
      {'\0', {"http_req_duration", "http_reqs", "....:"}, {"what k6 prints at its end", kPassK6}},
      {'A',
       {"All virtual users finished", "http.response_time"},
       {"what Artillery prints", "pass its report: artillery run --output report.json test.yml"}},
      {'\0',
       {"http.response_time:", "vusers.created:"},
       {"what Artillery prints", "pass its report: artillery run --output report.json test.yml"}},
      {'\0',
       {"# target 50% ", "Code 200", "Sockets used"},
       {"what fortio prints", "let fortio write its result as JSON: fortio load -json fortio.json URL"}},
      {'<', {"<testsuite"}, {"a JUnit report", kNoMeasurement}},
      {'<', {"<coverage"}, {"a coverage report", kNoMeasurement}},
      {'<', {"<html"}, {"an HTML page", "pass the data behind it: most tools write it as JSON beside the page"}},
      {'<',
       {"<!doctype html"},
       {"an HTML page", "pass the data behind it: most tools write it as JSON beside the page"}},
      {'<',
       {"<!DOCTYPE html"},
       {"an HTML page", "pass the data behind it: most tools write it as JSON beside the page"}},
      {'\0', {"\nbudgets:"}, {"a budgets file", "name it with --budgets; the inputs are what it sets limits on"}},
      {'l', {"lockfileVersion:", "importers:"}, {"pnpm's lock file", kPassBuild}},
      {'B',
       {"Bombarding ", "Statistics"},
       {"the text that bombardier prints", "let it print JSON: bombardier --print result --format json URL"}},
      {'S',
       {"Summary:", "Success rate:", "Slowest:"},
       {"the text that oha prints", "let it print JSON: oha --no-tui --output-format json URL (before 1.5: --json)"}},
  };
  return kMarks;
}

bool has_ending(std::string_view name, const std::vector<std::string_view>& endings) {
  return std::any_of(endings.begin(), endings.end(), [&](std::string_view end) { return name.ends_with(end); });
}

/// What stands behind the first key: the first character of its value.
char first_value(std::string_view head) {
  const std::size_t begin = head.find('"');
  const std::size_t end = begin == std::string_view::npos ? begin : head.find('"', begin + 1);
  const std::size_t colon = end == std::string_view::npos ? end : head.find(':', end);
  const std::size_t value = colon == std::string_view::npos ? colon : head.find_first_not_of(" \t\r\n", colon + 1);
  return value == std::string_view::npos ? '\0' : head[value];
}

/// Manifests whose keys are files: {"src/App.vue": ["/assets/App-1a2b.js"]}, {"main.js": "/main.1a2b.js"}.
std::optional<OtherOutput> file_manifest(const Sniff& seen) {
  static const std::vector<std::string_view> kModules{".vue", ".js", ".jsx", ".ts", ".tsx", ".svelte", ".mjs", ".css"};
  static const std::vector<std::string_view> kAssets{".js", ".css", ".mjs", ".map", ".html", ".svg", ".png", ".woff2"};
  if (!seen.is_object || seen.top_keys.empty()) {
    return std::nullopt;
  }
  const auto all_end_with = [&](const std::vector<std::string_view>& endings) {
    return std::all_of(seen.top_keys.begin(), seen.top_keys.end(),
                       [&](std::string_view key) { return has_ending(key.substr(0, key.find('?')), endings); });
  };
  const char value = first_value(seen.head);
  if (value == '[' && all_end_with(kModules)) {
    return OtherOutput{"an SSR manifest, which names the files of each module without their sizes",
                       "pass the client's manifest, .vite/manifest.json (build: { manifest: true }), or the folder of "
                       "the build"};
  }
  if (value == '"' && all_end_with(kAssets)) {
    return OtherOutput{"an asset manifest, which names files without their sizes", kPassBuild};
  }
  return std::nullopt;
}

std::optional<OtherOutput> explain(const Sniff& seen) {
  if (seen.is_object && !seen.is_lines) {
    for (const KeyedOutput& row : keyed_outputs()) {
      const auto has = [&](std::string_view key) { return seen.has(key); };
      if ((!row.alone || seen.top_keys.size() == 1) && std::all_of(row.keys.begin(), row.keys.end(), has) &&
          (row.one_of.empty() || std::any_of(row.one_of.begin(), row.one_of.end(), has))) {
        return row.output;
      }
    }
  }
  if (std::optional<OtherOutput> manifest = file_manifest(seen)) {
    return manifest;
  }
  return marked_output(text_marks(), seen.head);
}

}  // namespace

Format unread_outputs_format() {
  Format format{"unread"};
  format.explain = explain;
  return format;
}

}  // namespace budgetcheck
