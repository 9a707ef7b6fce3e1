#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/facts.h"
#include "query/sql/lexer.h"

namespace budgetcheck {

/// A column as a statement writes it: "t"."id", or just id. Quotes are gone.
struct ColumnRef {
  std::string qualifier;  ///< table or alias; empty: not said
  std::string name;       ///< empty: no column
  bool operator==(const ColumnRef&) const = default;
};

enum class Comparison {
  kEqual,
  kIn,  ///< a list, an array, or a subquery
  kRange,
  kIsNull,
  kIsNotNull,
  kNotEqual,
  kNotIn,
  kLikePrefix,   ///< LIKE 'abc%'
  kLikeAny,      ///< LIKE '%abc'
  kLikeUnknown,  ///< the whole pattern is a parameter
  kILikePrefix,
  kILikeAny,
  kContains,  ///< @>, <@, &&: of JSON, arrays, ranges
  kMatch,     ///< full text
  kOther,     ///< regular expressions and whatever else
};

/// What WHERE, ON or HAVING says. NOT is pushed down to the comparisons, so there is none.
struct Condition {
  enum class Kind {
    kAnd,
    kOr,
    kTrue,   ///< 1=1
    kFalse,  ///< 1=0, IN (NULL)
    kCompare,
    kExists,     ///< EXISTS (subquery)
    kNotExists,  ///< and NOT IN (subquery)
    kUnknown,    ///< not understood; it may be about `columns`
  };
  Kind kind = Kind::kTrue;
  std::vector<Condition> parts;  ///< kAnd, kOr

  // kCompare
  ColumnRef column;  ///< the side that stands bare; empty when none does (see `columns`)
  Comparison comparison = Comparison::kOther;
  bool turned = false;             ///< stood behind NOT: NOT (a > 1) is a range too
  ColumnRef other;                 ///< set when the other side is a bare column too
  std::vector<ColumnRef> columns;  ///< all that it names, but those of subqueries
  /// The side with columns that is not a bare column: "lower(email)"; the whole when both sides are bare: "a < b".
  std::string expression;
  std::string cast;  ///< the bare column's casts, lower case, the inner first: "text", "text::date"
  /// The operator, where `comparison` does not say it all: "@>", "@?", "%", "~*", "st_dwithin", "is not distinct from".
  /// As if the column stood on its left. Empty behind NOT.
  std::string op;
  /// What the side without columns is made to be by a cast or a function that gives nothing else: "text", "numeric".
  /// Empty: it takes on the column's type.
  std::string value_type;
  enum class Truth { kUnsaid, kTrue, kFalse };
  Truth truth = Truth::kUnsaid;  ///< what the column must be: active, NOT active, active = true
  std::vector<ColumnRef> row;    ///< (a, b) IN ((1, 2)): its columns; `column` is the first

  static constexpr std::uint32_t kNoBlock = 0xFFFFFFFF;
  std::uint32_t block = kNoBlock;  ///< the subquery, as index into Statement::blocks
};

/// A table that a block reads, or something that stands where a table may.
struct TableUse {
  enum class Join {
    kInner,      ///< and the first of FROM
    kLeft,       ///< its rows may be missing
    kPreserved,  ///< RIGHT and FULL: all of its rows come
  };
  std::string schema;
  std::string table;  ///< empty for a subquery or a function
  std::string alias;  ///< empty: none
  Join join = Join::kInner;
  Condition on;
  std::uint32_t block = Condition::kNoBlock;  ///< the subquery, or the common table that `table` names

  /// What columns are qualified with.
  const std::string& name() const { return alias.empty() ? table : alias; }
};

struct OrderTerm {
  ColumnRef column;                ///< empty: an expression
  std::vector<ColumnRef> columns;  ///< all that it names, but those of subqueries
  std::string distance;            ///< "<->" of ORDER BY place <-> ?; its column is the only one in `columns`
  bool descending = false;
  bool nulls_said = false;   ///< NULLS FIRST or LAST
  bool nulls_first = false;  ///< of these, FIRST
  bool position = false;     ///< a number: which of the selected columns, is not known
};

/// One SELECT with its clauses, or the reading part of an UPDATE or DELETE.
struct QueryBlock {
  enum class Role {
    kTop,
    kFrom,    ///< (SELECT …) AS x, or a common table
    kExists,  ///< EXISTS, IN: rows are only looked for
    kScalar,  ///< stands for a value
  };
  Role role = Role::kTop;
  std::uint32_t parent = Condition::kNoBlock;
  std::vector<TableUse> tables;
  Condition where;
  std::vector<OrderTerm> order;
  bool limited = false;    ///< has LIMIT, FETCH or TOP, whatever its value
  bool aggregate = false;  ///< counts or sums instead of returning rows
  bool grouped = false;    ///< GROUP BY or DISTINCT
  bool in_union = false;
  bool negated = false;  ///< of NOT EXISTS and NOT IN
  bool tested = false;   ///< of EXISTS: reading ends with the first row
};

/// What a statement reads.
struct Statement {
  Verb verb = Verb::kOther;
  bool understood = false;  ///< false: no part of it may be judged
  std::vector<QueryBlock> blocks;
};

/// Reads a statement (or a shape's text). Parts that it does not know become kUnknown conditions; a statement that
/// is cut off, nested too deeply or not SQL is not understood. Linear but for nesting; no recursion beyond a limit.
Statement parse_statement(std::string_view sql, Dialect dialect = Dialect::kUnknown);

}  // namespace budgetcheck
