#include "collect/trace/otlp.h"

#include "base/text.h"
#include "collect/query_log/log_schema.h"
#include "collect/trace/printed_spans.h"
#include "collect/trace/trace_inputs.h"

namespace budgetcheck {
namespace {

bool holds(std::string_view text, std::string_view key) { return text.find(key) != std::string_view::npos; }

bool is_json(const Sniff& sniff) { return sniff.is_object || sniff.is_array || sniff.is_lines; }

bool recognises_otlp(const Sniff& sniff) {
  const std::string_view text = trim(sniff.head);
  if (PrintedSpans::are_in(sniff.head)) {
    return true;
  }
  if (!is_json(sniff)) {
    return false;
  }
  const bool spans = holds(text, "\"scopeSpans\"") || holds(text, "\"instrumentationLibrarySpans\"");
  const bool jaeger = holds(text, "\"spans\"") && (holds(text, "\"operationName\"") || holds(text, "\"traceID\""));
  return holds(text, "\"resourceSpans\"") || (holds(text, "\"batches\"") && spans) || (sniff.has("data") && jaeger);
}

/// Lists of spans, or a span a line: ids, a start in microseconds and an endpoint.
bool recognises_zipkin(const Sniff& sniff) {
  const std::string_view text = trim(sniff.head);
  return is_json(sniff) && holds(text, "\"traceId\"") && holds(text, "\"id\"") && holds(text, "\"timestamp\"") &&
         (holds(text, "\"localEndpoint\"") || (holds(text, "\"duration\"") && holds(text, "\"parentId\""))) &&
         !holds(text, "\"resourceSpans\"");
}

Format span_format(std::string_view name) {
  Format format{name, {"trace.", "queries."}};
  format.joint = make_trace_inputs;
  format.feeds = {FactKind::kStatements, FactKind::kSequences, FactKind::kRequestIds, FactKind::kTraces,
                  FactKind::kRequestTimes};
  format.prepare = read_log_schema;
  return format;
}

}  // namespace

Format otlp_format() {
  Format format = span_format("otlp");
  format.recognises = recognises_otlp;
  format.is_given_as = "OTLP spans";
  format.looks_like = {"\"resourceSpans\"", "\"scopeSpans\"", "\"traceId\"", "\"spanId\""};
  format.page =
      "Spans as OTLP JSON: what the Collector's file exporter writes, what Tempo and Jaeger return, or what "
      "OpenTelemetry's ConsoleSpanExporter prints. Each span of kind SERVER or CONSUMER is a request, and each with "
      "`db.query.text` a statement. A trace may lie in several files. `schema: prisma/schema.prisma` names the tables "
      "and indexes.";
  return format;
}

Format zipkin_format() {
  Format format = span_format("zipkin");
  format.recognises = recognises_zipkin;
  format.is_given_as = "Zipkin spans (v2)";
  format.looks_like = {"\"traceId\"", "\"localEndpoint\"", "\"timestamp\""};
  format.page =
      "Spans as Zipkin's v2 JSON: lists of spans, one a line or one a file, as the Zipkin exporter sends them and "
      "`/api/v2/traces` returns them. Read as those of `otlp`, with which their traces may be shared.";
  return format;
}

}  // namespace budgetcheck
