#include "collect/logs/text/console_text.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "collect/logs/text/framework_lines.h"
#include "collect/logs/text/statement_tail.h"
#include "collect/logs/text/statement_text.h"

namespace budgetcheck::console {
namespace {

bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_alnum(char c) { return is_alpha(c) || (c >= '0' && c <= '9'); }

/// A mark further behind is a part of some text.
constexpr std::size_t kMaxPrefix = 256;
constexpr char kEscape = '\x1b';

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }
bool is_word(char c) { return is_alnum(c) || c == '_' || c == '$'; }

/// Length of the rest of a colour at `text`: "[34m", whose escape character may have been lost on the way.
std::size_t colour_length(std::string_view text) {
  if (!text.starts_with('[')) {
    return 0;
  }
  const std::size_t end = text.find_first_not_of("0123456789;", 1);
  return end != std::string_view::npos && text[end] == 'm' ? end + 1 : 0;
}

std::string_view without_last_colour(std::string_view prefix) {
  const std::size_t open = prefix.rfind('[');
  if (open != std::string_view::npos && open + colour_length(prefix.substr(open)) == prefix.size()) {
    prefix = prefix.substr(0, open);
  }
  return prefix;
}

/// What stands before a mark ends where a word may begin, and not in quotes.
bool stands_apart(std::string_view prefix) {
  if (prefix.empty()) {
    return true;
  }
  const char before = prefix.back();
  return is_blank(before) || before == '|' || before == ']' || before == '>' || before == ':' ||
         without_last_colour(prefix).size() < prefix.size();
}

std::size_t find_mark(std::string_view line, std::string_view mark) {
  const std::size_t at = line.substr(0, kMaxPrefix + mark.size()).find(mark);
  return at == std::string_view::npos || stands_apart(line.substr(0, at)) ? at : std::string_view::npos;
}

/// "+4ms", how long after the line before it was written.
std::string_view without_lapse(std::string_view text) {
  text = trim(text);
  const std::size_t space = text.find_last_of(" \t");
  if (space == std::string_view::npos || text[space + 1] != '+') {
    return text;
  }
  const std::string_view lapse = text.substr(space + 2);
  const std::size_t unit = lapse.find_first_not_of("0123456789");
  if (unit == 0 || unit == std::string_view::npos) {
    return text;
  }
  const std::string_view name = lapse.substr(unit);
  return name == "ms" || name == "s" || name == "m" || name == "h" ? trim(text.substr(0, space)) : text;
}

/// What knex writes behind a list of bindings.
std::string_view without_leftover(std::string_view text) {
  const std::size_t end = text.rfind(']');
  return end == std::string_view::npos ? text : text.substr(0, end + 1);
}

std::string_view first_word(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && is_word(text[end])) {
    ++end;
  }
  return text.substr(0, end);
}

/// Where Prisma's own debugging output comes from.
bool is_debug(std::string_view name) {
  return name == "client" || name.starts_with("engine") || name.ends_with("Engine") || name == "tracing" ||
         name == "getPlatform" || name == "tryLoadEnv";
}

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view w) { return equals_ignoring_case(w, word); });
}

bool names(std::string_view line, std::size_t at, std::string_view word) {
  return at + word.size() < line.size() && line[at + word.size()] == ':' &&
         equals_ignoring_case(line.substr(at, word.size()), word);
}

/// Loggers whose names no colon ends, or whose statement begins in the next line.
struct Logger {
  std::string_view name;
  Mark mark;
};
constexpr std::array kLoggers{
    Logger{"Hibernate:", Mark::kQuery},
    Logger{"org.hibernate.SQL", Mark::kQuery},
    Logger{"knex:query ", Mark::kQuery},
    Logger{"knex:bindings ", Mark::kParams},
    Logger{"binding parameter ", Mark::kBinding},
    Logger{"sqlalchemy.engine.Engine", Mark::kQuery},
    Logger{"sqlalchemy.engine.base.Engine", Mark::kQuery},
};

/// The logger whose name begins at `at`; null: none.
const Logger* logger_at(std::string_view line, std::size_t at) {
  constexpr std::string_view kFirst = "Hokbs";
  if (kFirst.find(line[at]) == std::string_view::npos) {
    return nullptr;
  }
  const auto* found = std::find_if(kLoggers.begin(), kLoggers.end(),
                                   [&](const Logger& logger) { return line.substr(at).starts_with(logger.name); });
  return found != kLoggers.end() && stands_apart(line.substr(0, at)) ? found : nullptr;
}

void take_logged(std::string_view line, std::size_t at, const Logger& logger, Line& result) {
  std::string_view rest = line.substr(at + logger.name.size());
  result.mark = logger.mark;
  if (logger.mark == Mark::kBinding) {
    const std::size_t open = rest.rfind('[');
    result.rest = open == std::string_view::npos ? rest : rest.substr(open + 1, rest.rfind(']') - open - 1);
    return;
  }
  if (logger.name.find('.') != std::string_view::npos) {
    rest = trim(rest);
    rest.remove_prefix(rest.starts_with(':') ? 1 : 0);
  }
  result.prefix = line.substr(0, line.size() - rest.size());
  rest = trim(rest);
  if (logger.name.starts_with("sqlalchemy")) {
    result.python = true;
    // "[generated in 0.0002s] (1,)": the parameters of the statement before.
    const std::size_t close = rest.starts_with('[') ? rest.find("] ") : std::string_view::npos;
    if (rest.starts_with('[') || rest.starts_with('(') || rest.starts_with('{')) {
      result.mark = Mark::kParams;
      rest = close == std::string_view::npos ? rest : trim(rest.substr(close + 2));
    }
  }
  result.rest = logger.mark == Mark::kQuery ? without_lapse(rest) : without_leftover(rest);
}

/// "query=\"select …\"", as logfmt writes it.
bool assigns(std::string_view line, std::size_t end) { return line.substr(end).starts_with("=\""); }

/// "Query: …", "Params: …", "Duration: …", whatever their case, behind what a logger puts before them.
bool by_name(std::string_view line, Line& result) {
  for (std::size_t at = 0; at < std::min(line.size(), kMaxPrefix); ++at) {
    if (!is_word(line[at])) {
      continue;
    }
    if (const Logger* logger = logger_at(line, at); logger != nullptr) {
      take_logged(line, at, *logger, result);
      return true;
    }
    const std::string_view word = first_word(line.substr(at));
    const std::size_t end = at + word.size();
    Mark mark = Mark::kNone;
    const bool query = equals_ignoring_case(word, "query") || equals_ignoring_case(word, "sql");
    if (query && (names(line, at, word) || assigns(line, end))) {
      mark = Mark::kQuery;
    } else if (end < line.size() && line[end] == ':') {
      const Name name = name_of(word);
      mark = name == Name::kParams ? Mark::kParams : name == Name::kDuration ? Mark::kDuration : Mark::kNone;
    }
    const std::string_view prefix = line.substr(0, at);
    if (mark == Mark::kNone || !stands_apart(prefix)) {
      at = end - 1;
      continue;
    }
    std::string_view rest = trim(line.substr(end + 1));
    // "kysely:query: duration: 2.1ms"
    if (mark == Mark::kQuery && names(rest, 0, "duration")) {
      mark = Mark::kDuration;
      rest = trim(rest.substr(std::string_view("duration:").size()));
    }
    if (mark == Mark::kQuery ? is_no_execution(prefix)
                             : !is_heading(prefix) || find_statement(line) != std::string_view::npos) {
      return false;
    }
    result.mark = mark;
    result.prefix = prefix;
    result.rest = mark == Mark::kQuery ? without_lapse(rest) : rest;
    return true;
  }
  return false;
}

/// A statement does not end with these.
constexpr std::array<std::string_view, 34> kOpenWords{
    "select", "distinct", "from", "where", "and",   "or",    "not",   "on",   "by",      "set",      "values", "into",
    "in",     "as",       "join", "left",  "right", "inner", "outer", "full", "cross",   "having",   "limit",  "offset",
    "case",   "when",     "then", "else",  "with",  "using", "like",  "is",   "between", "returning"};
/// A line of a statement begins with these.
constexpr std::array<std::string_view, 52> kClauses{
    "select",    "from",   "where",  "and",       "or",      "join",   "left",    "right",     "inner",
    "outer",     "full",   "cross",  "lateral",   "natural", "on",     "group",   "order",     "having",
    "limit",     "offset", "union",  "intersect", "except",  "values", "set",     "returning", "when",
    "then",      "else",   "end",    "as",        "using",   "with",   "fetch",   "for",       "window",
    "partition", "in",     "not",    "is",        "like",    "ilike",  "between", "into",      "case",
    "do",        "exists", "insert", "update",    "delete",  "asc",    "desc"};

/// A statement begins with these; in small letters, as prose is written, only with the first.
constexpr std::array<std::string_view, 7> kDataVerbs{"select", "insert",  "update", "delete",
                                                     "with",   "replace", "merge"};
constexpr std::array<std::string_view, 21> kOtherVerbs{
    "values",  "call",     "exec",    "execute", "explain", "create",   "alter",
    "drop",    "truncate", "begin",   "start",   "commit",  "rollback", "savepoint",
    "release", "set",      "declare", "pragma",  "vacuum",  "analyze",  "copy"};

bool begins_as_statement(std::string_view line) {
  const std::string_view word = first_word(line);
  if (word.empty()) {
    return line.starts_with("(") || line.starts_with("--") || line.starts_with("/*");
  }
  const bool small = word == lower(word);
  const bool capital = std::none_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  return ((small || capital) && is_one_of(kDataVerbs, word)) || (capital && is_one_of(kOtherVerbs, word));
}

}  // namespace

Line read_line(std::string_view line) {
  constexpr std::string_view kPrisma = "prisma:";
  Line result;
  if (const std::size_t at = find_mark(line, kPrisma); at != std::string_view::npos) {
    const std::string_view name = first_word(line.substr(at + kPrisma.size()));
    std::string_view rest = line.substr(at + kPrisma.size() + name.size());
    rest.remove_prefix(colour_length(rest));
    const bool ends = rest.empty() || is_blank(rest.front());
    if (name.empty() || (!ends && rest.front() != ':')) {
      return result;
    }
    result.mark = name == "query" && ends ? Mark::kQuery : is_debug(name) ? Mark::kDebug : Mark::kMessage;
    result.by_prisma = true;
    result.prefix = without_last_colour(line.substr(0, at));
    result.rest = without_lapse(rest);
    return result;
  }
  if (read_framework_line(line, result) || by_name(line, result)) {
    return result;
  }
  if (const std::size_t at = find_statement(line); at != std::string_view::npos) {
    result.mark = trim(line.substr(0, at)).empty() ? Mark::kBare : Mark::kQuery;
    result.prefix = line.substr(0, at);
    result.rest = without_lapse(line.substr(at));
    result.checked = true;
  }
  return result;
}

std::string_view without_colours(std::string_view line, std::string& buffer) {
  constexpr std::string_view kWritten = "#033";  // as syslog writes an escape character
  // It may be a part of the statement too, so only what stands before one is looked at.
  const bool written = line.substr(0, kMaxPrefix).find(kWritten) != std::string_view::npos;
  if (!written && line.find(kEscape) == std::string_view::npos) {
    return line;
  }
  buffer.clear();
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t escape = line[at] == kEscape                                ? 1
                               : written && line.substr(at).starts_with(kWritten) ? kWritten.size()
                                                                                  : 0;
    const std::size_t colour = escape == 0 ? 0 : colour_length(line.substr(at + escape));
    if (colour == 0) {
      buffer += line[at++];
    } else {
      at += escape + colour;
    }
  }
  return buffer;
}

std::string_view behind_prefix(std::string_view line, std::string_view prefix) {
  if (line.size() < prefix.size()) {
    // An empty line may have lost the blanks that end the prefix.
    prefix = trim(prefix);
    if (line.size() < prefix.size()) {
      return {};
    }
  }
  for (std::size_t i = 0; i < prefix.size(); ++i) {
    if (prefix[i] != line[i] && !(is_digit(prefix[i]) && is_digit(line[i]))) {
      return {};
    }
  }
  return line.substr(prefix.size());
}

bool begins_entry(std::string_view line) {
  line = trim(line);
  constexpr std::string_view kDate = "0000-00-00";
  return line.starts_with("{\"") || (line.size() > kDate.size() && behind_prefix(line, kDate).data() != nullptr);
}

void StatementScan::feed(std::string_view line) {
  std::string_view last;  // the word that ends the line so far; empty: something else does
  std::string_view before_last;
  bool last_is_first = false;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const char c = line[at];
    const char next = at + 1 < line.size() ? line[at + 1] : '\0';
    if (in_comment_) {
      if (c == '*' && next == '/') {
        in_comment_ = false;
        ++at;
      }
    } else if (quote_ != 0) {
      quote_ = c == quote_ ? '\0' : quote_;
    } else if (c == '/' && next == '*') {
      in_comment_ = true;
      ++at;
    } else if (c == '-' && next == '-') {
      break;
    } else if (is_word(c)) {
      before_last = last;
      last = first_word(line.substr(at));
      last_is_first = first_word_;
      begun_ = true;
      lower_case_ = first_word_ ? last == lower(last) : lower_case_;
      first_word_ = false;
      at += last.size() - 1;
    } else if (!is_blank(c)) {
      last = {};
      begun_ = true;
      quote_ = c == '\'' || c == '"' || c == '`' ? c : '\0';
      depth_ += c == '(' ? 1 : 0;
      depth_ -= c == ')' && depth_ > 0 ? 1 : 0;
      dangling_ = c == ',' || c == '=' || c == '<' || c == '>' || c == '|' || c == '.' || c == '(';
    }
  }
  if (!last.empty()) {
    constexpr std::array<std::string_view, 3> kOpenVerbs{"insert", "update", "delete"};
    const bool default_values = equals_ignoring_case(before_last, "default") && equals_ignoring_case(last, "values");
    dangling_ = (is_one_of(kOpenWords, last) && !default_values) || (last_is_first && is_one_of(kOpenVerbs, last));
  }
}

bool StatementScan::goes_on_with(std::string_view line) const {
  line = trim(line);
  if (line.empty()) {
    return false;
  }
  if (!begun_) {
    return begins_as_statement(line);
  }
  if (const std::string_view word = first_word(line); !word.empty()) {
    const bool small = word == lower(word);
    const bool capital = std::none_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    return (capital || (small && lower_case_)) && is_one_of(kClauses, word);
  }
  if (line.starts_with('(')) {
    return !line.starts_with("(node:") && !line.starts_with("(Use `node");
  }
  return line.starts_with(')') || line.starts_with(',') || line.starts_with(';') || line.starts_with("-- ") ||
         line.starts_with("/*") || line.starts_with("||");
}

}  // namespace budgetcheck::console
