#include "budget/edit/document_text.h"

#include <algorithm>

#include "base/byte_order_mark.h"
#include "base/text.h"
#include "json/document.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kBlank = " \t\r\n";

bool is_blank(char c) { return kBlank.find(c) != std::string_view::npos; }

}  // namespace

DocumentText::DocumentText(const std::string& path, std::string_view text)
    : text_(text), is_json_(json::is_json_document(path, text)) {
  lines_.push_back(is_json_ ? 0 : text.size() - without_byte_order_mark(text).size());
  for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
    lines_.push_back(at + 1);
  }
}

std::size_t DocumentText::offset(std::uint32_t line, std::uint32_t column) const {
  if (line == 0 || line > lines_.size()) {
    return text_.size();
  }
  return std::min(lines_[line - 1] + (column == 0 ? 0 : column - 1), text_.size());
}

bool DocumentText::is_in_braces(const json::Value& mapping) const {
  const std::size_t at = behind_properties(offset(mapping));
  return at < text_.size() && text_[at] == '{';
}

bool DocumentText::is_alias(const json::Value& value) const {
  const std::size_t at = offset(value);
  return !is_json_ && at < text_.size() && text_[at] == '*';
}

ByteRange DocumentText::value_of(const json::Member& member, bool in_braces) const {
  const std::size_t begin = is_json_ ? offset(member.value) : behind_properties(offset(member.value));
  if (begin >= text_.size()) {
    return {text_.size(), text_.size()};
  }
  const char c = text_[begin];
  if (c == '{' || c == '[') {
    return {begin, end_of_brackets(begin)};
  }
  if (c == '"' || (c == '\'' && !is_json_)) {
    return {begin, end_of_quoted(begin)};
  }
  if (in_braces) {
    return {begin, end_of_plain_in_braces(begin)};
  }
  const std::size_t indent = member.column - 1;
  if (const json::Object* members = member.value.object(); members != nullptr && c != '*' && !members->empty()) {
    return {begin, value_of(members->back(), false).end};
  }
  if (c == '|' || c == '>') {
    return {begin, end_of_deeper_lines(text_.find('\n', begin), indent, true)};
  }
  // A text may go on in deeper lines, unless a comment or what it is ended it.
  const std::size_t end = end_of_plain_line(begin);
  const bool may_go_on =
      c != '*' && member.value.is_string() && trim(text_.substr(end, end_of_line(end) - end)).empty();
  return {begin, may_go_on ? std::max(end, end_of_deeper_lines(end_of_line(end), indent, false)) : end};
}

std::size_t DocumentText::end_of_line(std::size_t at) const {
  std::size_t end = std::min(text_.find('\n', at), text_.size());
  if (end < text_.size() && end > at && text_[end - 1] == '\r') {
    --end;
  }
  return end;
}

std::string_view DocumentText::line_break_at(std::size_t at) const {
  std::size_t end = text_.find('\n', at);
  end = end == std::string_view::npos ? text_.find('\n') : end;
  return end != std::string_view::npos && end > 0 && text_[end - 1] == '\r' ? "\r\n" : "\n";
}

bool DocumentText::begins_line(std::size_t at) const {
  const std::size_t first = lines_.front();
  while (at > first && (text_[at - 1] == ' ' || text_[at - 1] == '\t')) {
    --at;
  }
  return at == first || text_[at - 1] == '\n';
}

/// Past an anchor and a tag, and the blanks and comments behind them.
std::size_t DocumentText::behind_properties(std::size_t at) const {
  const std::size_t begin = at;
  while (at < text_.size() && !is_json_) {
    if (text_[at] == '&' || text_[at] == '!') {
      at = std::min(text_.find_first_of(kBlank, at), text_.size());
    } else if (at != begin && (is_blank(text_[at]) || text_[at] == '#')) {
      at = text_[at] == '#' ? std::min(text_.find('\n', at), text_.size()) : at + 1;
    } else {
      break;
    }
  }
  return at;
}

std::size_t DocumentText::end_of_quoted(std::size_t at) const {
  const char quote = text_[at];
  for (std::size_t i = at + 1; i < text_.size(); ++i) {
    if (quote == '"' && text_[i] == '\\') {
      ++i;
    } else if (text_[i] == quote) {
      if (quote == '\'' && i + 1 < text_.size() && text_[i + 1] == quote) {
        ++i;
      } else {
        return i + 1;
      }
    }
  }
  return text_.size();
}

/// Where a comment ends that begins at `at`; `at` itself when none does.
std::size_t DocumentText::end_of_comment(std::size_t at) const {
  if (is_json_ && text_.substr(at).starts_with("/*")) {
    const std::size_t end = text_.find("*/", at + 2);
    return end == std::string_view::npos ? text_.size() : end + 2;
  }
  const bool begins =
      is_json_ ? text_.substr(at).starts_with("//") : text_[at] == '#' && (at == 0 || is_blank(text_[at - 1]));
  return begins ? std::min(text_.find('\n', at), text_.size()) : at;
}

std::size_t DocumentText::end_of_brackets(std::size_t at) const {
  std::size_t depth = 0;
  for (std::size_t i = at; i < text_.size();) {
    const char c = text_[i];
    const bool begins_token =
        i == at || is_blank(text_[i - 1]) || std::string_view("[{,:").find(text_[i - 1]) != std::string_view::npos;
    if (const std::size_t end = end_of_comment(i); end != i) {
      i = end;
    } else if (c == '"' || (c == '\'' && !is_json_ && begins_token)) {
      i = end_of_quoted(i);
    } else {
      depth += c == '{' || c == '[' ? 1U : 0U;
      depth -= c == '}' || c == ']' ? 1U : 0U;
      ++i;
      if (depth == 0) {
        return i;
      }
    }
  }
  return text_.size();
}

std::size_t DocumentText::end_of_plain_in_braces(std::size_t at) const {
  std::size_t end = at;
  while (end < text_.size() && std::string_view(",{}[]\n").find(text_[end]) == std::string_view::npos &&
         end_of_comment(end) == end) {
    ++end;
  }
  while (end > at && is_blank(text_[end - 1])) {
    --end;
  }
  return end;
}

/// Without a comment and the blanks before it.
std::size_t DocumentText::end_of_plain_line(std::size_t at) const {
  std::size_t end = at;
  const std::size_t line_end = end_of_line(at);
  while (end < line_end && end_of_comment(end) == end) {
    ++end;
  }
  while (end > at && is_blank(text_[end - 1])) {
    --end;
  }
  return end;
}

/// The end of the last line below the one that ends at `at` that is deeper than `indent`, before the first that is not.
std::size_t DocumentText::end_of_deeper_lines(std::size_t at, std::size_t indent, bool with_comments) const {
  std::size_t end = std::min(at, text_.size());
  while (true) {
    const std::size_t line_break = text_.find('\n', at);
    if (line_break == std::string_view::npos) {
      return end;
    }
    const std::size_t begin = line_break + 1;
    const std::size_t line_end = end_of_line(begin);
    const std::string_view line = text_.substr(begin, line_end - begin);
    const std::size_t depth = std::min(line.find_first_not_of(' '), line.size());
    const bool is_empty = trim(line).empty();
    if (!is_empty && (depth <= indent || (!with_comments && line[depth] == '#'))) {
      return end;
    }
    end = is_empty ? end : line_end;
    at = line_end;
  }
}

}  // namespace budgetcheck
