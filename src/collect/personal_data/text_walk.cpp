#include "collect/personal_data/text_walk.h"

#include <algorithm>

#include "base/text.h"
#include "collect/personal_data/characters.h"
#include "collect/text/transport_prefix.h"

namespace budgetcheck::personal {
namespace {

struct Pair {
  std::string_view key;
  std::string_view value;  ///< without its quotes
  bool is_quoted = false;
};

bool is_key_char(char c) { return is_alnum(c) || c == '_' || c == '-' || c == '.' || c == '@'; }

/// The pair of logfmt at `at`, and moves behind it; false: there is none.
bool next_pair(std::string_view line, std::size_t& at, Pair& pair) {
  constexpr std::size_t kLongestKey = 64;
  const std::size_t sign = end_of_run(line.substr(0, std::min(line.size(), at + kLongestKey + 1)), at, is_key_char);
  if (sign == at || char_at(line, sign) != '=' || is_digit(line[at])) {
    return false;
  }
  pair.key = line.substr(at, sign - at);
  std::size_t end = sign + 1;
  pair.is_quoted = char_at(line, end) == '"';
  if (pair.is_quoted) {
    const std::size_t begin = ++end;
    while (end < line.size() && line[end] != '"') {
      end += line[end] == '\\' ? 2U : 1U;
    }
    end = std::min(end, line.size());
    pair.value = line.substr(begin, end - begin);
    at = std::min(end + 1, line.size());
    return true;
  }
  end = end_of_run(line, end, [](char c) { return !is_blank(c); });
  pair.value = line.substr(sign + 1, end - sign - 1);
  at = end;
  return true;
}

std::string without_escapes(std::string_view value) {
  std::string out;
  out.reserve(value.size());
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] == '\\' && i + 1 < value.size()) {
      ++i;
      out += value[i] == 'n' ? '\n' : value[i] == 't' ? '\t' : value[i];
    } else {
      out += value[i];
    }
  }
  return out;
}

}  // namespace

void TextWalk::look_at(std::string_view path, std::string_view value, std::uint32_t number) {
  const Field& field = fields_.get(path);
  values_.clear();
  search_.look(field, value, values_);
  for (const Found& one : values_) {
    found_.add(field.path, number, one);
  }
}

bool TextWalk::look_at_object(std::string_view line, std::uint32_t number) {
  if (line.empty() || (line.front() != '{' && line.front() != '[')) {
    return false;
  }
  buffer_.assign(line);
  if (!json::parse_text("", buffer_, nothing_)) {
    return false;
  }
  json_.begin_line(number);
  return json::parse_text("", buffer_, json_).has_value();
}

/// Two pairs at least, and the line begins with one: then words between pairs belong to the value before them.
bool TextWalk::look_at_pairs(std::string_view line, std::uint32_t number) {
  std::size_t at = 0;
  Pair pair;
  Pair second;
  if (!next_pair(line, at, pair)) {
    return false;
  }
  std::size_t behind = end_of_run(line, at, is_blank);
  if (behind == at || !next_pair(line, behind, second)) {
    return false;
  }
  at = 0;
  while (at < line.size()) {
    if (next_pair(line, at, pair)) {
      if (pair.is_quoted && pair.value.find('\\') != std::string_view::npos) {
        look_at(pair.key, without_escapes(pair.value), number);
      } else {
        look_at(pair.key, pair.value, number);
      }
    } else {
      const std::size_t end = end_of_run(line, at, [](char c) { return !is_blank(c); });
      look_at(pair.key, line.substr(at, end - at), number);
      at = end;
    }
    at = end_of_run(line, at, is_blank);
  }
  return true;
}

/// "> Authorization: Bearer x".
bool TextWalk::look_at_header(std::string_view line, std::uint32_t number) {
  const bool sent = line.starts_with("> ");
  if (!sent && !line.starts_with("< ")) {
    return false;
  }
  const std::size_t colon = line.find(": ");
  const std::string_view name = line.substr(2, colon == std::string_view::npos ? 0 : colon - 2);
  if (name.empty() || !all_of(name, is_token_char)) {
    return false;
  }
  look_at(std::string(sent ? "request.headers." : "response.headers.") + lower(name), line.substr(colon + 2), number);
  return true;
}

void TextWalk::look(std::string_view line, std::uint32_t number) {
  const std::string_view text = trim(line);
  if (text.empty() || look_at_object(text, number)) {
    return;
  }
  const std::string_view own = trim(without_transport(text).text);
  if (own.size() < text.size() && look_at_object(own, number)) {
    return;
  }
  if (look_at_pairs(own, number) || (is_curl_ && look_at_header(text, number))) {
    return;
  }
  look_at(is_curl_ && text.starts_with("* ") ? "server" : "", text, number);
}

}  // namespace budgetcheck::personal
