#include "detect/telemetry/missing_trace_context.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/number.h"
#include "base/text.h"

namespace budgetcheck {
namespace {

/// What gives the records of a library their trace.
struct Library {
  std::string_view name;
  std::string_view fix;
};
constexpr std::array kLibraries{
    Library{"pino",
            "Install @opentelemetry/instrumentation-pino and load it before pino is (node --import or --require)"},
    Library{
        "winston",
        "Install @opentelemetry/instrumentation-winston and load it before winston is (node --import or --require)"},
    Library{
        "bunyan",
        "Install @opentelemetry/instrumentation-bunyan and load it before bunyan is; it instruments bunyan 1 only, so "
        "with bunyan 2 add trace_id and span_id of trace.getActiveSpan() in a serializer or a child logger"},
    Library{"ecs",
            "Start the APM agent or the instrumentation of the logger below before it is loaded: the ECS format takes "
            "trace.id and span.id from there"},
    Library{"nest",
            "Nest's logger writes no trace context: use nestjs-pino with @opentelemetry/instrumentation-pino, or add "
            "trace_id and span_id of trace.getActiveSpan() in a logger of your own"},
    Library{"tslog", "Add trace_id and span_id of trace.getActiveSpan() with attachTransport or overwrite.addMeta"},
    Library{"structlog",
            "Add a processor that puts trace_id and span_id of opentelemetry.trace.get_current_span() into the event"},
    Library{"loguru",
            "Add trace_id and span_id of opentelemetry.trace.get_current_span() with logger.configure(patcher=...)"},
    Library{"python",
            "Install opentelemetry-instrumentation-logging, and write otelTraceID and otelSpanID into each record"},
    Library{"java",
            "Run the OpenTelemetry Java agent, which puts trace_id and span_id into the MDC, and write the MDC out"},
    Library{"zap", "Log with otelzap or add trace_id and span_id of trace.SpanContextFromContext(ctx) as fields"},
    Library{"zerolog", "Add a hook that writes trace_id and span_id of trace.SpanContextFromContext(e.GetCtx())"},
    Library{"logrus", "Add a hook that writes trace_id and span_id of trace.SpanContextFromContext(entry.Context)"},
    Library{"slog", "Wrap the handler: add trace_id and span_id of trace.SpanContextFromContext(ctx) to each record"},
    Library{"serilog", "Use Serilog 3.1 or newer, which takes @tr and @sp from Activity.Current"},
    Library{"otlp", "Log inside of an active span: the exporter takes the trace from the context of the call"},
};

std::string percent(std::uint64_t part, std::uint64_t whole) {
  return format_rounded(100.0 * static_cast<double>(part) / static_cast<double>(whole), 1) + "%";
}

bool is_below(const LackingRecords& lacking, std::uint64_t records) {
  const auto carrying = static_cast<double>(records - lacking.count);
  return carrying * 100 < lacking.min_percent * static_cast<double>(records);
}

std::string name_of(const LoggerRecords& logger) {
  const std::string name =
      logger.logger.empty() ? "records without a logger's name" : fmt::format("'{}'", logger.logger);
  return logger.service.empty() ? name : fmt::format("{} of '{}'", name, logger.service);
}

bool asks_for_ids(const LackingRecords& lacking) {
  return std::any_of(lacking.attributes.begin(), lacking.attributes.end(), [](const std::string& attribute) {
    const std::string plain = lower(replace_all(replace_all(attribute, "_", ""), ".", ""));
    return plain == "traceid" || plain == "spanid";
  });
}

std::string fix_of(const LoggerRecords& logger, const LackingRecords& lacking, bool is_instrumented) {
  if (!asks_for_ids(lacking)) {
    return fmt::format("Give each record {}: bind them to the logger of a request or job where it begins.",
                       join(lacking.attributes, ", "));
  }
  if (logger.correlated > 0 || is_instrumented) {
    return "Other records carry the ids, so these are written outside of a span, as jobs, timers and start-up are: "
           "start "
           "one around that work (tracer.startActiveSpan), or exempt the logger under rules: missing-trace-context: "
           "ignore.";
  }
  const auto library = std::find_if(kLibraries.begin(), kLibraries.end(),
                                    [&](const Library& one) { return one.name == logger.library; });
  const std::string_view text = library == kLibraries.end()
                                    ? std::string_view("Add trace_id and span_id of the active span to each record")
                                    : library->fix;
  return fmt::format("{}; work outside of requests needs a span of its own.", text);
}

Finding finding_of(const Rule& rule, const LoggerRecords& logger, const LackingRecords& lacking, bool is_instrumented) {
  Finding finding;
  finding.rule = rule.id;
  finding.level = rule.level;
  finding.subject = logger.logger.empty()    ? logger.service.empty() ? logger.input : logger.service
                    : logger.service.empty() ? logger.logger
                                             : fmt::format("{} {}", logger.service, logger.logger);
  finding.message = fmt::format("{} of {} ({}) of {} lack {}, where {}% have to carry {}", lacking.count,
                                counted(logger.records, "record"), percent(lacking.count, logger.records),
                                name_of(logger), printable(join(lacking.attributes, " or ")),
                                format_number(lacking.min_percent), lacking.attributes.size() > 1 ? "them" : "it");
  finding.location = lacking.first;
  finding.evidence.input = logger.input;
  finding.evidence.line = lacking.first.line;
  finding.evidence.count = lacking.count;
  const auto detail = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) {
      finding.evidence.details.push_back({std::string(name), value});
    }
  };
  detail("logger", logger.logger);
  detail("service", logger.service);
  detail("missing", std::to_string(lacking.count));
  detail("records", std::to_string(logger.records));
  finding.fix.text = fix_of(logger, lacking, is_instrumented);
  finding.magnitude = static_cast<double>(lacking.count);
  finding.key = finding_key(rule.id, {logger.input, logger.service, logger.logger, join(lacking.attributes, " ")});
  return finding;
}

}  // namespace

void detect_missing_trace_context(const Facts& facts, const Rule& rule, std::vector<Finding>& findings) {
  for (const LoggerRecords& logger : facts.logs.loggers) {
    const bool is_instrumented =
        std::any_of(facts.logs.loggers.begin(), facts.logs.loggers.end(), [&](const LoggerRecords& other) {
          return other.input == logger.input && other.service == logger.service && other.correlated > 0;
        });
    for (const LackingRecords& lacking : logger.lacking) {
      if (lacking.count > 0 && is_below(lacking, logger.records)) {
        findings.push_back(finding_of(rule, logger, lacking, is_instrumented));
      }
    }
  }
}

}  // namespace budgetcheck
