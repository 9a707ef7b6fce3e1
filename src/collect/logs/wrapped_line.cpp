#include "collect/logs/wrapped_line.h"

#include <algorithm>
#include <cctype>
#include <vector>

#include "base/file_system.h"
#include "base/text.h"
#include "collect/logs/text/console_text.h"
#include "collect/text/transport_prefix.h"
#include "json/lines/line_fields.h"
#include "json/scan/escapes.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMaxPrefix = 256;

/// The only lines that begin with a brace and are unwrapped.
bool begins_as_dockers(std::string_view text) { return text.starts_with("{\"log\":"); }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// "2026-11-23T06:45:42.871Z", "06:45:42,871", "23", "2026-11-23"
bool is_time(std::string_view word) {
  return is_digit(word.front()) && word.find_first_not_of("0123456789-:.,TZ+/") == std::string_view::npos;
}

/// What containerd and its like write behind the time.
constexpr std::string_view kStreams[] = {" stdout F ", " stdout P ", " stderr F ", " stderr P "};

/// What a container's runtime writes behind the time: the stream, and whether the line is whole.
bool is_stream(std::string_view word) { return word == "stdout" || word == "stderr" || word == "F"; }

/// "[api]", "[pod/web-1/app]", "app[web.1]:", "node[4711]:", "web:dev:"
bool is_tag(std::string_view word) {
  const bool colon = word.ends_with(':');
  const std::string_view name = colon ? word.substr(0, word.size() - 1) : word;
  const std::size_t bracket = name.find('[');
  const bool bracketed = name.ends_with(']') && bracket != std::string_view::npos && (bracket == 0 || colon);
  return bracketed || (colon && name.find(':') != std::string_view::npos);
}

bool is_prefix(std::string_view text) {
  std::string buffer;
  text = trim(console::without_colours(text, buffer));
  std::vector<std::string_view> words = split(text, ' ');
  std::erase_if(words, [](std::string_view word) { return word.empty(); });
  while (!words.empty() && (is_time(words.back()) || is_stream(words.back()))) {
    words.pop_back();
  }
  return words.empty() || words.back().ends_with('|') || is_tag(words.back());
}

const json::LineField* member(const std::vector<json::LineField>& fields, std::string_view key) {
  const auto found = std::find_if(fields.begin(), fields.end(), [&](const json::LineField& field) {
    return field.parent.empty() && field.key == key;
  });
  return found == fields.end() ? nullptr : &*found;
}

}  // namespace

std::string_view without_prefix(std::string_view line) {
  const std::size_t at = line.substr(0, kMaxPrefix).find('{');
  if (at == std::string_view::npos || at == 0 || !trim(line).ends_with('}') || !is_prefix(line.substr(0, at))) {
    return line;
  }
  return line.substr(at);
}

LinePart without_docker_wrapping(std::string_view line, std::string& buffer) {
  constexpr std::size_t kOfPart = std::size_t{16} << 10;  // docker reads that much at a time
  buffer.clear();
  LinePart part;
  part.text = line;
  if (!begins_as_dockers(trim(line))) {
    return part;
  }
  std::vector<json::LineField> fields;
  // An object that holds nothing is no field.
  if (!json::read_line_fields(line, fields) || fields.empty() || fields.front().key != "log" ||
      fields.front().type != json::LineField::Type::kString) {
    return part;
  }
  const json::LineField* stream = member(fields, "stream");
  if (stream == nullptr || !json::unescape(fields.front().raw, buffer)) {
    buffer.clear();
    return part;
  }
  const json::LineField* time = member(fields, "time");
  part.stream = stream->raw;
  part.time = time == nullptr ? std::string_view() : time->raw;
  // Who passed the objects on may have dropped line ends; then only the length tells.
  part.continues = buffer.size() >= kOfPart && !buffer.ends_with('\n');
  while (buffer.ends_with('\n') || buffer.ends_with('\r')) {
    buffer.pop_back();
  }
  const std::size_t size = buffer.size();
  buffer.append(FileContent::kGuard, '\0');
  part.text = std::string_view(buffer).substr(0, size);
  return part;
}

std::string_view unwrapped_line(std::string_view line, std::string& buffer) {
  const std::string_view text = without_docker_wrapping(line, buffer).text;
  return trim(text).starts_with('{') ? text : without_prefix(text);
}

bool is_unwrapped(std::string_view text) { return text.starts_with('{') && !begins_as_dockers(text); }

std::optional<std::string_view> UnwrappedLines::next(std::string_view line) {
  const std::optional<LinePart> whole = of_docker_.add(without_docker_wrapping(line, buffer_));
  joined_ = joined_ || !whole;
  return whole ? pass(*whole) : std::nullopt;
}

std::optional<std::string_view> UnwrappedLines::pass(const LinePart& whole) {
  if (trim(whole.text).starts_with('{')) {
    return whole.text;
  }
  const Transported sent = without_transport(whole.text);
  if (!sent.continues && !of_runtime_.has_begun(sent.stream)) {
    return without_prefix(whole.text);
  }
  const std::optional<LinePart> joined = of_runtime_.add({sent.text, sent.stream, sent.time, sent.continues});
  joined_ = joined_ || !joined;
  return joined ? std::optional(joined->text) : std::nullopt;
}

std::optional<std::string_view> UnwrappedLines::take_unended() {
  while (const std::optional<LinePart> whole = of_docker_.take_unended()) {
    if (const std::optional<std::string_view> line = pass(*whole)) {
      return line;
    }
  }
  const std::optional<LinePart> line = of_runtime_.take_unended();
  return line ? std::optional(line->text) : std::nullopt;
}

bool may_come_in_parts(std::string_view head) {
  constexpr std::size_t kFar = 64;
  const std::string_view line = trim(head.substr(0, head.find('\n'))).substr(0, kFar);
  return begins_as_dockers(line) || std::any_of(std::begin(kStreams), std::end(kStreams), [&](std::string_view stream) {
           return line.find(stream) != std::string_view::npos;
         });
}

}  // namespace budgetcheck
