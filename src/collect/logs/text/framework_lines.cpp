#include "collect/logs/text/framework_lines.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"
#include "collect/query_log/fields/query_fields.h"
#include "collect/text/inspected_value.h"

namespace budgetcheck::console {
namespace {

constexpr std::size_t kMaxHeading = 256;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_word(char c) { return is_letter(c) || is_digit(c) || c == '_' || c == '$'; }

/// The field that ends `text`, which is cut before it.
std::string_view last_field(std::string_view& text) {
  const std::size_t bar = text.rfind('|');
  const std::string_view field = trim(bar == std::string_view::npos ? text : text.substr(bar + 1));
  text = bar == std::string_view::npos ? std::string_view() : text.substr(0, bar);
  return field;
}

/// "5", "5ms", "# took 5ms", "1,234ms"; negative: no time.
double took_ms(std::string_view text) {
  constexpr std::string_view kTook = "took ";
  const std::size_t took = text.rfind(kTook);
  text.remove_prefix(took == std::string_view::npos ? 0 : took + kTook.size());
  if (text.ends_with("ms")) {
    text = trim(text.substr(0, text.size() - 2));
  }
  std::string digits(text);
  std::erase(digits, ',');
  return digits.empty() || !is_digit(digits.front()) ? -1 : milliseconds(digits);
}

/// "select … id=?|select … id=5": the second, which has the values. Bars may stand in a statement too.
std::string_view with_values(std::string_view text) {
  constexpr std::size_t kBegin = 12;
  const std::string_view begin = text.substr(0, kBegin);
  for (std::size_t bar = text.find('|'); bar != std::string_view::npos; bar = text.find('|', bar + 1)) {
    const std::string_view behind = trim(text.substr(bar + 1));
    if (equals_ignoring_case(behind.substr(0, begin.size()), begin)) {
      return behind;
    }
  }
  return text.ends_with('|') ? trim(text.substr(0, text.size() - 1)) : text;
}

bool read_p6spy(std::string_view line, Line& result) {
  constexpr std::string_view kConnection = "connection";
  const std::string_view front = line.substr(0, kMaxHeading);
  const std::size_t bar = front.find('|');
  const std::size_t at = bar == std::string_view::npos ? bar : front.find(kConnection, bar);
  if (at == std::string_view::npos || !trim(line.substr(0, at)).ends_with('|')) {
    return false;
  }
  std::string_view before = line.substr(0, line.rfind('|', at));
  const std::string_view category = last_field(before);
  const double took = took_ms(last_field(before));
  constexpr std::array<std::string_view, 9> kCategories{"statement", "commit", "rollback", "batch", "resultset",
                                                        "result",    "info",   "debug",    "error"};
  if (took < 0 || std::find(kCategories.begin(), kCategories.end(), category) == kCategories.end()) {
    return false;
  }
  std::size_t end = at + kConnection.size();
  while (end < line.size() && (line[end] == ' ' || is_digit(line[end]))) {
    ++end;
  }
  if (end < line.size() && line[end] != '|') {
    return false;
  }
  std::string_view rest = trim(line.substr(std::min(end + 1, line.size())));
  if (rest.starts_with("url ")) {
    rest = rest.substr(std::min(rest.find('|'), rest.size()));
    rest = trim(rest.substr(rest.empty() ? 0 : 1));
  }
  result.duration_ms = took;
  result.prefix = line.substr(0, end);
  const std::string_view first = last_field(before);
  result.time = first.starts_with('#') ? trim(first.substr(1)) : first;
  if (category == "statement") {
    result.mark = Mark::kQuery;
    result.rest = with_values(rest);
    result.twice = rest.empty();
  } else if (category == "commit" || category == "rollback") {
    result.mark = Mark::kQuery;
    result.rest = category == "commit" ? "COMMIT" : "ROLLBACK";
  } else {
    result.mark = Mark::kMessage;  // what a batch holds runs at once
  }
  return true;
}

bool read_ef_core(std::string_view line, Line& result) {
  constexpr std::string_view kExecuted = "Executed DbCommand (";
  constexpr std::string_view kParameters = "[Parameters=[";
  constexpr std::string_view kOthers = "xecuting DbCommand ";  // it is about to run, or it failed
  const std::string_view front = line.substr(0, kMaxHeading);
  const std::size_t at = front.find(kExecuted);
  if (at == std::string_view::npos) {
    const bool other = front.find(kOthers) != std::string_view::npos;
    result.mark = other ? Mark::kMessage : Mark::kNone;
    return other;
  }
  const std::string_view rest = line.substr(at + kExecuted.size());
  const std::size_t close = rest.find(')');
  if (close == std::string_view::npos || took_ms(rest.substr(0, close)) < 0) {
    return false;
  }
  result.mark = Mark::kQuery;
  result.prefix = line.substr(0, at);
  result.duration_ms = took_ms(rest.substr(0, close));
  result.rest = {};
  const std::size_t list = rest.find(kParameters, close);
  const std::size_t end = list == std::string_view::npos ? list : rest.rfind("], CommandType=");
  if (end != std::string_view::npos && end > list) {
    result.named = rest.substr(list + kParameters.size(), end - list - kParameters.size());
  }
  return true;
}

struct Named {
  std::string_view name;
  std::string_view value;  ///< as written: 'x', or NULL
};

/// "@a='1', @b='it's' (Size = 4000)": quotes are not escaped, so the next name ends a value.
std::vector<Named> values_of(std::string_view text) {
  constexpr std::size_t kMost = 10'000;
  std::vector<Named> all;
  while (text.starts_with('@') && all.size() < kMost) {
    const std::size_t sign = text.find('=');
    if (sign == std::string_view::npos) {
      return {};
    }
    const std::size_t next = text.find(", @", sign);
    std::string_view value = text.substr(sign + 1, next == std::string_view::npos ? next : next - sign - 1);
    while (value.ends_with(')') && value.rfind(" (") != std::string_view::npos) {
      value = trim(value.substr(0, value.rfind(" (")));
    }
    all.push_back({text.substr(0, sign), value});
    text = next == std::string_view::npos ? std::string_view() : text.substr(next + 2);
  }
  return all;
}

}  // namespace

bool read_framework_line(std::string_view line, Line& result) {
  return read_p6spy(line, result) || read_ef_core(line, result);
}

std::string_view without_settings(std::string_view sql) {
  sql = trim(sql);
  while (equals_ignoring_case(sql.substr(0, 4), "set ")) {
    const std::size_t end = std::min(sql.find('\n'), sql.size());
    if (!trim(sql.substr(0, end)).ends_with(';')) {
      break;
    }
    sql = trim(sql.substr(end));
  }
  return sql;
}

std::string without_names(std::string_view sql, std::string_view named, std::string& params) {
  const std::vector<Named> values = values_of(trim(named));
  std::string plain;
  std::string list = "[";
  bool complete = true;
  char quote = '\0';
  for (std::size_t at = 0; at < sql.size(); ++at) {
    const char c = sql[at];
    if (quote == '\0' && c == '@' && at + 1 < sql.size() && is_word(sql[at + 1]) && (at == 0 || sql[at - 1] != '@')) {
      std::size_t end = at + 1;
      while (end < sql.size() && is_word(sql[end])) {
        ++end;
      }
      const std::string_view name = sql.substr(at, end - at);
      const auto known = std::find_if(values.begin(), values.end(), [&](const Named& v) { return v.name == name; });
      std::string_view value = known == values.end() ? std::string_view("'?'") : known->value;
      complete = complete && value != "'?'";
      list += list.size() > 1 ? "," : "";
      if (value.size() >= 2 && value.starts_with('\'') && value.ends_with('\'')) {
        append_json_string(value.substr(1, value.size() - 2), list);
      } else {
        append_json_string(value, list);
      }
      plain += '?';
      at = end - 1;
      continue;
    }
    quote = quote == '\0' && (c == '\'' || c == '"' || c == '`') ? c : c == quote ? '\0' : quote;
    plain += c;
  }
  params = complete && list.size() > 1 ? list + "]" : std::string();
  return plain;
}

std::string_view rails_request(std::string_view heading) {
  constexpr std::size_t kUuid = 36;
  constexpr std::array<std::string_view, 18> kEvents{
      "Load",    "Create",  "Update",  "Destroy", "Insert", "Upsert",  "Delete", "Count", "Sum",
      "Average", "Minimum", "Maximum", "Pluck",   "Ids",    "Exists?", "All",    "SQL",   "TRANSACTION"};
  heading = trim(heading);
  const std::size_t time = heading.rfind('(');
  if (time == std::string_view::npos || !heading.ends_with("ms)")) {
    return {};
  }
  const std::string_view name = trim(heading.substr(0, time));
  const std::size_t tag = name.rfind(']');
  const std::string_view event = name.substr(name.find_last_of(" ]") + 1);
  if (tag == std::string_view::npos || std::find(kEvents.begin(), kEvents.end(), event) == kEvents.end()) {
    return {};
  }
  for (std::size_t close = tag; close != std::string_view::npos && close > kUuid;
       close = close == 0 ? std::string_view::npos : name.rfind(']', close - 1)) {
    const std::string_view id = name.substr(close - kUuid, kUuid);
    if (name[close - kUuid - 1] == '[' && id.find_first_not_of("0123456789abcdef-") == std::string_view::npos &&
        std::count(id.begin(), id.end(), '-') == 4) {
      return id;
    }
  }
  return {};
}

}  // namespace budgetcheck::console
