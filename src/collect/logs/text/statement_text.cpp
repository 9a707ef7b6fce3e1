#include "collect/logs/text/statement_text.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "collect/text/inspected_value.h"

namespace budgetcheck::console {
namespace {

bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_alnum(char c) { return is_alpha(c) || (c >= '0' && c <= '9'); }

/// A statement does not begin further behind.
constexpr std::size_t kMaxHeading = 256;
constexpr std::size_t kLooked = 4096;  ///< of one statement

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool is_word(char c) { return is_alnum(c) || c == '_' || c == '$'; }

std::string_view first_word(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && is_word(text[end])) {
    ++end;
  }
  return text.substr(0, end);
}

/// The first word behind blanks; `text` goes on behind it.
std::string next_word(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  const std::string_view word = first_word(text);
  text.remove_prefix(word.size());
  return lower(word);
}

/// `word` stands in `small` as a word of its own.
bool has_word(std::string_view small, std::string_view word) {
  for (std::size_t at = small.find(word); at != std::string_view::npos; at = small.find(word, at + 1)) {
    const bool begins = at == 0 || !is_word(small[at - 1]);
    const std::size_t end = at + word.size();
    if (begins && (end == small.size() || !is_word(small[end]))) {
      return true;
    }
  }
  return false;
}

/// A sign that prose does not have.
bool has_sign(std::string_view text) { return text.find_first_of("\"`$?*=(;%[:") != std::string_view::npos; }

constexpr std::array<std::string_view, 7> kVerbs{"select", "insert", "update", "delete", "with", "replace", "merge"};

bool is_verb(std::string_view word) {
  constexpr std::string_view kFirst = "siudwrmSIUDWRM";
  return !word.empty() && kFirst.find(word.front()) != std::string_view::npos &&
         std::any_of(kVerbs.begin(), kVerbs.end(),
                     [&](std::string_view verb) { return equals_ignoring_case(verb, word); });
}

/// Words before a statement that make it something else than an execution: a report of an error, of slowness beside
/// the log itself, what a cache answered, and what a database logs of its own.
constexpr std::array<std::string_view, 21> kNoExecution{
    "query text", "error",   "err",       "fatal",   "exception", "failed",   "failure",
    "fail",       "invalid", "statement", "slow",    "explain",   "cache",    "cached",
    "context",    "detail",  "hint",      "unnamed", "execute",   "expected", "would"};

constexpr std::array<std::string_view, 12> kLevels{"debug", "info",   "information", "trace", "verbose", "log",
                                                   "dbug",  "notice", "sql",         "am",    "pm",      "query"};

/// A word that says when, where or how important: "2026-11-23", "06:45:42,871", "DEBUG", "(2ms)", "[812]", "-", "a=b".
bool is_framing(std::string_view word) {
  if (word.find_first_not_of("0123456789-:.,TZ+/") == std::string_view::npos) {
    return true;
  }
  if (std::all_of(word.begin(), word.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; })) {
    return true;  // a symbol
  }
  const std::string_view bare = word.substr(0, word.find_last_not_of(":,;|>") + 1);
  const bool level =
      std::any_of(kLevels.begin(), kLevels.end(), [&](std::string_view l) { return equals_ignoring_case(l, bare); });
  return level || word.find_first_not_of("-+>|*#=~<:.,()[]\xC2\xB7\xBB\xAB") == std::string_view::npos ||
         (word.find('=') != std::string_view::npos && word.find_first_of("\"'") == std::string_view::npos);
}

constexpr std::string_view kNameLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._$/-";

/// What ends a heading: "name:", "[name]", "(default)", "|", ">".
bool ends_heading(char c) { return c == ':' || c == ']' || c == ')' || c == '|' || c == '>'; }

/// Words behind which "a=b" belongs to the statement.
bool opens_condition(std::string_view word) {
  constexpr std::array<std::string_view, 14> kWords{"and", "or",   "where", "set",  "on",   "having", "by",
                                                    "not", "when", "then",  "else", "case", "as",     "select"};
  return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view w) { return equals_ignoring_case(w, word); });
}

/// "2ms", "2.5 ms" to the end of `text`, or before a separator.
bool is_time(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size() && (is_digit(text[at]) || text[at] == '.')) {
    ++at;
  }
  if (at == 0) {
    return false;
  }
  at += at < text.size() && text[at] == ' ' ? 1U : 0U;
  for (const std::string_view unit : {"ms", "s", "us", "\xC2\xB5s", "ns"}) {
    const std::string_view rest = text.substr(at);
    if (rest.starts_with(unit) && (rest.size() == unit.size() || is_blank(rest[unit.size()]) ||
                                   rest[unit.size()] == ')' || rest[unit.size()] == ']' || rest[unit.size()] == ',')) {
      return true;
    }
  }
  return false;
}

/// Cuts a statement where it ends and something about it begins.
class Cutter {
 public:
  Cutter(std::string_view text, bool backslash_escapes) : text_(text), escapes_(backslash_escapes) {}

  /// Where the tail begins; nothing: a quote stays open.
  std::optional<std::size_t> run() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (quote_ != '\0') {
        at_ += escapes_ && c == '\\' && quote_ == '\'' ? 1U : 0U;
        quote_ = c == quote_ ? '\0' : quote_;
        ++at_;
        continue;
      }
      if (depth_ == 0 && tail_begins()) {
        return at_;
      }
      if (c == '\'' || c == '"' || c == '`') {
        quote_ = c;
      } else if (c == '/' && next() == '*') {
        const std::size_t end = text_.find("*/", at_ + 2);
        at_ = end == std::string_view::npos ? text_.size() : end + 1;
      } else if (c == '-' && next() == '-') {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (c == '(') {
        ++depth_;
      } else if (c == ')') {
        depth_ -= depth_ > 0 ? 1U : 0U;
      } else if (is_word(c)) {
        word_ = first_word(text_.substr(at_));
        last_ = word_.back();
        at_ += word_.size();
        continue;
      }
      last_ = is_blank(c) ? last_ : c;
      word_ = is_blank(c) ? word_ : std::string_view();
      ++at_;
    }
    return quote_ == '\0' ? std::optional<std::size_t>(text_.size()) : std::nullopt;
  }

 private:
  /// Looking for values reads on as far as they go: a text that is full of beginnings must not take forever.
  bool may_try() {
    constexpr std::size_t kMostTries = 8;
    return ++tries_ <= kMostTries;
  }
  char next() const { return at_ + 1 < text_.size() ? text_[at_ + 1] : '\0'; }
  bool behind_blank() const { return at_ > 0 && (is_blank(text_[at_ - 1]) || text_[at_ - 1] == ';'); }

  bool tail_begins() {
    const std::string_view rest = text_.substr(at_);
    const char c = rest.front();
    if (c == '-' && next() == '-') {
      // A comment in the middle is a part of the statement.
      const std::string_view comment = trim(rest.substr(2));
      return comment.find('\n') == std::string_view::npos &&
             (is_named(comment, false) || comment.starts_with('[') || is_time(comment));
    }
    if (c == ';') {
      return may_try() && ends_with_values(trim(rest.substr(1)));
    }
    if (!behind_blank()) {
      return false;
    }
    if (c == '|' && next() == ' ') {
      const std::string_view behind = trim(rest.substr(1));
      return is_named(behind) || is_time(behind) || behind.starts_with('[') || behind.starts_with('{');
    }
    if (is_word(c)) {
      return is_named(rest) || is_leftover(rest) || (is_time(rest) && ends_after_time(rest));
    }
    if (c == '[' || c == '{') {
      return !equals_ignoring_case(word_, "array") && may_try() && is_values(rest);
    }
    if (c == '(') {
      return is_time(rest.substr(1));
    }
    return (c == '-' || c == '+' || c == '\xE2') && separated_time(rest);
  }

  /// "- 3ms", "+3ms", "— 3ms" at the end.
  static bool separated_time(std::string_view rest) {
    const std::size_t at = rest.find_first_not_of("-+>\xE2\x80\x93\x94 ");
    return at != std::string_view::npos && is_time(rest.substr(at)) && ends_after_time(rest.substr(at));
  }
  static bool ends_after_time(std::string_view rest) {
    constexpr std::size_t kMostTime = 64;
    rest = rest.substr(0, kMostTime);
    const std::string_view line = rest.substr(0, rest.find('\n'));
    return trim(line.substr(line.find_first_not_of("0123456789. "))).size() <= 3;
  }

  /// What knex writes behind a statement: the transaction, or that there is none.
  static bool is_leftover(std::string_view rest) {
    const std::string_view word = first_word(rest);
    std::string_view behind = trim(rest.substr(word.size()));
    const bool ends = behind.empty() || (behind.starts_with('+') && is_time(behind.substr(1)));
    const bool transaction =
        word.starts_with("trx") && word.size() > 3 && std::all_of(word.begin() + 3, word.end(), is_digit);
    return ends && (word == "undefined" || transaction);
  }

  /// "Params: …", "Duration: …", "requestId=…", "args=(1,)"; before a colon and a blank `any` name.
  bool is_named(std::string_view rest, bool any = true) const {
    std::size_t end = 0;
    while (end < rest.size() && (is_word(rest[end]) || rest[end] == '-' || rest[end] == '.')) {
      ++end;
    }
    std::string_view behind = rest.substr(end);
    if (behind.empty() || (behind.front() != ':' && behind.front() != '=' && behind.front() != ' ')) {
      return false;
    }
    if (behind.front() == ' ' && !behind.starts_with(" time:") && !behind.starts_with(" time=")) {
      return false;
    }
    if (any && end > 0 && behind.front() == ':' && behind.size() > 1 && behind[1] == ' ') {
      return true;  // whatever is called so: SQL has no such thing
    }
    std::string word(rest.substr(0, end));
    if (behind.starts_with(" time:") || behind.starts_with(" time=")) {
      word += "time";
      behind.remove_prefix(std::string_view(" time").size());
    }
    if (word.empty() || behind.empty() || name_of(word) == Name::kNone) {
      return false;
    }
    if (behind.front() == ':') {
      return !behind.starts_with("::");
    }
    if (behind.front() != '=' || behind.size() < 2 || is_blank(behind[1])) {
      return false;
    }
    return last_ != ',' && last_ != '(' && last_ != '=' && last_ != '<' && last_ != '>' && !opens_condition(word_);
  }

  /// A list or an object of values to the end, or before more of a tail. [Post] is a table.
  static bool is_values(std::string_view rest) {
    if (rest.starts_with("[took ")) {
      return true;
    }
    std::string json;
    std::string_view left = rest;
    if (!take_inspected(left, json)) {
      return rest.starts_with("[\"");  // cut off, or of a version that writes no JSON
    }
    const std::string_view behind = trim(left);
    if (!behind.empty() && is_word(behind.front()) && !is_digit(behind.front()) &&
        name_of(first_word(behind)) == Name::kNone) {
      return false;
    }
    if (json.front() == '{') {
      return true;
    }
    const std::string_view inside = trim(rest.substr(1, rest.size() - left.size() - 2));
    const char first = inside.empty() ? '\0' : inside.front();
    return inside.empty() || is_digit(first) || first == '-' || first == '"' || first == '\'' || first == '[' ||
           first == '{' || inside.starts_with("null") || inside.starts_with("true") || inside.starts_with("false") ||
           is_time(inside);
  }

  /// "rows affected: 0, elapsed: 1.2ms"
  static bool begins_account(std::string_view rest) {
    const std::size_t colon = rest.find_first_of(":'\"`(\n");
    return colon != std::string_view::npos && rest[colon] == ':' && colon + 1 < rest.size() && rest[colon + 1] == ' ' &&
           std::all_of(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(colon),
                       [](char c) { return is_word(c) || c == ' '; });
  }

  /// "; 1, \"a\"", "; args=(1,); alias=default".
  bool ends_with_values(std::string_view rest) const {
    if (rest.empty() || is_verb(first_word(rest))) {
      return false;
    }
    if (is_named(rest) || begins_account(rest)) {
      return true;
    }
    const char first = rest.front();
    const bool may_be_value = first == '"' || is_digit(first) || first == '[' || first == '-' ||
                              rest.starts_with("null") || rest.starts_with("true") || rest.starts_with("false");
    return may_be_value && !rest.starts_with("--") && !list_of(rest.substr(0, rest.find('\n'))).empty();
  }

  std::string_view text_;
  bool escapes_;
  std::size_t at_ = 0;
  std::size_t tries_ = 0;
  char quote_ = '\0';
  std::size_t depth_ = 0;
  char last_ = '\0';         ///< that is no blank
  std::string_view word_{};  ///< when the last thing was one
};

}  // namespace

bool is_no_execution(std::string_view heading) {
  const std::string small = lower(heading);
  if (heading.find("LOG:  ") != std::string_view::npos) {
    return true;  // PostgreSQL's own
  }
  return std::any_of(kNoExecution.begin(), kNoExecution.end(),
                     [&](std::string_view word) { return has_word(small, word); });
}

bool is_heading(std::string_view text) {
  text = trim(text);
  bool dashed = false;
  while (!text.empty()) {
    if (ends_heading(text.back())) {
      return !is_no_execution(text);
    }
    const std::size_t space = text.find_last_of(" \t");
    const std::string_view word = space == std::string_view::npos ? text : text.substr(space + 1);
    if (!is_framing(word) && !is_time(word)) {
      // "[DEBUG] db - SELECT …": a logger's name.
      if (!dashed || word.find_first_not_of(kNameLetters) != std::string_view::npos) {
        return false;
      }
      return space == std::string_view::npos || is_heading(text.substr(0, space));
    }
    dashed = word == "-";
    text = space == std::string_view::npos ? std::string_view() : trim(text.substr(0, space));
  }
  return true;
}

bool begins_statement(std::string_view text) {
  text = text.substr(0, kLooked);
  std::string_view rest = text;
  const std::string verb = next_word(rest);
  if (rest.empty() || (!is_blank(rest.front()) && rest.front() != '(' && rest.front() != '*')) {
    return false;
  }
  const std::string small = lower(rest);
  if (verb == "select") {
    const std::string_view first = trim(rest);
    const bool calls = first_word(first).size() < first.size() && first[first_word(first).size()] == '(';
    return (has_word(small, "from") && has_sign(rest)) || (!first.empty() && is_digit(first.front())) ||
           (calls && !first_word(first).empty());
  }
  if (verb == "update") {
    return has_word(small, "set") && rest.find('=') != std::string_view::npos;
  }
  if (verb == "insert" || verb == "replace" || verb == "merge") {
    return has_word(small, "into") &&
           (has_word(small, "values") || has_word(small, "select") || has_word(small, "default") ||
            has_word(small, "set") || has_word(small, "using"));
  }
  if (verb == "delete") {
    return next_word(rest) == "from" && has_sign(rest);
  }
  return verb == "with" && has_word(small, "as") && rest.find('(') != std::string_view::npos;
}

std::size_t find_statement(std::string_view line) {
  const std::size_t end = std::min(line.size(), kMaxHeading);
  for (std::size_t at = 0; at < end; ++at) {
    if (!is_word(line[at])) {
      continue;
    }
    const std::string_view word = first_word(line.substr(at));
    const bool apart = at == 0 || is_blank(line[at - 1]) || ends_heading(line[at - 1]);
    if (apart && is_verb(word) && is_heading(line.substr(0, at))) {
      return begins_statement(line.substr(at)) ? at : std::string_view::npos;
    }
    at += word.size() - 1;
  }
  return std::string_view::npos;
}

std::string_view cut_statement(std::string_view text, Around& around) {
  const bool mysql = text.find('`') != std::string_view::npos;
  std::optional<std::size_t> end = Cutter(text, mysql).run();
  end = end ? end : Cutter(text, !mysql).run();
  if (!end || *end == text.size()) {
    return trim(text);
  }
  read_tail(text.substr(*end), around);
  if (const std::string_view behind = text.substr(*end); behind.starts_with("; ") && around.params.empty()) {
    around.params = list_of(behind.substr(1, behind.find('\n') - 1));
  }
  return trim(text.substr(0, *end));
}

}  // namespace budgetcheck::console
