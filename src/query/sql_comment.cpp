#include "query/sql_comment.h"

#include "base/text.h"

namespace budgetcheck {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ';'; }

int hex_digit(char c) {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  const int letter = (c | 0x20) - 'a';
  return letter >= 0 && letter < 6 ? letter + 10 : -1;
}

/// Undoes the two layers of sqlcommenter: meta characters behind a backslash, then %XX.
std::string decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 && hex_digit(text[i + 2]) >= 0) {
      out += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
      i += 2;
    } else if (text[i] != '\\') {
      out += text[i];
    }
  }
  return out;
}

}  // namespace

std::size_t length_without_comment(std::string_view sql) {
  std::size_t end = sql.size();
  while (end > 0 && is_blank(sql[end - 1])) {
    --end;
  }
  if (end < 4 || sql[end - 1] != '/' || sql[end - 2] != '*') {
    return sql.size();
  }
  const std::size_t open = sql.rfind("/*", end - 4);
  if (open == std::string_view::npos) {
    return sql.size();
  }
  // Another end inside would mean that this "/*" opens an earlier comment and the last end belongs elsewhere.
  const std::size_t close = sql.find("*/", open + 2);
  if (close + 2 != end) {
    return sql.size();
  }
  end = open;
  while (end > 0 && is_blank(sql[end - 1])) {
    --end;
  }
  return end;
}

SqlComment parse_sql_comment(std::string_view sql) {
  SqlComment comment;
  const std::size_t open = sql.find("/*", length_without_comment(sql));
  if (open == std::string_view::npos) {
    return comment;
  }
  std::string_view rest = sql.substr(open + 2);
  rest = rest.substr(0, rest.find("*/"));
  while (!rest.empty()) {
    const std::size_t equals = rest.find("='");
    if (equals == std::string_view::npos) {
      break;
    }
    std::string_view key = trim(rest.substr(0, equals));
    std::size_t close = equals + 2;
    while (close < rest.size() && (rest[close] != '\'' || rest[close - 1] == '\\')) {
      ++close;
    }
    const std::string value = decoded(rest.substr(equals + 2, close - equals - 2));
    if (key == "traceparent") {
      comment.trace_id = trace_of_traceparent(value);
    } else if (key == "requestId" || key == "request_id" || key == "requestid") {
      comment.request_id = value;
    } else if (key == "route") {
      comment.route = value;
    }
    const std::size_t comma = rest.find(',', close);
    if (comma == std::string_view::npos) {
      break;
    }
    rest.remove_prefix(comma + 1);
  }
  return comment;
}

std::string_view trace_of_traceparent(std::string_view traceparent) {
  constexpr std::size_t kTraceAt = 3;
  constexpr std::size_t kTraceLength = 32;
  if (traceparent.size() < kTraceAt + kTraceLength + 1 || traceparent[kTraceAt - 1] != '-' ||
      traceparent[kTraceAt + kTraceLength] != '-') {
    return {};
  }
  const std::string_view trace = traceparent.substr(kTraceAt, kTraceLength);
  const bool hex = trace.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
  return hex && trace.find_first_not_of('0') != std::string_view::npos ? trace : std::string_view();
}

}  // namespace budgetcheck
