#include "collect/logs/text/python_marks.h"

#include <vector>

#include "collect/logs/text/statement_tail.h"
#include "collect/text/inspected_value.h"

namespace budgetcheck::console {

std::string without_python_marks(std::string_view sql, std::string_view raw_params, std::string& params) {
  std::string plain;
  constexpr std::size_t kLongestName = 128;
  constexpr std::size_t kMostNames = 1'000;
  std::vector<std::string_view> names;
  char quote = '\0';
  for (std::size_t at = 0; at < sql.size(); ++at) {
    const char c = sql[at];
    const char next = at + 1 < sql.size() ? sql[at + 1] : '\0';
    if (quote == '\0' && c == '%' && next == 's') {
      plain += '?';
      ++at;
      continue;
    }
    const std::size_t close = quote == '\0' && c == '%' && next == '(' ? sql.substr(0, at + kLongestName).find(")s", at)
                                                                       : std::string_view::npos;
    if (close != std::string_view::npos) {
      names.push_back(sql.substr(at + 2, close - at - 2));
      plain += '?';
      at = close + 1;
      continue;
    }
    if (c == '%' && next == '%') {
      ++at;
    }
    quote = quote == '\0' && (c == '\'' || c == '"') ? c : c == quote ? '\0' : quote;
    plain += c;
  }
  if (names.empty()) {
    params = list_of(raw_params);
    return plain;
  }
  // {'b': 2, 'a': 1}: in the order of the statement.
  std::string object;
  std::string_view rest = raw_params;
  if (names.size() > kMostNames || !take_inspected(rest, object) || object.front() != '{') {
    params.clear();
    return plain;
  }
  params = "[";
  for (const std::string_view name : names) {
    std::string key;
    append_json_string(name, key);
    const std::size_t at = object.find(key + ":");
    std::string_view value =
        at == std::string::npos ? std::string_view() : std::string_view(object).substr(at + key.size() + 1);
    std::string one;
    if (!take_inspected(value, one)) {
      params.clear();
      return plain;
    }
    params += params.size() > 1 ? "," : "";
    params += one;
  }
  params += "]";
  return plain;
}

}  // namespace budgetcheck::console
