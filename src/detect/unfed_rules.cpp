#include "detect/unfed_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "base/text.h"
#include "detect/rule_findings.h"
#include "model/exchange.h"
#include "model/load/queue_course.h"

namespace budgetcheck {
namespace {

/// What one input says of one kind of facts.
struct Fed {
  enum class State {
    kFed,
    kAbsent,  ///< such an input holds none, and nothing is wrong with that
    kHidden,  ///< it would hold them, and was written without
  };
  State state = State::kFed;
  std::string reason = {};  ///< of kHidden, a clause
  std::string hint = {};    ///< empty: the kind's own
};

Fed packages(const Facts& facts, const Input& input) {
  constexpr std::string_view kMetric = "bundle.duplicates";
  for (const Unmeasured& gap : facts.unmeasured) {
    if (gap.metric == kMetric && gap.location.file == input.path) {
      return {Fed::State::kHidden, gap.reason, gap.hint};
    }
  }
  for (const Sample& sample : facts.samples) {
    if (sample.metric == kMetric && sample.location.file == input.path && sample.lower_bound) {
      return {Fed::State::kHidden, sample.lower_bound_reason};
    }
  }
  return {};
}

/// Fed when one of the input's answered requests `tells`.
template <class Tells>
Fed exchanges(const Facts& facts, const Input& input, std::string_view reason, const Tells& tells) {
  bool any = false;
  for (const Exchange& exchange : facts.capture.exchanges) {
    if (exchange.location.file != input.path || failed(exchange)) {
      continue;
    }
    if (tells(exchange)) {
      return {};
    }
    any = true;
  }
  return any ? Fed{Fed::State::kHidden, std::string(reason)} : Fed{Fed::State::kAbsent};
}

bool holds_traces(const Input& input) {
  return std::find(input.feeds.begin(), input.feeds.end(), FactKind::kTraces) != input.feeds.end();
}

Fed request_times(const Facts& facts, const Input& input) {
  if (holds_traces(input)) {
    return {};
  }
  return exchanges(facts, input, "the capture does not say when requests were sent",
                   [](const Exchange& exchange) { return exchange.start_ms >= 0; });
}

/// A client that is no browser has no pages.
Fed page_loads(const Facts& facts, const Input& input) {
  Fed fed = exchanges(facts, input, "the capture names no pages",
                      [](const Exchange& exchange) { return exchange.visit != 0 && !exchange.page.empty(); });
  const bool browser =
      std::any_of(facts.capture.exchanges.begin(), facts.capture.exchanges.end(), [&](const Exchange& exchange) {
        return exchange.location.file == input.path && (exchange.type == "document" || exchange.type == "script");
      });
  return fed.state == Fed::State::kHidden && !browser ? Fed{Fed::State::kAbsent} : fed;
}

Fed body_sizes(const Facts& facts, const Input& input) {
  return exchanges(facts, input, "the capture holds no sizes of bodies",
                   [](const Exchange& exchange) { return exchange.decoded_bytes >= 0 || exchange.body_bytes >= 0; });
}

Fed wire_sizes(const Facts& facts, const Input& input) {
  return exchanges(facts, input, "the capture does not hold both the size as sent and the size after decompression",
                   [](const Exchange& exchange) {
                     return exchange.decoded_bytes >= 0 && (exchange.body_bytes >= 0 || exchange.transfer_bytes >= 0);
                   });
}

Fed response_headers(const Facts& facts, const Input& input) {
  return exchanges(facts, input, "the capture holds no response headers",
                   [](const Exchange& exchange) { return exchange.headers_known; });
}

template <class Tells>
Fed logs(const Facts& facts, const Input& input, const Tells& tells) {
  const bool any = std::any_of(facts.queries.logs.begin(), facts.queries.logs.end(), [&](const QueryLog& log) {
    return log.input == input.path && log.statements != 0 && tells(log);
  });
  return any ? Fed{} : Fed{Fed::State::kAbsent};
}

Fed statements(const Facts& facts, const Input& input) {
  return logs(facts, input, [](const QueryLog&) { return true; });
}

Fed request_ids(const Facts& facts, const Input& input) {
  return logs(facts, input, [](const QueryLog& log) { return log.has_ids; });
}

Fed access_paths(const Facts& facts, const Input& input) {
  const bool schema = input.format == "prisma-schema";
  return schema ? Fed{} : logs(facts, input, [](const QueryLog& log) { return !log.plans.empty(); });
}

/// A queue whose course is too short, or does not tell what waits, is not judged.
Fed queues(const Facts& facts, const Input& input) {
  for (const QueueCourse& course : facts.queues.courses) {
    const std::string why = course.location.file == input.path ? why_unjudged(course) : std::string();
    if (!why.empty()) {
      return {Fed::State::kHidden, fmt::format("of '{}': {}", course.queue, why), how_to_judge(course)};
    }
  }
  return {};
}

Fed always(const Facts& /*facts*/, const Input& /*input*/) { return {}; }

struct Kind {
  FactKind kind;
  std::string_view missing;  ///< "no input says …"
  std::string_view hint;
  Fed (*fed)(const Facts& facts, const Input& input);
};

constexpr std::string_view kPassHar =
    "pass a HAR capture of the page, for example Playwright's recordHar: { path: 'shop.har', mode: 'full' }";
constexpr std::string_view kPassLog =
    "pass a query log, for example Prisma's queries as one JSON object per line (docs/query-logs.md)";

const Kind& row_of(FactKind kind) {
  static const std::vector<Kind> kKinds{
      {FactKind::kBuildErrors, "no input says whether the build failed",
       "pass what the bundler writes: webpack's or rspack's stats, esbuild's metafile, Vite's manifest", always},
      {FactKind::kPackages, "no input lists the packages in a bundle",
       "pass the stats of webpack or rspack with all modules (stats: { modules: true, modulesSpace: Infinity, "
       "nestedModules: true }), esbuild's metafile, or raw-data of rollup-plugin-visualizer",
       packages},
      {FactKind::kRequestTimes, "no capture says when each request was sent", kPassHar, request_times},
      {FactKind::kPageLoads, "no capture says which page sent a request", kPassHar, page_loads},
      {FactKind::kBodySizes, "no capture holds the sizes of single responses", kPassHar, body_sizes},
      {FactKind::kWireSizes, "no capture holds the sizes of responses as sent and after decompression", kPassHar,
       wire_sizes},
      {FactKind::kResponseHeaders, "no capture holds response headers", kPassHar, response_headers},
      {FactKind::kBodies, "no capture holds the bodies of answers",
       "pass a HAR capture with content, for example Playwright's recordHar: { path: 'shop.har', content: 'embed' }",
       always},
      {FactKind::kStatements, "no input holds statements of a database", kPassLog, statements},
      {FactKind::kSequences, "no input holds the statements of a database one by one", kPassLog, statements},
      {FactKind::kRequestIds, "no log names the request of a statement",
       "let each record of the log name its request (docs/query-logs.md)", request_ids},
      {FactKind::kAccessPaths, "no input tells how statements find their rows",
       "pass the schema with --schema prisma/schema.prisma, or PostgreSQL's log with the plans of auto_explain",
       access_paths},
      {FactKind::kTraces, "no input holds traces",
       "pass spans as JSON, for example what the Collector's file exporter writes (docs/tracing-locally.md)", always},
      {FactKind::kCollector, "the budgets file names no collector's configuration",
       "name it: telemetry: { collector: ops/otel-collector.yaml }", always},
      {FactKind::kLogRecords, "no input holds records of a log",
       "pass what the program logs, one record a line as JSON (docs/telemetry.md)", always},
      {FactKind::kQueues, "no input tells how many jobs wait in a queue",
       "poll the counts of its jobs while a load test runs (docs/queues.md)", queues},
  };
  return *std::find_if(kKinds.begin(), kKinds.end(), [&](const Kind& row) { return row.kind == kind; });
}

struct Gap {
  std::string message;  ///< a clause
  std::string hint;
  Location location;
  bool hidden = false;  ///< an input that could tell leaves it out
};

/// What keeps a rule that needs `kind` from looking, everywhere or at one input.
std::optional<Gap> gap_of(const Facts& facts, FactKind kind) {
  const Kind& row = row_of(kind);
  bool fed = false;
  bool unread = false;
  std::optional<Gap> hidden;
  for (const Input& input : facts.inputs) {
    unread = unread || input.state == InputState::kUnreadable;
    if (input.state == InputState::kUnreadable ||
        std::find(input.feeds.begin(), input.feeds.end(), kind) == input.feeds.end()) {
      continue;
    }
    Fed one = row.fed(facts, input);
    fed = fed || one.state == Fed::State::kFed;
    if (one.state == Fed::State::kHidden && !hidden) {
      hidden = Gap{fmt::format("'{}': {}", printable(input.path), one.reason),
                   one.hint.empty() ? std::string(row.hint) : std::move(one.hint), Location::of(input.path), true};
    }
  }
  if (hidden || fed || unread) {  // an input that cannot be read says so itself
    return hidden;
  }
  return Gap{std::string(row.missing), std::string(row.hint), {}, false};
}

void say(const Rule& rule, Gap gap, Findings& findings) {
  const std::string message = fmt::format("the rule '{}' could not look{}: {}", printable(rule.id),
                                          gap.hidden ? " everywhere" : "", gap.message);
  if (rule.asked && rule.level == Level::kError) {
    findings.unanswered.push_back({ErrorKind::kInput, message, std::move(gap.location), std::move(gap.hint)});
  } else if (rule.asked || gap.hidden) {
    findings.notes.push_back(fmt::format("{} ({})", message, gap.hint));
  }
}

}  // namespace

void note_unfed_rule(const Facts& facts, const Rule& rule, const std::vector<FactKind>& needs, Findings& findings) {
  for (const FactKind kind : needs) {
    if (std::optional<Gap> gap = gap_of(facts, kind)) {
      say(rule, std::move(*gap), findings);
      return;
    }
  }
}

void note_unfed_metric(const Facts& facts, const Rule& rule, Findings& findings) {
  const std::string family = rule.metric.substr(0, rule.metric.find('.') + 1);
  const bool measured = std::any_of(facts.samples.begin(), facts.samples.end(),
                                    [&](const Sample& sample) { return sample.metric.starts_with(family); });
  const bool unread = std::any_of(facts.inputs.begin(), facts.inputs.end(),
                                  [](const Input& input) { return input.state == InputState::kUnreadable; });
  if (!measured && !unread && supplier(facts, {family}) == nullptr) {
    say(rule,
        {fmt::format("no input measures '{}'", printable(rule.metric)),
         "add the report that measures it to the inputs",
         {},
         false},
        findings);
  }
}

}  // namespace budgetcheck
