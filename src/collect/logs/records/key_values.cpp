#include "collect/logs/records/key_values.h"

#include <cstddef>

namespace budgetcheck {
namespace {

constexpr std::size_t kMostPairs = 500;

bool is_key(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' ||
         c == '-' || c == '@' || c == '/';
}

/// Where a quoted text that begins behind its quote ends; npos: it does not.
std::size_t end_of_quoted(std::string_view line, std::size_t at, char quote) {
  for (; at < line.size(); ++at) {
    if (line[at] == '\\') {
      ++at;
    } else if (line[at] == quote) {
      return at;
    }
  }
  return std::string_view::npos;
}

/// Where a bare value ends: at a blank outside of brackets, as logrus writes lists and maps ("map[a:1 b:2]").
std::size_t end_of_bare(std::string_view line, std::size_t at) {
  const std::size_t begin = at;
  std::size_t depth = 0;
  for (; at < line.size(); ++at) {
    const char c = line[at];
    if (c == ' ' && depth == 0) {
      break;
    }
    if (c == '[' || c == '{') {
      ++depth;
    } else if ((c == ']' || c == '}') && depth > 0) {
      --depth;
    }
  }
  if (depth == 0) {
    return at;
  }
  const std::size_t blank = line.find(' ', begin);  // the bracket was no bracket
  return blank == std::string_view::npos ? line.size() : blank;
}

}  // namespace

bool read_key_values(std::string_view line, std::vector<json::LineField>& fields) {
  fields.clear();
  std::size_t at = 0;
  while (at < line.size()) {
    if (line[at] == ' ' || line[at] == '\t' || line[at] == '\r') {
      ++at;
      continue;
    }
    const std::size_t begin = at;
    while (at < line.size() && is_key(line[at])) {
      ++at;
    }
    if (at == begin || fields.size() == kMostPairs) {
      return false;
    }
    json::LineField field;
    field.key = line.substr(begin, at - begin);
    if (at == line.size() || line[at] != '=') {
      if (fields.empty() || (at < line.size() && line[at] != ' ')) {
        return false;  // a sentence, or a time before the pairs
      }
      continue;
    }
    ++at;
    if (at < line.size() && line[at] == '"') {
      const std::size_t end = end_of_quoted(line, at + 1, '"');
      if (end == std::string_view::npos) {
        return false;
      }
      field.raw = line.substr(at + 1, end - at - 1);
      at = end + 1;
    } else {
      const std::size_t end = end_of_bare(line, at);
      field.raw = line.substr(at, end - at);
      at = end;
    }
    fields.push_back(field);
  }
  constexpr std::size_t kLeast = 2;
  return fields.size() >= kLeast;
}

}  // namespace budgetcheck
