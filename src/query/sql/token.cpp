#include "query/sql/token.h"

#include <algorithm>

namespace budgetcheck {
namespace {

char upper_of(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

}  // namespace

bool Token::word(std::string_view upper) const {
  return kind == TokenKind::kWord && text.size() == upper.size() &&
         std::equal(text.begin(), text.end(), upper.begin(), [](char a, char b) { return upper_of(a) == b; });
}

}  // namespace budgetcheck
