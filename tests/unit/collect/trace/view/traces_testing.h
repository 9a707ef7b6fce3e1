#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "collect/trace/open_traces.h"
#include "collect/trace/span_names.h"
#include "collect/trace/trace_tree.h"
#include "collect/trace/view/trace_view.h"

namespace budgetcheck {

/// A span of a test; times in microseconds after the test's beginning.
struct TestSpan {
  std::uint64_t id = 0;
  std::uint64_t parent = 0;
  std::string name;
  std::int64_t begin = 0;
  std::int64_t end = 0;
  std::string service = "api";
  SpanKind kind = SpanKind::kInternal;
  std::string statement = {};
  std::string url = {};
  bool failed = false;
};

/// A trace and the names that its spans refer to.
struct TestTrace {
  explicit TestTrace(const std::vector<TestSpan>& spans, std::int64_t begin = 1'700'000'000'000'007) {
    trace.id = {1, 2};
    for (const TestSpan& span : spans) {
      Span own;
      own.id = span.id;
      own.parent = span.parent;
      own.name = names.number_of(span.name);
      own.service = names.number_of(span.service);
      own.kind = span.kind;
      own.failed = span.failed;
      own.start = static_cast<std::uint64_t>(begin + span.begin) * 1000;
      own.end = static_cast<std::uint64_t>(begin + span.end) * 1000;
      own.line = static_cast<std::uint32_t>(trace.spans.size() + 1);
      own.statement = put(span.statement);
      own.is_sql = !span.statement.empty();
      own.url = put(span.url);
      own.method = span.url.empty() ? 0 : names.number_of("GET");
      trace.spans.push_back(own);
    }
  }

  TraceView view(const ViewLimits& limits = {}) const { return view_of(trace, TraceTree(trace, 0), names, limits); }

  Span::Text put(const std::string& part) {
    const Span::Text at{static_cast<std::uint32_t>(trace.text.size()), static_cast<std::uint32_t>(part.size())};
    trace.text += part;
    return at;
  }

  SpanNames names;
  Trace trace;
};

}  // namespace budgetcheck
