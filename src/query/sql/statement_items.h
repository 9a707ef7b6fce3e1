#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "query/sql/lexer.h"

// A statement as a list of tokens in which whole lists of values are one item; for src/query only.
namespace budgetcheck {

constexpr std::string_view kStatementCut = "…";

/// A token, or a whole list of values.
struct StatementItem {
  Token token;
  bool list = false;           ///< stands for "(?)"
  std::uint64_t literals = 0;  ///< hash of the literals in it; 0: none
  std::uint32_t first = 0;     ///< placeholders in it; first == 0: none
  std::uint32_t last = 0;
  bool gaps = false;       ///< the placeholders are not numbered in a row
  std::uint32_t size = 0;  ///< entries of the list
  bool tautology = false;  ///< first item of 1=1 or 1=0
};
using StatementItems = std::vector<StatementItem>;

/// Mixes `value` into a hash; order counts.
std::uint64_t combine(std::uint64_t seed, std::uint64_t value);

/// A literal or a placeholder.
bool is_value(const Token& token);
/// A keyword, in any case.
bool word_in(const Token& token, std::initializer_list<std::string_view> words);
/// After this a condition may stand: WHERE, AND, "(" …
bool begins_condition(const Token& token);

/// The items of a statement, without a closing semicolon; cut with kStatementCut when there are very many.
/// Tautologies are marked.
StatementItems read_items(std::string_view sql, Dialect dialect);

}  // namespace budgetcheck
