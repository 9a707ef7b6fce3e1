#include "collect/trace/view/span_words.h"

#include <algorithm>

#include "base/hash.h"
#include "base/text.h"
#include "base/text/id_like.h"
#include "collect/trace/request/shown_name.h"

namespace budgetcheck {
namespace {

/// "pg.query" of "pg.query:SELECT shop", nothing of "SELECT shop": the statement beside it says the rest, and what
/// follows a space is the name of a database at best.
std::string without_verb(std::string_view name, std::string_view statement) {
  const std::string_view word = name.substr(0, name.find(' '));
  const std::string_view verb = statement.substr(0, statement.find(' '));
  const std::size_t colon = word.rfind(':');
  const std::size_t begin = colon == std::string_view::npos ? 0 : colon + 1;
  const bool is_verb = equals_ignoring_case(word.substr(begin), verb);
  return std::string(is_verb ? word.substr(0, begin == 0 ? 0 : begin - 1) : word);
}

/// "get duty:…" of "get duty:17 now": the command, and what the keys of its kind begin with.
std::string shown_command(std::string_view text) {
  const std::string_view command = text.substr(0, text.find(' '));
  constexpr std::size_t kLongestCommand = 20;
  const bool is_word =
      !command.empty() && command.size() <= kLongestCommand && std::all_of(command.begin(), command.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '.';
      });
  if (!is_word) {
    return "";
  }
  std::string_view key = text.substr(std::min(command.size() + 1, text.size()));
  key = key.substr(0, key.find(' '));
  const std::size_t colon = key.find(':');
  const bool is_shown = colon != std::string_view::npos && looks_like_name(key.substr(0, colon));
  return std::string(command) + (is_shown ? " " + std::string(key.substr(0, colon)) + ":…" : "");
}

}  // namespace

const std::string& SpanWords::shown(NameId name) {
  const auto [at, is_new] = shown_.try_emplace(name);
  if (is_new) {
    at->second = shown_span_name(names_[name]);
  }
  return at->second;
}

const std::string& SpanWords::shape(std::string_view statement, bool is_sql) {
  const auto [at, is_new] = shapes_.try_emplace(hash64(statement));
  if (is_new) {
    at->second = is_sql ? shown_statement(statement) : shown_command(statement);
  }
  return at->second;
}

SpanWords::Words SpanWords::of(std::uint32_t span) {
  const Span& own = trace_.spans[span];
  if (own.is_request() && own.method != 0) {
    const std::string& route = own.route != 0 ? shown(own.route) : std::string();
    return {route.empty() ? shown(own.name) : shown(own.method) + " " + route, ""};
  }
  if (own.statement.size != 0) {
    const std::string detail = tree_.is_statement(span) ? shape(trace_.of(own.statement), own.is_sql) : "";
    return {detail.empty() && !own.is_sql ? shown(own.name) : without_verb(shown(own.name), detail), detail};
  }
  if (own.kind == SpanKind::kClient && own.method != 0 && own.url.size != 0) {
    return {shown(own.method), shorten(printable(shown_target(trace_.of(own.url))), kMaxShownStatement)};
  }
  return {shown(own.name), ""};
}

}  // namespace budgetcheck
