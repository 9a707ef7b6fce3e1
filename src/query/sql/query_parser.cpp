#include <algorithm>

#include "base/text.h"
#include "query/sql/statement_parser.h"

namespace budgetcheck {
namespace {

bool is_aggregate(const Token& token) {
  return word_in(token, {"COUNT",
                         "SUM",
                         "AVG",
                         "MIN",
                         "MAX",
                         "ARRAY_AGG",
                         "STRING_AGG",
                         "JSON_AGG",
                         "JSONB_AGG",
                         "JSON_OBJECT_AGG",
                         "JSONB_OBJECT_AGG",
                         "GROUP_CONCAT",
                         "JSON_ARRAYAGG",
                         "JSON_OBJECTAGG",
                         "JSON_GROUP_ARRAY",
                         "BOOL_AND",
                         "BOOL_OR",
                         "EVERY",
                         "STDDEV",
                         "VARIANCE",
                         "TOTAL"});
}

}  // namespace

void StatementParser::common_tables() {
  const bool recursive = is_word(pos_ + 1, "RECURSIVE");
  pos_ += recursive ? 2U : 1U;
  while (!failed_ && pos_ < end_ && token(pos_).identifier()) {
    const std::string name = lower(name_at(pos_));
    ++pos_;
    if (opens(pos_)) {
      pos_ = after_group(pos_);
    }
    while (word_in(token(pos_), {"AS", "NOT", "MATERIALIZED"})) {
      ++pos_;
    }
    if (!opens(pos_)) {
      give_up();
      return;
    }
    if (begins_query(pos_ + 1)) {
      if (recursive) {
        common_[name] = static_cast<std::uint32_t>(statement_.blocks.size());  // it may read itself
      }
      common_[name] = subquery(pos_, QueryBlock::Role::kFrom);
    } else {
      common_[name] = Condition::kNoBlock;  // it writes, or holds VALUES
      pos_ = after_group(pos_);
    }
    if (!token(pos_).is(",")) {
      return;
    }
    ++pos_;
  }
}

void StatementParser::query(std::uint32_t parent, QueryBlock::Role role, std::size_t end) {
  const Nesting nesting(*this);
  end_ = end;
  if (is_word(pos_, "WITH")) {
    const auto around = common_;
    common_tables();
    query_body(parent, role, end);
    common_ = around;
    return;
  }
  query_body(parent, role, end);
}

void StatementParser::query_body(std::uint32_t parent, QueryBlock::Role role, std::size_t end) {
  const std::size_t first = statement_.blocks.size();
  bool in_union = false;
  std::uint32_t block = Condition::kNoBlock;
  while (!failed_ && pos_ < end) {
    block = new_block(parent, role);
    if (opens(pos_) && begins_query(pos_ + 1)) {
      const std::size_t close = closes_[pos_];
      ++pos_;
      statement_.blocks.pop_back();
      block = static_cast<std::uint32_t>(statement_.blocks.size());
      query(parent, role, close);
      pos_ = close + 1;
      end_ = end;
    } else if (is_word(pos_, "SELECT")) {
      select(block);
    } else {
      return;  // VALUES, TABLE
    }
    if (!is_set_operator(token(pos_)) || pos_ >= end) {
      break;
    }
    in_union = true;
    pos_ += word_in(token(pos_ + 1), {"ALL", "DISTINCT"}) ? 2U : 1U;
  }
  if (failed_ || block == Condition::kNoBlock || block >= statement_.blocks.size()) {
    return;
  }
  tail(block);
  for (std::size_t i = first; in_union && i < statement_.blocks.size(); ++i) {
    if (statement_.blocks[i].parent == parent) {
      statement_.blocks[i].in_union = true;
      statement_.blocks[i].limited = statement_.blocks[i].limited || statement_.blocks[block].limited;
    }
  }
}

void StatementParser::select(std::uint32_t block) {
  block_ = block;
  ++pos_;
  select_list(block);
  if (is_word(pos_, "FROM") && pos_ < end_) {
    ++pos_;
    from(block);
  }
  where(block);
  if (is_word(pos_, "GROUP") && pos_ < end_) {
    statement_.blocks[block].grouped = true;
  }
  // GROUP BY, HAVING and WINDOW choose no rows.
  while (pos_ < end_ && !is_set_operator(token(pos_)) &&
         !word_in(token(pos_), {"ORDER", "LIMIT", "OFFSET", "FETCH", "FOR"})) {
    pass();
  }
}

void StatementParser::where(std::uint32_t block) {
  expect_clause_end();
  if (failed_ || !is_word(pos_, "WHERE") || pos_ >= end_) {
    return;
  }
  ++pos_;
  Condition where = condition(false);
  statement_.blocks[block].where = std::move(where);
  expect_clause_end();
}

void StatementParser::select_list(std::uint32_t block) {
  for (std::size_t depth = 0; pos_ < end_ && !failed_;) {
    const Token& t = token(pos_);
    if (depth == 0 && (t.word("FROM") || ends_clause(pos_))) {
      return;
    }
    if (t.word("TOP") && (opens(pos_ + 1) || is_value(token(pos_ + 1)))) {
      statement_.blocks[block].limited = true;
    }
    statement_.blocks[block].grouped = statement_.blocks[block].grouped || (depth == 0 && t.word("DISTINCT"));
    if (is_aggregate(t) && opens(pos_ + 1) && !is_word(after_group(pos_ + 1), "OVER")) {
      statement_.blocks[block].aggregate = true;
    }
    if (opens(pos_) && begins_query(pos_ + 1)) {
      const bool tested = is_word(pos_ - 1, "EXISTS");
      const std::uint32_t inside = subquery(pos_, tested ? QueryBlock::Role::kExists : QueryBlock::Role::kScalar);
      if (tested) {
        mark_tested(inside);
      }
      continue;
    }
    depth += opens(pos_) ? 1U : 0U;
    depth -= t.is(")") && depth > 0 ? 1U : 0U;
    ++pos_;
  }
}

/// ORDER BY, LIMIT and what else may end a query.
void StatementParser::tail(std::uint32_t block) {
  while (pos_ < end_ && !failed_) {
    if (is_word(pos_, "ORDER") && is_word(pos_ + 1, "BY")) {
      pos_ += 2;
      order_by(block);
      continue;
    }
    const bool all = word_in(token(pos_ + 1), {"ALL", "NULL"});
    if (word_in(token(pos_), {"LIMIT", "FETCH"}) && !all) {
      statement_.blocks[block].limited = true;
    }
    pass();
  }
}

void StatementParser::order_by(std::uint32_t block) {
  while (pos_ < end_ && !failed_) {
    const std::size_t begin = pos_;
    OrderTerm term;
    std::size_t end = pos_;
    while (pos_ < end_ && !token(pos_).is(",") && !ends_clause(pos_)) {
      const bool direction = word_in(token(pos_), {"ASC", "DESC", "NULLS"});
      term.descending = term.descending || is_word(pos_, "DESC");
      term.nulls_said = term.nulls_said || is_word(pos_, "NULLS");
      term.nulls_first = term.nulls_first || (is_word(pos_, "NULLS") && is_word(pos_ + 1, "FIRST"));
      if (opens(pos_) && begins_query(pos_ + 1)) {
        subquery(pos_, QueryBlock::Role::kScalar);
        end = pos_;
        continue;
      }
      const std::size_t next = opens(pos_) ? after_group(pos_) : pos_ + 1;
      end = direction || term.nulls_said ? end : next;
      pos_ = next;
    }
    if (!column_path(begin, end, term.column)) {
      Operand whole;
      whole.begin = begin;
      whole.end = end;
      find_columns(whole);
      term.columns = whole.columns;
      find_distance(term, begin, end);
    }
    term.position = end == begin + 1 && is_value(token(begin));
    statement_.blocks[block].order.push_back(std::move(term));
    if (!token(pos_).is(",") || pos_ >= end_) {
      return;
    }
    ++pos_;
  }
}

}  // namespace budgetcheck
