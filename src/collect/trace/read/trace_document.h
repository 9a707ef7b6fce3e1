#pragma once

#include <cstdint>
#include <string_view>

#include "collect/trace/read/attribute_keys.h"
#include "collect/trace/span.h"
#include "collect/trace/span_names.h"
#include "json/scan/cursor.h"

namespace budgetcheck {

/// Where the lines of a text are.
class LineOf {
 public:
  enum class Lines : std::uint8_t { kOne, kMany };
  /// `first` is the number of the line with which the text begins.
  LineOf(std::string_view text, std::uint32_t first, Lines lines)
      : text_(text), first_(first), line_(first), lines_(lines) {}
  /// Of a place in the text. Cheap for one behind the last.
  std::uint32_t operator()(const char* at);

 private:
  std::string_view text_;
  std::uint32_t first_;
  std::uint32_t line_;
  std::size_t counted_ = 0;
  Lines lines_;
};

/// Reads the spans of a JSON text in one of the forms that exporters and stores of traces write: OTLP (resourceSpans,
/// scopeSpans or instrumentationLibrarySpans), Tempo (batches, trace), Jaeger (data, processes), Zipkin v2 (lists of
/// spans), and lists of these.
class TraceDocument {
 public:
  TraceDocument(const AttributeKeys& keys, SpanNames& names, SpanSink& sink)
      : keys_(keys), names_(names), sink_(sink) {}

  /// The whole text is one document. False when it is not JSON as far as it was looked at: what came before that was
  /// handed on already. A guard follows the text. `line` is the number of its first line.
  bool read(std::string_view text, std::uint32_t line, LineOf::Lines how_many = LineOf::Lines::kMany);
  /// Exports of log records and of metrics, which hold no spans.
  std::uint64_t others() const { return others_; }

 private:
  void any(json::Cursor& in, LineOf& lines, int depth);
  void object(json::Cursor& in, LineOf& lines, int depth);

  const AttributeKeys& keys_;
  SpanNames& names_;
  SpanSink& sink_;
  std::uint64_t others_ = 0;
};

}  // namespace budgetcheck
