#include "collect/logs/text/text_log.h"

#include <optional>

#include "base/text.h"
#include "collect/logs/wrapped_line.h"
#include "collect/text/transport_prefix.h"

namespace budgetcheck {

void TextLog::read(std::string_view line, std::uint32_t number) {
  was_object_ = false;
  last_ = number;
  if (const std::optional<LinePart> whole = of_docker_.add(without_docker_wrapping(line, wrapped_))) {
    read_written(*whole, number);
  }
}

void TextLog::flush() {
  while (const std::optional<LinePart> line = of_docker_.take_unended()) {
    read_written(*line, last_);
  }
  while (const std::optional<LinePart> line = of_runtime_.take_unended()) {
    statements_.read({.text = line->text, .stream = line->stream, .time = line->time, .line = last_});
  }
  statements_.flush();
}

void TextLog::read_written(const LinePart& whole, std::uint32_t number) {
  const std::string_view written = trim(whole.text);
  const std::string_view unwrapped = written.starts_with('{') ? whole.text : without_prefix(whole.text);
  was_object_ = trim(unwrapped).starts_with('{') && written.ends_with('}') && objects_.read(unwrapped);
  TextStatements::Text text;
  text.line = number;
  const std::string_view plain = was_object_ ? whole.text : console::without_colours(whole.text, coloured_);
  const Transported sent = without_transport(plain);
  text.stream = sent.stream;
  text.time = sent.time.empty() ? whole.time : sent.time;
  if (was_object_) {
    statements_.read_object(unwrapped, text);
    return;
  }
  text.text = sent.text;
  if (sent.continues || of_runtime_.has_begun(sent.stream)) {
    const std::optional<LinePart> joined = of_runtime_.add({sent.text, sent.stream, sent.time, sent.continues});
    if (!joined) {
      return;
    }
    text.text = joined->text;
    text.time = joined->time;
  }
  statements_.read(text);
}

}  // namespace budgetcheck
