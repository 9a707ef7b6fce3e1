#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "collect/text/text_lines.h"

namespace budgetcheck {

/// Spans as OpenTelemetry's ConsoleSpanExporter for Node.js prints them: objects over many lines among a program's
/// other output, with names and units of their own (opentelemetry-js, ConsoleSpanExporter._exportInfo).
class PrintedSpans {
 public:
  explicit PrintedSpans(const FileContent& content) : lines_(content) {}

  /// The text shows such a span.
  static bool are_in(std::string_view text);

  /// False when no span is left.
  bool next();
  /// The span as an export of OTLP in JSON.
  const std::string& otlp() const { return otlp_; }
  std::uint32_t line() const { return line_; }  ///< where it begins

 private:
  TextLines lines_;
  std::string otlp_;
  std::uint32_t line_ = 0;
};

}  // namespace budgetcheck
