#include "query/sql/restore_constants.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <unordered_set>
#include <vector>

#include "query/sql/lexer.h"

namespace budgetcheck {
namespace {

using Tokens = std::vector<Token>;

/// "$12"; the lexer takes "$1x" and "$0" for parameters too, whose number it has to make up.
bool is_parameter(const Token& token) {
  return token.kind == TokenKind::kPlaceholder && token.text.size() > 1 && token.text.front() == '$' &&
         token.text[1] != '0' && token.text.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

bool any_word(const Token& token, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view w) { return token.word(w); });
}

bool opens_condition(const Token& token) { return any_word(token, {"WHERE", "AND", "OR", "NOT", "ON", "HAVING"}); }

bool closes_condition(const Token& token) {
  return token.kind == TokenKind::kEnd || token.is(")") || token.is(";") ||
         any_word(token, {"AND", "OR", "ORDER", "LIMIT", "OFFSET", "GROUP", "HAVING", "FOR", "FETCH", "UNION", "EXCEPT",
                          "INTERSECT", "RETURNING", "WINDOW"});
}

/// Finds which tokens are constants, and what they were.
class Restorer {
 public:
  explicit Restorer(std::string_view sql) : sql_(sql) {
    Lexer lexer(sql, Dialect::kPostgres);
    for (Token token = lexer.next(); token.kind != TokenKind::kEnd; token = lexer.next()) {
      tokens_.push_back(token);
    }
    tokens_.emplace_back();
    constant_from_ = first_late();
  }

  std::string restore() {
    find_truths();
    find_wildcards();
    std::string out;
    std::size_t copied = 0;
    for (const auto& [token, text] : edits_) {
      const auto at = static_cast<std::size_t>(tokens_[token].text.data() - sql_.data());
      out += sql_.substr(copied, at - copied);
      out += text;
      copied = at + tokens_[token].text.size();
    }
    out += sql_.substr(copied);
    return out;
  }

 private:
  struct Edit {
    std::size_t token;
    std::string_view text;
  };

  /// The smallest number whose first appearance stands before that of a smaller one: it, and all above, are constants.
  std::uint32_t first_late() const {
    std::vector<std::uint32_t> firsts;
    std::unordered_set<std::uint32_t> met;
    for (const Token& token : tokens_) {
      if (is_parameter(token) && met.insert(token.ordinal).second) {
        firsts.push_back(token.ordinal);
      }
    }
    std::uint32_t late = UINT32_MAX;
    std::uint32_t smallest_behind = UINT32_MAX;
    for (auto it = firsts.rbegin(); it != firsts.rend(); ++it) {
      late = *it > smallest_behind ? std::min(late, *it) : late;
      smallest_behind = std::min(smallest_behind, *it);
    }
    return late;
  }

  bool certain(const Token& token) const { return is_parameter(token) && token.ordinal >= constant_from_; }

  void find_truths() {
    for (std::size_t i = 1; i + 3 < tokens_.size(); ++i) {
      const Token& left = tokens_[i];
      const Token& right = tokens_[i + 2];
      if (!is_parameter(left) || !tokens_[i + 1].is("=") || !is_parameter(right) || right.ordinal != left.ordinal + 1 ||
          !closes_condition(tokens_[i + 3])) {
        continue;
      }
      std::size_t before = i - 1;
      while (before > 0 && tokens_[before].is("(")) {
        --before;
      }
      if (opens_condition(tokens_[before])) {
        edits_.push_back({i, "1"});
        edits_.push_back({i + 2, "1"});
        constant_from_ = std::min(constant_from_, left.ordinal);
      }
    }
  }

  void find_wildcards() {
    for (std::size_t i = 0; i + 1 < tokens_.size(); ++i) {
      if (!any_word(tokens_[i], {"LIKE", "ILIKE"})) {
        continue;
      }
      std::size_t at = i + 1;
      while (tokens_[at].is("(")) {
        ++at;
      }
      const std::size_t first = at;
      while (at + 2 < tokens_.size() && is_parameter(tokens_[at]) && tokens_[at + 1].is("||")) {
        at += 2;
      }
      if (at == first || !is_parameter(tokens_[at])) {
        continue;
      }
      for (std::size_t member = first; member <= at; member += 2) {
        if (certain(tokens_[member])) {
          edits_.push_back({member, "'%'"});
        }
      }
      i = at;
    }
    std::sort(edits_.begin(), edits_.end(), [](const Edit& a, const Edit& b) { return a.token < b.token; });
  }

  std::string_view sql_;
  Tokens tokens_;
  std::uint32_t constant_from_ = UINT32_MAX;
  std::vector<Edit> edits_;
};

}  // namespace

std::string restore_constants(std::string_view sql) {
  return sql.find('$') == std::string_view::npos ? std::string(sql) : Restorer(sql).restore();
}

}  // namespace budgetcheck
