#include "query/sql/lexer.h"

#include <algorithm>
#include <array>

#include "base/text/id_like.h"

namespace budgetcheck {
namespace {

/// Longer than any database allows an identifier to be: what is longer is text that was not closed.
constexpr std::size_t kMaxIdentifier = 256;

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r') || c == '\0'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}
bool is_word(char c) { return is_letter(c) || is_digit(c) || c == '$'; }
char upper_of(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

constexpr std::array<std::string_view, 20> kOperators{"->>", "#>>", "<=>", "!~*", ":::", "::", "||", "<=", ">=", "<>",
                                                      "!=",  "->",  "#>",  "@>",  "<@",  "&&", ":=", "=>", "~*", "!~"};

constexpr std::array<std::string_view, 24> kBeforeSign{
    "LIMIT", "OFFSET", "AND",  "OR",        "THEN", "ELSE", "WHEN", "BETWEEN", "IN",    "VALUES", "SET",    "SELECT",
    "WHERE", "NOT",    "LIKE", "RETURNING", "BY",   "AS",   "TOP",  "NEXT",    "FIRST", "ON",     "HAVING", "CASE"};

/// What people call columns. What holds a blank, a '$' or other signs, or looks like an address or a token, is a value.
bool can_name_column(std::string_view content) {
  return looks_like_name(content) && content.find_first_of("$.") == std::string_view::npos;
}

/// Following the places takes time, and Prisma's statements for PostgreSQL are full of plain names in double quotes.
bool may_hold_text_in_double_quotes(std::string_view sql, Dialect dialect) {
  if (dialect == Dialect::kMysql) {
    return false;
  }
  for (std::size_t at = sql.find('"'); at < sql.size();) {
    const std::size_t end = std::min(sql.find('"', at + 1), sql.size());
    const std::string_view content = sql.substr(at + 1, end - at - 1);
    if (dialect != Dialect::kPostgres || !std::all_of(content.begin(), content.end(), is_letter)) {
      return true;
    }
    at = sql.find('"', end + 1);
  }
  return false;
}

}  // namespace

Dialect dialect_of(DatabaseKind kind) {
  switch (kind) {
    case DatabaseKind::kPostgres:
    case DatabaseKind::kCockroach:
      return Dialect::kPostgres;
    case DatabaseKind::kMysql:
      return Dialect::kMysql;
    case DatabaseKind::kSqlite:
      return Dialect::kSqlite;
    case DatabaseKind::kSqlServer:
      return Dialect::kSqlServer;
    case DatabaseKind::kUnknown:
      break;
  }
  return Dialect::kUnknown;
}

Lexer::Lexer(std::string_view sql, Dialect dialect)
    : sql_(sql), dialect_(dialect), follows_places_(may_hold_text_in_double_quotes(sql, dialect)) {}

/// False when nothing follows any more.
bool Lexer::skip_blanks_and_comments() {
  const std::size_t begin = pos_;
  while (pos_ < sql_.size()) {
    const char c = sql_[pos_];
    const char d = at(pos_ + 1);
    const bool hash_comment =
        c == '#' && d != '>' && d != '-' && dialect_ != Dialect::kPostgres && dialect_ != Dialect::kSqlServer;
    if (is_space(c)) {
      ++pos_;
    } else if ((c == '-' && d == '-') || hash_comment) {
      pos_ = std::min(sql_.find('\n', pos_), sql_.size());
    } else if (c == '/' && d == '*') {
      const std::size_t inside = pos_ + 2;
      std::size_t end = inside;
      for (int depth = 1; nested_comments_ && depth > 0;) {
        end = sql_.find_first_of("*/", end);
        if (end == std::string_view::npos || end + 1 >= sql_.size()) {
          // Only PostgreSQL nests comments. Where that reading never ends, none of them nests (looked for once:
          // else every comment could be scanned to the end).
          nested_comments_ = false;
        } else if (sql_[end] == '/' && sql_[end + 1] == '*') {
          ++depth;
          end += 2;
        } else if (sql_[end] == '*' && sql_[end + 1] == '/') {
          --depth;
          end += 2;
        } else {
          ++end;
        }
      }
      if (!nested_comments_) {
        end = sql_.find("*/", inside);
        end = end == std::string_view::npos ? sql_.size() : end + 2;
      }
      pos_ = end;
    } else {
      break;
    }
  }
  spaced_ = pos_ != begin;
  return pos_ < sql_.size();
}

Token Lexer::finish(TokenKind kind, std::size_t begin) {
  Token token;
  token.kind = kind;
  token.text = sql_.substr(begin, pos_ - begin);
  token.spaced = spaced_;
  last_ = token;
  if (follows_places_) {
    places_.take(token);
  }
  return token;
}

/// `pos_` stands behind the quotes that begin at `begin`. Nobody calls a table or a column like a mail address; Prisma
/// calls the column of a many-to-many relation `TagToPost@Post`.
Token Lexer::named(std::size_t begin, std::string_view name) {
  const std::size_t sign = name.find('@');
  if (name.size() > kMaxIdentifier ||
      (sign != std::string_view::npos && name.find('.', sign) != std::string_view::npos)) {
    return finish(TokenKind::kString, begin);
  }
  Token token = finish(TokenKind::kQuoted, begin);
  token.name = name;
  return token;
}

/// `pos_` stands on the opening quote, `begin` on a prefix before it.
Token Lexer::string_literal(std::size_t begin, char quote) {
  const bool escapes = dialect_ == Dialect::kMysql || (begin != pos_ && upper_of(sql_[begin]) == 'E');
  const bool no_escapes = dialect_ == Dialect::kPostgres || dialect_ == Dialect::kSqlite ||
                          dialect_ == Dialect::kSqlServer || (saw_postgres_ && !saw_backtick_);
  const bool after_escape_word = last_.word("ESCAPE");
  const char stops[] = {quote, '\\', '\0'};
  ++pos_;
  while (pos_ < sql_.size()) {
    pos_ = std::min(sql_.find_first_of(stops, pos_, 2), sql_.size());
    if (at(pos_) == '\\' && pos_ < sql_.size()) {
      if (escapes) {
        pos_ += 2;
      } else if (at(pos_ + 1) == quote && !no_escapes && !after_escape_word) {
        // Whether this quote ends the literal depends on the database. Either guess could show what stands
        // inside, so the rest counts as the literal.
        pos_ = sql_.size();
      } else {
        ++pos_;
      }
    } else if (at(pos_ + 1) == quote && pos_ < sql_.size()) {
      pos_ += 2;
    } else {
      ++pos_;
      break;
    }
  }
  pos_ = std::min(pos_, sql_.size());
  return finish(TokenKind::kString, begin);
}

bool Lexer::double_quotes_hold_text(std::string_view content, char after) const {
  if (after == '.' || last_.is(".")) {
    return false;  // in MySQL "public"."posts" is of another database than the schema says
  }
  if (dialect_ == Dialect::kPostgres) {
    // A text in double quotes is a mistake there, and so is the schema of another database; both get logged.
    const bool account = content.find('@') != std::string_view::npos;  // somebody's, where it is not an alias
    return follows_places_ && (account ? places_.place() != ValuePlaces::Place::kIdentifier
                                       : places_.place() == ValuePlaces::Place::kValue && !can_name_column(content));
  }
  const bool is_prefix =  // x"41", _utf8"text"
      !spaced_ && last_.kind == TokenKind::kWord && (last_.text.size() == 1 || last_.text.front() == '_');
  if (dialect_ == Dialect::kMysql || saw_backtick_ || is_prefix) {
    return true;
  }
  // SQLite takes "x" for a literal where there is no such column, SQL Server where the session says so. A bare column
  // may stand behind a comparison too, but other signs of the dialect do not survive in a shape, and a shape read again
  // must be the same.
  switch (places_.place()) {
    case ValuePlaces::Place::kIdentifier:
      return false;
    case ValuePlaces::Place::kValue:
      return true;
    case ValuePlaces::Place::kEither:
      break;
  }
  return !can_name_column(content);
}

Token Lexer::double_quoted(std::size_t begin) {
  std::size_t end = begin + 1;
  bool backslash = false;
  while (end < sql_.size()) {
    end = std::min(sql_.find_first_of("\"\\", end), sql_.size());
    if (at(end) == '\\') {
      backslash = true;
      ++end;
    } else if (at(end) == '"' && at(end + 1) == '"') {
      end += 2;
    } else {
      break;
    }
  }
  const std::string_view content = sql_.substr(begin + 1, std::min(end, sql_.size()) - begin - 1);
  if (double_quotes_hold_text(content, at(end + 1)) || backslash) {
    return string_literal(begin, '"');
  }
  pos_ = std::min(end + 1, sql_.size());
  return end >= sql_.size() ? finish(TokenKind::kString, begin) : named(begin, content);
}

bool Lexer::dollar_quoted(std::size_t begin, Token& token) {
  std::size_t tag_end = begin + 1;
  while (is_word(at(tag_end)) && at(tag_end) != '$') {
    ++tag_end;
  }
  if (at(tag_end) != '$' || is_digit(at(begin + 1))) {
    return false;
  }
  const std::string_view tag = sql_.substr(begin, tag_end + 1 - begin);
  const std::size_t close = sql_.find(tag, tag_end + 1);
  pos_ = close == std::string_view::npos ? sql_.size() : close + tag.size();
  token = finish(TokenKind::kString, begin);
  return true;
}

/// A placeholder that begins at `begin` and whose number or name begins at `name_begin`.
Token Lexer::placeholder(std::size_t begin, std::size_t name_begin) {
  constexpr std::uint32_t kMaxOrdinal = 1'000'000;
  pos_ = name_begin;
  while (is_word(at(pos_))) {
    ++pos_;
  }
  std::string_view name = sql_.substr(name_begin, pos_ - name_begin);
  if (!name.empty() && upper_of(name.front()) == 'P') {
    name.remove_prefix(1);  // SQL Server's @P1
  }
  const bool numbered = !name.empty() && std::all_of(name.begin(), name.end(), is_digit);
  std::uint32_t n = 0;
  for (const char c : numbered ? name : std::string_view()) {
    n = std::min(n * 10 + static_cast<std::uint32_t>(c - '0'), kMaxOrdinal);
  }
  ++placeholders_;
  Token token = finish(TokenKind::kPlaceholder, begin);
  token.ordinal = n > 0 ? n : placeholders_;
  return token;
}

/// The size of "%s" or "%(name)s" at `begin`, as Python's drivers write them; 0 for the operator.
std::size_t Lexer::python_placeholder(std::size_t begin) const {
  std::size_t end = begin + 1;
  if (at(end) == '(') {
    ++end;
    while (is_word(at(end))) {
      ++end;
    }
    if (end == begin + 2 || at(end) != ')') {
      return 0;
    }
    ++end;
  } else if (!spaced_ && !number_may_be_signed()) {
    return 0;  // a%s
  }
  return at(end) == 's' && !is_word(at(end + 1)) ? end + 1 - begin : 0;
}

Token Lexer::number(std::size_t begin) {
  ++pos_;
  while (is_word(at(pos_)) || at(pos_) == '.' ||
         ((at(pos_) == '-' || at(pos_) == '+') && upper_of(at(pos_ - 1)) == 'E' && is_digit(at(pos_ + 1)) &&
          is_digit(at(begin)) && upper_of(at(begin + 1)) != 'X')) {
    ++pos_;
  }
  return finish(TokenKind::kNumber, begin);
}

/// True where a minus is a sign and no subtraction.
bool Lexer::number_may_be_signed() const {
  switch (last_.kind) {
    case TokenKind::kEnd:
      return true;
    case TokenKind::kSymbol:
      return !last_.is(")") && !last_.is("]");
    case TokenKind::kWord:
      return std::any_of(kBeforeSign.begin(), kBeforeSign.end(), [&](std::string_view w) { return last_.word(w); });
    default:
      return false;
  }
}

Token Lexer::next() {
  if (!skip_blanks_and_comments()) {
    return finish(TokenKind::kEnd, sql_.size());
  }
  const std::size_t begin = pos_;
  const char c = sql_[begin];
  const char d = at(begin + 1);
  Token token;
  if (c == '\'') {
    return string_literal(begin, '\'');
  }
  if (c == '"') {
    return double_quoted(begin);
  }
  if (c == '`') {
    const std::size_t end = std::min(sql_.find('`', begin + 1), sql_.size());
    pos_ = std::min(end + 1, sql_.size());
    saw_backtick_ = true;
    return end == sql_.size() ? finish(TokenKind::kString, begin)
                              : named(begin, sql_.substr(begin + 1, end - begin - 1));
  }
  if (c == '[' && is_letter(d) && (spaced_ || !(last_.identifier() || last_.is(")") || last_.is("]")))) {
    const std::size_t end = sql_.find_first_of("[]'\"", begin + 1);
    if (end != std::string_view::npos && sql_[end] == ']' && end - begin <= kMaxIdentifier) {
      pos_ = end + 1;
      return named(begin, sql_.substr(begin + 1, end - begin - 1));
    }
  }
  if (c == '$') {
    if (is_digit(d)) {
      saw_postgres_ = true;
      return placeholder(begin, begin + 1);
    }
    if (dollar_quoted(begin, token)) {
      return token;
    }
  }
  if (c == '?') {
    if (is_digit(d)) {
      return placeholder(begin, begin + 1);
    }
    pos_ = begin + 1;
    token = finish(TokenKind::kPlaceholder, begin);
    token.ordinal = ++placeholders_;
    return token;
  }
  if (const std::size_t size = c == '%' ? python_placeholder(begin) : 0; size != 0) {
    pos_ = begin + size;
    token = finish(TokenKind::kPlaceholder, begin);
    token.ordinal = ++placeholders_;
    return token;
  }
  if (is_letter(c)) {
    // A literal with a prefix: E'..', N'..', X'..', B'..', U&'..', _utf8'..'.
    std::size_t end = begin + 1;
    while (is_word(at(end))) {
      ++end;
    }
    const bool unicode = end == begin + 1 && upper_of(c) == 'U' && at(end) == '&';
    const std::size_t quote = unicode ? end + 1 : end;
    if (at(quote) == '\'' && (end == begin + 1 || c == '_')) {
      pos_ = quote;
      return string_literal(begin, '\'');
    }
    pos_ = end;
    return finish(TokenKind::kWord, begin);
  }
  if (is_digit(c) || (c == '.' && is_digit(d) && !last_.identifier() && !last_.is(")"))) {
    return number(begin);
  }
  if ((c == '-' || c == '+') && (is_digit(d) || (d == '.' && is_digit(at(begin + 2)))) && number_may_be_signed()) {
    ++pos_;
    return number(begin);
  }
  for (const std::string_view symbol : kOperators) {
    if (sql_.substr(begin, symbol.size()) == symbol) {
      pos_ = begin + symbol.size();
      saw_postgres_ = saw_postgres_ || symbol.starts_with("::");  // ":::" is CockroachDB's
      return finish(TokenKind::kSymbol, begin);
    }
  }
  if ((c == ':' || c == '@') && is_letter(d)) {
    return placeholder(begin, begin + 1);
  }
  ++pos_;
  return finish(TokenKind::kSymbol, begin);
}

}  // namespace budgetcheck
