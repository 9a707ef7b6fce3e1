#include "cli/terminal/console.h"

#include "base/platform/streams.h"
#include "base/text/log_text.h"

namespace budgetcheck {

SystemResult<> print(std::string_view text) { return print_document(log_text(text)); }

void print_aside(std::string_view text) { draw_aside(log_text(text)); }

SystemResult<> print_document(std::string_view bytes) { return write_all(kStandardOutput, bytes); }

void draw_aside(std::string_view text) { (void)write_all(kStandardError, text); }

ConsoleStreams::~ConsoleStreams() {
  (void)print(out.str());
  print_aside(err.str());
}

}  // namespace budgetcheck
