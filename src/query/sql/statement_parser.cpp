#include "query/sql/statement_parser.h"

#include <algorithm>

#include "base/text.h"
#include "query/sql/joins.h"

namespace budgetcheck {

StatementParser::StatementParser(std::string_view sql, Dialect dialect)
    : items_(read_items(sql, dialect)), postgres_(dialect == Dialect::kPostgres) {
  closes_.assign(items_.size(), 0);
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < items_.size(); ++i) {
    if (opens(i)) {
      open.push_back(i);
    } else if (items_[i].token.is(")")) {
      failed_ = failed_ || open.empty();
      if (!open.empty()) {
        closes_[open.back()] = i;
        open.pop_back();
      }
    }
    failed_ = failed_ || items_[i].token.text == kStatementCut;
  }
  failed_ = failed_ || !open.empty();
  end_ = items_.size();
  queries_.assign(items_.size(), false);
  for (std::size_t i = items_.size(); i > 0; --i) {
    queries_[i - 1] = opens(i - 1) ? begins_query(i) : word_in(token(i - 1), {"SELECT", "WITH"});
  }
}

const Token& StatementParser::token(std::size_t i) const {
  static const Token kNone;
  return i < items_.size() ? items_[i].token : kNone;
}

std::string StatementParser::name_at(std::size_t i) const {
  return std::string(token(i).kind == TokenKind::kQuoted ? token(i).name : token(i).text);
}

/// SELECT or WITH stands here, perhaps behind parentheses.
bool StatementParser::begins_query(std::size_t i) const { return i < queries_.size() && queries_[i]; }

/// Behind the group that opens at `i`.
std::size_t StatementParser::after_group(std::size_t i) const { return closes_[i] + 1; }

/// Moves over one item, or over a group and the queries in it.
void StatementParser::pass() {
  if (!opens(pos_)) {
    ++pos_;
    return;
  }
  const std::size_t end = closes_[pos_] + 1;
  while (pos_ < end && !failed_) {
    if (opens(pos_) && begins_query(pos_ + 1)) {
      subquery(pos_, QueryBlock::Role::kScalar);
    } else {
      ++pos_;
    }
  }
  pos_ = end;
}

bool StatementParser::is_set_operator(const Token& token) {
  return word_in(token, {"UNION", "INTERSECT", "EXCEPT", "MINUS"});
}

bool StatementParser::ends_clause(std::size_t i) const {
  if (i < end_ && i > 0 && token(i - 1).is(".")) {
    return false;  // a column may be called like a keyword
  }
  return i >= end_ || is_set_operator(token(i)) ||
         word_in(token(i), {"WHERE", "GROUP", "HAVING", "WINDOW", "ORDER", "LIMIT", "OFFSET", "FETCH", "FOR",
                            "RETURNING", "SET", "PROCEDURE", "OPTION", "LOCK"});
}

std::uint32_t StatementParser::new_block(std::uint32_t parent, QueryBlock::Role role) {
  if (statement_.blocks.size() >= kMaxBlocks) {
    give_up();
  }
  QueryBlock block;
  block.parent = parent;
  block.role = role;
  statement_.blocks.push_back(std::move(block));
  return static_cast<std::uint32_t>(statement_.blocks.size() - 1);
}

/// Reads the query in the group that opens at `open`, and moves behind it.
std::uint32_t StatementParser::subquery(std::size_t open, QueryBlock::Role role) {
  const std::size_t end = end_;
  const std::uint32_t block = block_;
  const auto first = static_cast<std::uint32_t>(statement_.blocks.size());
  pos_ = open + 1;
  query(block, role, closes_[open]);
  pos_ = closes_[open] + 1;
  end_ = end;
  block_ = block;
  return first;
}

/// A clause that has been read must end here: what is left over could be the condition that matters.
void StatementParser::expect_clause_end() {
  if (!ends_clause(pos_)) {
    give_up();
  }
}

void StatementParser::update() {
  const std::uint32_t block = new_block(Condition::kNoBlock, QueryBlock::Role::kTop);
  block_ = block;
  ++pos_;
  while (word_in(token(pos_), {"LOW_PRIORITY", "IGNORE"}) || (is_word(pos_, "OR") && token(pos_ + 1).identifier())) {
    pos_ += is_word(pos_, "OR") ? 2U : 1U;
  }
  from(block);
  while (pos_ < end_ && !failed_ && !word_in(token(pos_), {"FROM", "WHERE", "RETURNING"})) {
    pass();
  }
  if (is_word(pos_, "FROM")) {
    ++pos_;
    from(block);
  }
  where(block);
  tail(block);
}

void StatementParser::remove() {
  const std::uint32_t block = new_block(Condition::kNoBlock, QueryBlock::Role::kTop);
  block_ = block;
  while (pos_ < end_ && !is_word(pos_, "FROM")) {
    ++pos_;
  }
  ++pos_;
  from(block);
  if (is_word(pos_, "USING")) {
    ++pos_;
    from(block);
  }
  where(block);
  tail(block);
}

/// INSERT … SELECT reads; INSERT … VALUES does only in queries that stand for a value.
void StatementParser::insert() {
  bool values = false;
  while (pos_ < end_ && !failed_) {
    values = values || word_in(token(pos_), {"VALUES", "SET", "RETURNING"});
    if (!values && begins_query(pos_)) {
      // What follows ON CONFLICT names the row that is there already.
      std::size_t end = pos_;
      while (end < end_ && !(is_word(end, "ON") && word_in(token(end + 1), {"CONFLICT", "DUPLICATE"}))) {
        end = opens(end) ? after_group(end) : end + 1;
      }
      query(Condition::kNoBlock, QueryBlock::Role::kFrom, end);
      end_ = items_.size();
      block_ = Condition::kNoBlock;
      pos_ = std::max(pos_, end);
      values = true;
      continue;
    }
    pass();
  }
}

Statement StatementParser::parse() {
  if (failed_ || items_.empty()) {
    return {};
  }
  if (is_word(0, "WITH")) {
    common_tables();
  }
  if (begins_query(pos_)) {
    statement_.verb = Verb::kSelect;
    query(Condition::kNoBlock, QueryBlock::Role::kTop, items_.size());
  } else if (is_word(pos_, "UPDATE")) {
    statement_.verb = Verb::kUpdate;
    update();
  } else if (is_word(pos_, "DELETE")) {
    statement_.verb = Verb::kDelete;
    remove();
  } else if (word_in(token(pos_), {"INSERT", "REPLACE"})) {
    statement_.verb = Verb::kInsert;
    insert();
  } else {
    give_up();
  }
  if (failed_) {
    return {};
  }
  statement_.understood = true;
  simplify_joins(statement_);
  return std::move(statement_);
}

Statement parse_statement(std::string_view sql, Dialect dialect) { return StatementParser(sql, dialect).parse(); }

}  // namespace budgetcheck
