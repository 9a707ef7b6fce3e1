#pragma once

#include "collect/trace/read/span_draft.h"
#include "collect/trace/read/trace_document.h"

namespace budgetcheck {

/// What the readers of all forms share.
struct SpanReading {
  const AttributeKeys& keys;
  SpanNames& names;
  SpanSink& sink;
  LineOf& lines;
};

/// A list of OTLP's ResourceSpans is next.
void read_resource_spans(json::Cursor& in, SpanReading& reading);
/// A trace as Jaeger's query API gives it is next: {"spans": […], "processes": {…}}.
void read_jaeger_trace(json::Cursor& in, SpanReading& reading);
/// A span of Zipkin's v2 is next.
void read_zipkin_span(json::Cursor& in, SpanReading& reading);

}  // namespace budgetcheck
