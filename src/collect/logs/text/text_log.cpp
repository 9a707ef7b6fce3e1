#include "collect/logs/text/text_log.h"

#include "base/text.h"
#include "collect/logs/wrapped_line.h"
#include "collect/text/transport_prefix.h"

namespace budgetcheck {

void TextLog::read(std::string_view line, std::uint32_t number) {
  const std::string_view unwrapped = unwrapped_line(line, wrapped_);
  was_object_ = trim(unwrapped).starts_with('{') && trim(unwrapped).ends_with('}') && objects_.read(unwrapped);
  TextStatements::Text text;
  text.line = number;
  if (was_object_) {
    const Transported sent = without_transport(line);
    text.stream = sent.stream;
    text.time = sent.time;
    statements_.read_object(unwrapped, text);
    return;
  }
  const std::string_view plain = console::without_colours(without_docker_wrapping(line, wrapped_), coloured_);
  const Transported sent = without_transport(plain);
  text.text = sent.text;
  text.stream = sent.stream;
  text.time = sent.time;
  statements_.read(text);
}

}  // namespace budgetcheck
