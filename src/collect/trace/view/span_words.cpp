#include "collect/trace/view/span_words.h"

#include <algorithm>

#include "base/hash.h"
#include "base/text.h"
#include "base/text/id_like.h"
#include "collect/trace/request/http_call.h"
#include "collect/trace/request/name_survey.h"
#include "collect/trace/request/route_table.h"
#include "query/sql/shape.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMaxShown = 200;
constexpr std::size_t kMaxDetail = 600;

bool is_template(std::string_view word) {
  return word.find_first_of(":<{[*(") != std::string_view::npos && word.find("://") == std::string_view::npos;
}

/// "users.example:8080/users/:id" of a URL or a path: without its query, and with ids taken out.
std::string target_of(std::string_view url) {
  const std::string shape = read_call_target(url.substr(0, url.find('?'))).shape;
  return without_private_segments(shape);
}

/// Some instrumentations name spans by the whole statement.
bool is_sql_name(std::string_view name) {
  constexpr std::string_view kVerbs[] = {"SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH "};
  return std::any_of(std::begin(kVerbs), std::end(kVerbs),
                     [&](std::string_view verb) { return equals_ignoring_case(name.substr(0, verb.size()), verb); });
}

std::string shown_shape(std::string_view sql) {
  const Shape shape = shape_of(sql);
  return shape.kind == Shape::Kind::kNotSql ? std::string() : shorten(printable(shape.text), kMaxDetail);
}

/// "pg.query" of "pg.query:SELECT shop", nothing of "SELECT shop": the statement beside it says the rest, and what follows a space is
/// the name of a database at best.
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

std::string shown_span_name(std::string_view name) {
  if (is_sql_name(name)) {
    if (std::string shape = shown_shape(name); !shape.empty()) {
      return shorten(shape, kMaxShown);
    }
  }
  std::string out;
  for (const std::string_view word : split(name, ' ')) {
    out += out.empty() ? "" : " ";
    const bool is_path = word.starts_with('/') || word.find("://") != std::string_view::npos;
    if (is_path && !is_template(word)) {
      out += target_of(word);
    } else if (is_path) {
      out += word.substr(0, word.find('?'));
    } else {
      const std::string form = form_of_name(word);
      out += without_private_words(form.empty() ? word : std::string_view(form));
    }
  }
  return shorten(printable(out), kMaxShown);
}

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
    at->second = is_sql ? shown_shape(statement) : shown_command(statement);
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
    return {shown(own.method), shorten(printable(target_of(trace_.of(own.url))), kMaxDetail)};
  }
  return {shown(own.name), ""};
}

}  // namespace budgetcheck
