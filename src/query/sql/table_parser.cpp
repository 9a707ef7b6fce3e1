#include "base/text.h"
#include "query/sql/statement_parser.h"

namespace budgetcheck {

/// Words between two tables; false when none follow.
bool StatementParser::join_words(TableUse::Join& join, bool& comma) {
  std::size_t i = pos_;
  join = TableUse::Join::kInner;
  comma = false;
  if (i >= end_) {
    return false;
  }
  if (token(i).is(",")) {
    comma = true;
    pos_ = i + 1;
    return true;
  }
  while (word_in(token(i), {"NATURAL", "INNER", "CROSS", "LEFT", "RIGHT", "FULL", "OUTER"})) {
    join = is_word(i, "LEFT")                               ? TableUse::Join::kLeft
           : word_in(token(i), {"RIGHT", "FULL"})           ? TableUse::Join::kPreserved
           : is_word(i, "OUTER") && is_word(i + 1, "APPLY") ? TableUse::Join::kLeft
                                                            : join;
    ++i;
  }
  if (!word_in(token(i), {"JOIN", "STRAIGHT_JOIN", "APPLY"})) {
    return false;
  }
  pos_ = i + 1;
  return true;
}

void StatementParser::from(std::uint32_t block) {
  TableUse::Join join = TableUse::Join::kInner;
  bool comma = false;
  do {
    table(block, join);
  } while (!failed_ && join_words(join, comma));
}

void StatementParser::table(std::uint32_t block, TableUse::Join join) {
  const Nesting nesting(*this);
  while (word_in(token(pos_), {"ONLY", "LATERAL"})) {
    ++pos_;
  }
  if (failed_ || pos_ >= end_) {
    give_up();
    return;
  }
  TableUse use;
  use.join = join;
  if (opens(pos_) && begins_query(pos_ + 1)) {
    use.block = subquery(pos_, QueryBlock::Role::kFrom);
  } else if (opens(pos_) && is_word(pos_ + 1, "VALUES")) {
    pass();
  } else if (opens(pos_)) {
    const std::size_t end = end_;
    const std::size_t close = closes_[pos_];
    end_ = close;
    ++pos_;
    from(block);
    if (pos_ != close) {
      give_up();
    }
    end_ = end;
    pos_ = close + 1;
    if (!is_word(pos_, "ON")) {
      return;
    }
  } else if (token(pos_).identifier()) {
    std::vector<std::string> path{name_at(pos_++)};
    while (token(pos_).is(".") && token(pos_ + 1).identifier()) {
      path.push_back(name_at(pos_ + 1));
      pos_ += 2;
    }
    if (opens(pos_)) {
      pass();  // a function
    } else {
      use.table = path.back();
      use.schema = path.size() > 1 ? path[path.size() - 2] : std::string();
      const auto common = path.size() == 1 ? common_.find(lower(use.table)) : common_.end();
      if (common != common_.end()) {
        use.block = common->second;
        use.alias = use.table;
        use.table.clear();
      }
    }
  } else {
    give_up();
    return;
  }
  alias(use);
  if (is_word(pos_, "ON") && pos_ < end_) {
    ++pos_;
    use.on = condition(false);
  } else if (is_word(pos_, "USING") && opens(pos_ + 1) && !statement_.blocks[block].tables.empty()) {
    use.on.kind = Condition::Kind::kAnd;
    for (std::size_t i = pos_ + 2; i < closes_[pos_ + 1]; ++i) {
      if (token(i).identifier()) {
        Condition equal;
        equal.kind = Condition::Kind::kCompare;
        equal.comparison = Comparison::kEqual;
        equal.column = {use.name(), name_at(i)};
        equal.other = {statement_.blocks[block].tables.front().name(), name_at(i)};
        equal.columns = {equal.column, equal.other};
        use.on.parts.push_back(std::move(equal));
      }
    }
    pos_ = after_group(pos_ + 1);
  }
  statement_.blocks[block].tables.push_back(std::move(use));
}

/// What may follow a table: its other name, columns of it, hints.
void StatementParser::alias(TableUse& use) {
  const bool said = is_word(pos_, "AS");
  pos_ += said ? 1U : 0U;
  bool said_columns = said;
  const bool keyword =
      ends_clause(pos_) ||
      word_in(token(pos_), {"ON",     "USING",         "JOIN",   "NATURAL", "INNER", "CROSS",  "LEFT", "RIGHT",
                            "FULL",   "STRAIGHT_JOIN", "OUTER",  "USE",     "FORCE", "IGNORE", "WITH", "TABLESAMPLE",
                            "VALUES", "SELECT",        "OUTPUT", "INDEXED", "NOT",   "AND",    "OR"});
  if (pos_ < end_ && token(pos_).identifier() && (said || !keyword)) {
    use.alias = name_at(pos_++);
    said_columns = true;
  }
  if (said_columns && opens(pos_) && pos_ < end_) {
    pos_ = after_group(pos_);
  }
  pos_ += is_word(pos_, "NOT") && is_word(pos_ + 1, "INDEXED") ? 2U : 0U;  // SQLite
  while (pos_ < end_ && word_in(token(pos_), {"USE", "FORCE", "IGNORE", "WITH", "TABLESAMPLE", "INDEXED"})) {
    while (pos_ < end_ && !opens(pos_) && !ends_clause(pos_) && !token(pos_).is(",") &&
           !word_in(token(pos_), {"ON", "JOIN", "LEFT", "INNER"})) {
      ++pos_;
    }
    if (!opens(pos_)) {
      break;
    }
    pos_ = after_group(pos_);
  }
}

}  // namespace budgetcheck
