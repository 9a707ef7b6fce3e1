#include "collect/logs/text/text_log.h"

#include <utility>

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
  if (sent.continues || begun_.contains(sent.stream)) {
    constexpr std::size_t kMost = std::size_t{1} << 20;
    std::string& begun = begun_[sent.stream];
    begun += begun.size() < kMost ? sent.text : std::string_view();
    if (sent.continues) {
      return;
    }
    const std::string whole = std::exchange(begun, {});
    begun_.erase(sent.stream);
    text.text = whole;
    text.stream = sent.stream;
    text.time = sent.time;
    statements_.read(text);
    return;
  }
  text.text = sent.text;
  text.stream = sent.stream;
  text.time = sent.time;
  statements_.read(text);
}

}  // namespace budgetcheck
