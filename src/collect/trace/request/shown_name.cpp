#include "collect/trace/request/shown_name.h"

#include <algorithm>

#include "base/text.h"
#include "base/text/id_like.h"
#include "collect/trace/request/http_call.h"
#include "collect/trace/request/name_survey.h"
#include "query/sql/shape.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMaxShown = 200;

bool is_template(std::string_view word) {
  return word.find_first_of(":<{[*(") != std::string_view::npos && word.find("://") == std::string_view::npos;
}

}  // namespace

bool is_statement_name(std::string_view name) {
  constexpr std::string_view kVerbs[] = {"SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH "};
  return std::any_of(std::begin(kVerbs), std::end(kVerbs),
                     [&](std::string_view verb) { return equals_ignoring_case(name.substr(0, verb.size()), verb); });
}

std::string shown_target(std::string_view url) {
  const std::string shape = read_call_target(url.substr(0, url.find('?'))).shape;
  return without_private_segments(shape);
}

std::string shown_statement(std::string_view sql) {
  const Shape shape = shape_of(sql);
  return shape.kind == Shape::Kind::kNotSql ? std::string() : shorten(printable(shape.text), kMaxShownStatement);
}

std::string shown_span_name(std::string_view name) {
  if (is_statement_name(name)) {
    if (std::string shape = shown_statement(name); !shape.empty()) {
      return shorten(shape, kMaxShown);
    }
  }
  std::string out;
  for (const std::string_view word : split(name, ' ')) {
    out += out.empty() ? "" : " ";
    const bool is_path = word.starts_with('/') || word.find("://") != std::string_view::npos;
    if (is_path && !is_template(word)) {
      out += shown_target(word);
    } else if (is_path) {
      const std::size_t query = word.find('?');
      out += without_private_segments(word.substr(0, query));
      out += query == std::string_view::npos ? "" : "?…";
    } else {
      const std::string form = form_of_name(word);
      out += without_private_words(form.empty() ? word : std::string_view(form));
    }
  }
  return shorten(printable(out), kMaxShown);
}

}  // namespace budgetcheck
