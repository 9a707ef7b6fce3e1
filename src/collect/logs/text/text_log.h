#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "collect/logs/text/text_statements.h"
#include "collect/text/line_parts.h"
#include "json/lines/line_reader.h"

namespace budgetcheck {

/// Reads a program's output line by line as it came out of a container, a process manager or a runner of CI: takes off
/// what these put around each line, and colours; a line that is an object of JSON is opened.
class TextLog {
 public:
  explicit TextLog(TextStatements::Sink sink) : statements_(std::move(sink)) {}

  /// `number` from 1. FileContent::kGuard readable bytes follow the line.
  void read(std::string_view line, std::uint32_t number);
  /// After the last line.
  void flush();

  /// The last line was an object of JSON.
  bool was_object() const { return was_object_; }
  TextStatements& statements() { return statements_; }

 private:
  /// A line without what docker puts around it.
  void read_written(const LinePart& whole, std::uint32_t number);

  TextStatements statements_;
  json::LineReader objects_;
  std::string wrapped_;
  std::string coloured_;
  LineParts of_docker_;
  LineParts of_runtime_;
  bool was_object_ = false;
  std::uint32_t last_ = 0;
};

}  // namespace budgetcheck
