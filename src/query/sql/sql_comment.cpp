#include "query/sql/sql_comment.h"

#include <algorithm>

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

/// Blanks behind `end` that may be written as a JSON string writes them.
std::size_t end_before_blanks(std::string_view sql, std::size_t end) {
  while (end > 0) {
    const bool escaped = end > 1 && sql[end - 2] == '\\' && (sql[end - 1] == 'n' || sql[end - 1] == 'r');
    if (!escaped && !is_blank(sql[end - 1])) {
      break;
    }
    end -= escaped ? 2 : 1;
  }
  return end;
}

std::size_t begin_behind_blanks(std::string_view sql, std::size_t begin) {
  while (begin < sql.size()) {
    const bool escaped =
        sql[begin] == '\\' && begin + 1 < sql.size() && (sql[begin + 1] == 'n' || sql[begin + 1] == 'r');
    if (!escaped && !is_blank(sql[begin])) {
      break;
    }
    begin += escaped ? 2 : 1;
  }
  return begin;
}

/// Where the comment that ends `sql` begins; npos: none does, or that is not certain.
std::size_t begin_of_last_comment(std::string_view sql) {
  const std::size_t end = end_before_blanks(sql, sql.size());
  if (end < 4 || sql[end - 1] != '/' || sql[end - 2] != '*') {
    return std::string_view::npos;
  }
  const std::size_t open = sql.rfind("/*", end - 4);
  if (open == std::string_view::npos) {
    return std::string_view::npos;
  }
  // Another end inside would mean that this "/*" opens an earlier comment and the last end belongs elsewhere.
  return sql.find("*/", open + 2) + 2 == end ? open : std::string_view::npos;
}

/// The byte behind the comments that begin `sql`; 0: none does. MySQL executes what stands in /*! */, and a comment
/// in a comment ends elsewhere in each dialect.
std::size_t end_of_first_comments(std::string_view sql) {
  std::size_t end = 0;
  for (;;) {
    const std::size_t begin = begin_behind_blanks(sql, end);
    const std::string_view rest = sql.substr(begin);
    if (!rest.starts_with("/*") || rest.starts_with("/*!")) {
      return end;
    }
    const std::size_t close = rest.find("*/", 2);
    if (close == std::string_view::npos || rest.substr(2, close - 2).find("/*") != std::string_view::npos) {
      return end;
    }
    end = begin + close + 2;
  }
}

/// Names are written with capitals, hyphens or underscores.
std::string plain_key(std::string_view key) {
  std::string plain;
  for (const char c : lower(trim(key))) {
    if (c != '_' && c != '-') {
      plain += c;
    }
  }
  return plain;
}

struct Action {
  std::string controller;
  std::string action;
};

void set(std::string& field, std::string_view value) {
  if (field.empty()) {
    field = value;
  }
}

void take(std::string_view key, const std::string& value, SqlComment& comment, Action& action) {
  if (key == "traceparent") {
    set(comment.trace_id, trace_of_traceparent(value));
  } else if (key == "requestid" || key == "reqid" || key == "xrequestid" || key == "correlationid") {
    set(comment.request_id, value);
  } else if (key == "route") {
    set(comment.route, value);
  } else if (key == "application" || key == "app" || key == "service") {
    set(comment.application, value);
  } else if (key == "controller") {
    set(action.controller, value);
  } else if (key == "action") {
    set(action.action, value);
  } else if (key == "prismaquery") {
    // "Post.findMany:…" or, of a raw query, "queryRaw:…"
    const std::string_view call = std::string_view(value).substr(0, value.find(':'));
    const std::size_t dot = call.find('.');
    set(comment.prisma_model, dot == std::string_view::npos ? std::string_view() : call.substr(0, dot));
    set(comment.prisma_action, dot == std::string_view::npos ? call : call.substr(dot + 1));
  }
}

/// Reads the pairs of one comment, whose text stands between its marks.
void read_pairs(std::string_view text, SqlComment& comment, Action& action) {
  constexpr std::size_t kLongestKey = 40;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t sign = text.find_first_of("=:,", at);
    if (sign == std::string_view::npos) {
      return;
    }
    if (text[sign] == ',') {
      at = sign + 1;
      continue;
    }
    const std::string_view key = trim(text.substr(at, sign - at));
    std::size_t begin = sign + 1;
    while (begin < text.size() && text[begin] == ' ') {
      ++begin;
    }
    std::size_t close = begin;
    if (begin < text.size() && text[begin] == '\'') {
      close = ++begin;
      while (close < text.size() && text[close] != '\'') {
        close += text[close] == '\\' ? std::size_t{2} : std::size_t{1};
      }
    } else {
      close = text.find(',', begin);
    }
    close = std::min(close, text.size());
    if (key.size() <= kLongestKey) {
      take(plain_key(key), decoded(trim(text.substr(begin, close - begin))), comment, action);
    }
    const std::size_t comma = text.find(',', close);
    at = comma == std::string_view::npos ? text.size() : comma + 1;
  }
}

}  // namespace

std::string_view without_outer_comments(std::string_view sql) {
  const std::size_t begin = end_of_first_comments(sql);
  const std::size_t open = begin_of_last_comment(sql);
  std::string_view inner = sql;
  if (open != std::string_view::npos) {
    inner = sql.substr(0, end_before_blanks(sql, open));
  }
  return begin == 0 || begin > inner.size() ? inner : inner.substr(begin_behind_blanks(inner, begin));
}

SqlComment parse_sql_comment(std::string_view sql) {
  SqlComment comment;
  Action action;
  const std::size_t begin = end_of_first_comments(sql);
  const std::size_t open = begin_of_last_comment(sql);
  if (open != std::string_view::npos && open >= begin) {
    const std::string_view last = sql.substr(open + 2);
    read_pairs(last.substr(0, last.find("*/")), comment, action);
  }
  std::string_view first = sql.substr(0, begin);
  while (!first.empty()) {
    first = first.substr(first.find("/*") + 2);
    const std::size_t close = first.find("*/");
    read_pairs(first.substr(0, close), comment, action);
    first.remove_prefix(close + 2);
  }
  if (comment.route.empty() && !action.controller.empty() && !action.action.empty()) {
    comment.route = action.controller + "#" + action.action;
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
