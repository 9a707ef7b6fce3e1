#include "collect/logs/wrapped_line.h"

#include <algorithm>
#include <cctype>
#include <vector>

#include "base/file_system.h"
#include "base/text.h"
#include "collect/logs/text/console_text.h"
#include "json/lines/line_fields.h"
#include "json/scan/escapes.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kLog = "{\"log\":";
constexpr std::size_t kMaxPrefix = 256;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// "2026-11-23T06:45:42.871Z", "06:45:42,871", "23", "2026-11-23"
bool is_time(std::string_view word) {
  return is_digit(word.front()) && word.find_first_not_of("0123456789-:.,TZ+/") == std::string_view::npos;
}

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

/// The JSON object that ends the line behind a prefix; the line itself where there is none.
std::string_view without_prefix(std::string_view line) {
  const std::size_t at = line.substr(0, kMaxPrefix).find('{');
  if (at == std::string_view::npos || at == 0 || !trim(line).ends_with('}') || !is_prefix(line.substr(0, at))) {
    return line;
  }
  return line.substr(at);
}

}  // namespace

std::string_view without_docker_wrapping(std::string_view line, std::string& buffer) {
  buffer.clear();
  if (!trim(line).starts_with(kLog)) {
    return line;
  }
  std::vector<json::LineField> fields;
  const auto is_stream_of = [](const json::LineField& field) { return field.parent.empty() && field.key == "stream"; };
  if (!json::read_line_fields(line, fields) || fields.front().key != "log" ||
      fields.front().type != json::LineField::Type::kString ||
      std::none_of(fields.begin(), fields.end(), is_stream_of)) {
    return line;
  }
  if (!json::unescape(fields.front().raw, buffer)) {
    buffer.clear();
    return line;
  }
  while (buffer.ends_with('\n') || buffer.ends_with('\r')) {
    buffer.pop_back();
  }
  const std::size_t size = buffer.size();
  buffer.append(FileContent::kGuard, '\0');
  return std::string_view(buffer).substr(0, size);
}

std::string_view unwrapped_line(std::string_view line, std::string& buffer) {
  const std::string_view text = without_docker_wrapping(line, buffer);
  return trim(text).starts_with('{') ? text : without_prefix(text);
}

bool is_unwrapped(std::string_view text) { return text.starts_with('{') && !text.starts_with(kLog); }

}  // namespace budgetcheck
