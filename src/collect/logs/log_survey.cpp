#include "collect/logs/log_survey.h"

#include <set>

#include "base/text.h"
#include "collect/logs/event_document.h"
#include "collect/logs/text/text_log.h"
#include "collect/text/first_lines.h"
#include "query/sql/shape.h"

namespace budgetcheck {
namespace {

/// JSON over several lines, and nothing but one document: whoever knows documents reads it.
bool is_document(std::string_view head) {
  const std::string_view text = trim(head);
  if (!may_be_document(text) || (text.starts_with('{') && text.find('\n') == std::string_view::npos)) {
    return false;
  }
  const std::string_view inside = trim(text.substr(1));
  if (text.starts_with('[')) {
    return inside.starts_with('[') || inside.starts_with('"') ||
           (inside.starts_with('{') && trim(inside.substr(1)).starts_with('"'));
  }
  return inside.starts_with('"') && text.find("\n}\n{") == std::string_view::npos &&
         text.find("\n}\r\n{") == std::string_view::npos;
}

}  // namespace

LogSurvey survey_log(const Sniff& sniff) {
  LogSurvey survey;
  if (is_document(sniff.head)) {
    return survey;
  }
  std::set<std::uint32_t> objects;  // the lines that are objects
  TextLog log([&](const LogRecord& record, std::uint32_t line) {
    if (shape_of(record.query).kind == Shape::Kind::kNotSql) {
      return false;
    }
    ++(objects.contains(line) ? survey.of_objects : survey.of_text);
    return true;
  });
  std::uint32_t number = 0;
  for (FirstLines lines(sniff.head); lines.next();) {
    log.read(lines.guarded(), ++number);
    if (log.was_object()) {
      objects.insert(number);
    }
  }
  log.flush();
  survey.debug = log.statements().debug_lines() > 0;
  survey.unreadable = log.statements().not_sql() > 0;
  return survey;
}

}  // namespace budgetcheck
