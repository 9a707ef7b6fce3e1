#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/facts.h"
#include "query/sql/lexer.h"

namespace budgetcheck {

/// Parameters that may differ between executions without making them a loop: numbers of placeholders, from 1.
struct ParamRange {
  enum class Kind {
    kPage,   ///< LIMIT, OFFSET, the cursor of an ordered read, or the bounds of a window of one column
    kList,   ///< keys of an IN list, rows of VALUES
    kArray,  ///< the array of "= ANY(?)": how many keys it holds stands in the parameter
  };
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  Kind kind = Kind::kPage;
};

/// One statement without what varies from one execution to the next.
struct Shape {
  enum class Kind {
    kStatement,
    kControl,  ///< COMMIT, SET, …, or nothing but comments: says nothing about data
    kNotSql,   ///< begins like no statement
  };
  Kind kind = Kind::kNotSql;
  /// For people: as written, but literals and placeholders are '?', comments are gone, blanks are one space, and
  /// lists of values after IN and VALUES are "(?)". The wildcard '%' and the tautologies 1=1 and 1=0 stay, and of a
  /// literal behind LIKE where its wildcard is ('%?' or '?%'): they are part of the statement's form. Longer than
  /// kMaxText it ends in "…".
  std::string text;
  /// Equal for statements of one shape: quotes, case of keywords, blanks and 1=1 do not count. 32 hex digits.
  std::string key;
  Verb verb = Verb::kOther;
  std::string table;     ///< as in QueryShape; as written, not yet safe to show
  bool joins = false;    ///< reads more than one table
  bool probe = false;    ///< a read of nothing but columns that it compares with values: does the row exist?
  bool narrow = false;   ///< a read of one column
  bool ordered = false;  ///< has ORDER BY
  bool walks = false;    ///< repeated, it can only be a walk: has a cursor or a window, and no other placeholders
  bool single = false;   ///< a read that says LIMIT 1 itself (LIMIT ? is not known)
  bool claims = false;   ///< takes rows that nobody else holds: SKIP LOCKED
  bool swaps = false;    ///< sets a column that it compares with a value: the version of an optimistic lock

  std::uint32_t placeholders = 0;  ///< the highest number
  std::uint32_t limit = 0;         ///< the placeholder of the last LIMIT; 0: it has none
  bool unlimited = false;          ///< the last LIMIT is a literal that limits nothing: -1, or the highest number
  std::vector<ParamRange> ranges;
  std::uint64_t list_size = 0;         ///< entries of the longest IN list or of VALUES; 0: has none
  std::uint64_t literals = 0;          ///< hash of all literals
  std::uint64_t literals_unpaged = 0;  ///< without those of LIMIT, OFFSET and cursors
  std::uint64_t literals_rest = 0;     ///< and without those of lists
  /// Values that say which rows the statement is about: what a condition compares for equality.
  bool keyed = false;               ///< there is one
  std::uint64_t keys = 0;           ///< bit n: placeholder n + 1 is one, or begins a list of them
  std::uint64_t literals_keys = 0;  ///< hash of the literals among them
  std::uint64_t key_column = 0;     ///< hash of the column that the first of them is compared with; 0: none

  static constexpr std::size_t kMaxText = std::size_t{32} << 10;
};

/// Linear in the statement's length; bounded memory beyond the statement itself.
/// shape_of(shape_of(x).text) has the text and the key of shape_of(x).
Shape shape_of(std::string_view sql, Dialect dialect = Dialect::kUnknown);

}  // namespace budgetcheck
