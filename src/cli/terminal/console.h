#pragma once

#include <sstream>
#include <string_view>

#include "base/platform/system_result.h"

namespace budgetcheck {

// The one door to standard output and standard error (tests/architecture/check.py). Runners of CI obey lines of the
// log, and names, statements and messages come from anybody: text leaves as log_text() has it.

SystemResult<> print(std::string_view text);
/// To standard error. That it cannot be written is nothing that anybody could be told.
void print_aside(std::string_view text);

/// To standard output as it is: documents that programs read (their formats write nothing that a runner obeys), and the
/// annotations, which are meant as commands.
SystemResult<> print_document(std::string_view bytes);

/// To a terminal of a person, where a line is drawn again and again.
void draw_aside(std::string_view text);

/// Both as streams, for what takes streams. What was written leaves when this ends.
class ConsoleStreams {
 public:
  ConsoleStreams() = default;
  ~ConsoleStreams();
  ConsoleStreams(const ConsoleStreams&) = delete;
  ConsoleStreams& operator=(const ConsoleStreams&) = delete;

  std::ostringstream out;
  std::ostringstream err;
};

}  // namespace budgetcheck
