#include "query/index/index_use.h"

#include <algorithm>

#include "base/text.h"

namespace budgetcheck {
namespace {

bool same(const std::string& a, const std::string& b) { return equals_ignoring_case(a, b); }

bool is_ordered(const TableIndex& index) {
  return index.method == TableIndex::Method::kBTree && index.kind != TableIndex::Kind::kFullText;
}

/// The operator class makes LIKE 'abc%' a range of bytes.
bool compares_patterns(const std::string& ops) { return lower(ops).find("pattern_ops") != std::string::npos; }
bool knows_trigrams(const std::string& ops) { return lower(ops).find("trgm") != std::string::npos; }

/// A cast that changes nothing, in PostgreSQL: of a text to text, of JSON to jsonb. Elsewhere every cast makes an
/// expression of a column.
bool cast_is_idle(const Column& column, DatabaseKind kind, std::string_view cast) {
  if (kind == DatabaseKind::kMysql || kind == DatabaseKind::kSqlite || kind == DatabaseKind::kSqlServer) {
    return false;
  }
  const std::size_t inner = cast.rfind("::");
  if (inner != std::string_view::npos) {
    return cast_is_idle(column, kind, cast.substr(0, inner)) && cast_is_idle(column, kind, cast.substr(inner + 2));
  }
  const std::string native = lower(column.native);
  const auto is = [&](std::string_view type) { return native.starts_with(type); };
  const bool text = column.type == ColumnType::kString && !column.list && !is("uuid") && !is("inet") && !is("xml") &&
                    !is("bit") && !is("citext") && !is("char");
  if (cast == "text" || cast == "varchar") {
    return text;
  }
  return (cast == "jsonb" && column.type == ColumnType::kJson) || (cast == "uuid" && native.starts_with("uuid"));
}

/// What a B-tree that begins with the column says to the comparison.
Obstacle ask_btree(const IndexColumn& first, DatabaseKind kind, Comparison comparison) {
  switch (comparison) {
    case Comparison::kEqual:
    case Comparison::kIn:
    case Comparison::kIsNull:
    case Comparison::kIsNotNull:
      return Obstacle::kNone;
    case Comparison::kRange:  // < of the language is not < of the bytes
      return compares_patterns(first.ops) ? Obstacle::kWrongMethod : Obstacle::kNone;
    case Comparison::kNotEqual:
    case Comparison::kNotIn:
      return kind == DatabaseKind::kMysql ? Obstacle::kNone : Obstacle::kNotEqual;
    case Comparison::kLikePrefix:
      if (kind == DatabaseKind::kSqlite) {
        return Obstacle::kIgnoresCase;  // its LIKE ignores case, its indexes do not
      }
      return kind == DatabaseKind::kPostgres && !compares_patterns(first.ops) ? Obstacle::kPatternOps : Obstacle::kNone;
    case Comparison::kLikeUnknown:
      if (kind == DatabaseKind::kSqlite) {
        return Obstacle::kIgnoresCase;
      }
      return kind == DatabaseKind::kPostgres && !compares_patterns(first.ops) ? Obstacle::kPatternOps : Obstacle::kNone;
    case Comparison::kLikeAny:
      return Obstacle::kWildcardFirst;
    case Comparison::kILikePrefix:
    case Comparison::kILikeAny:
      return Obstacle::kIgnoresCase;
    case Comparison::kContains:
    case Comparison::kMatch:
      return Obstacle::kWrongMethod;
    case Comparison::kOther:
      break;
  }
  return Obstacle::kOtherOperator;
}

Obstacle ask_inverted(const IndexColumn& column, bool list, Comparison comparison) {
  switch (comparison) {
    case Comparison::kEqual:  // of whole arrays; trigrams narrow it down
      return list || knows_trigrams(column.ops) ? Obstacle::kNone : Obstacle::kWrongMethod;
    case Comparison::kLikePrefix:
    case Comparison::kLikeAny:
    case Comparison::kLikeUnknown:
    case Comparison::kILikePrefix:
    case Comparison::kILikeAny:
    case Comparison::kOther:  // regular expressions
      return knows_trigrams(column.ops) ? Obstacle::kNone : Obstacle::kWrongMethod;
    case Comparison::kContains:
    case Comparison::kMatch:
      return Obstacle::kNone;
    default:
      return Obstacle::kWrongMethod;
  }
}

/// What values with an order, and NULL, can be asked for.
bool is_plain(Comparison comparison) {
  return comparison == Comparison::kEqual || comparison == Comparison::kIn || comparison == Comparison::kRange ||
         comparison == Comparison::kIsNull || comparison == Comparison::kIsNotNull;
}

Obstacle ask(const TableIndex& index, const IndexColumn& column, bool list, DatabaseKind kind, Comparison comparison) {
  switch (index.method) {
    case TableIndex::Method::kHash:
      return comparison == Comparison::kEqual || comparison == Comparison::kIn ? Obstacle::kNone
                                                                               : Obstacle::kWrongMethod;
    case TableIndex::Method::kGin:
      return ask_inverted(column, list, comparison);
    case TableIndex::Method::kGist:  // of ranges and addresses; of plain types with btree_gist, else it could not be
    case TableIndex::Method::kSpGist:
      return is_plain(comparison) ? Obstacle::kNone : ask_inverted(column, list, comparison);
    case TableIndex::Method::kBrin:
      return is_plain(comparison) ? Obstacle::kNone : Obstacle::kWrongMethod;
    case TableIndex::Method::kBTree:
    case TableIndex::Method::kOther:
      break;
  }
  return ask_btree(column, kind, comparison);
}

/// Any column of these indexes may be asked for alone.
bool has_no_order_of_columns(const TableIndex& index) {
  return index.method == TableIndex::Method::kGin || index.method == TableIndex::Method::kBrin;
}

/// The obstacle that lies in the comparison itself, whatever is indexed.
Obstacle without_index(DatabaseKind kind, Comparison comparison) {
  const Obstacle obstacle = ask_btree({}, kind, comparison);
  return obstacle == Obstacle::kNone || obstacle == Obstacle::kWrongMethod ? Obstacle::kNoIndex : obstacle;
}

bool covers_full_text(const TableIndex& index, const std::vector<ColumnRef>& columns) {
  return index.kind == TableIndex::Kind::kFullText && index.columns.size() == columns.size() &&
         std::all_of(columns.begin(), columns.end(), [&](const ColumnRef& ref) {
           return std::any_of(index.columns.begin(), index.columns.end(),
                              [&](const IndexColumn& column) { return same(column.name, ref.name); });
         });
}

}  // namespace

IndexVerdict index_for(const Table& table, DatabaseKind kind, const Condition& condition, const std::string& name) {
  if (condition.comparison == Comparison::kMatch && !condition.row.empty()) {
    for (const TableIndex& index : table.indexes) {
      if (covers_full_text(index, condition.row)) {
        return {Obstacle::kNone, &index, false};
      }
    }
    return {Obstacle::kNoIndex, nullptr, false};
  }
  if (name.empty()) {
    return {Obstacle::kExpression, nullptr, false};
  }
  const Column* column = table.column(name);
  if (!condition.cast.empty() && column != nullptr && !cast_is_idle(*column, kind, condition.cast)) {
    return {Obstacle::kExpression, nullptr, false};
  }
  if (kind == DatabaseKind::kSqlite && condition.turned) {
    return {Obstacle::kOtherOperator, nullptr, false};  // it does not look behind NOT
  }
  IndexVerdict best{without_index(kind, condition.comparison), nullptr, false};
  bool leads = false;
  for (const TableIndex& index : table.indexes) {
    if (index.partial) {
      continue;
    }
    for (std::size_t i = 0; i < index.columns.size(); ++i) {
      if (!same(index.columns[i].name, name) || index.kind == TableIndex::Kind::kFullText) {
        continue;
      }
      const Obstacle obstacle =
          ask(index, index.columns[i], column != nullptr && column->list, kind, condition.comparison);
      const bool first = i == 0 || has_no_order_of_columns(index);
      if (first && obstacle == Obstacle::kNone) {
        return {Obstacle::kNone, &index, false};
      }
      if (first) {
        best = leads ? best : IndexVerdict{obstacle, &index, false};
        leads = true;
      } else if (!leads && obstacle == Obstacle::kNone && best.obstacle == Obstacle::kNoIndex) {
        best = {Obstacle::kNotLeading, &index, kind == DatabaseKind::kSqlite && i == 1};
      }
    }
  }
  return best;
}

bool index_gives_order(const Table& table, DatabaseKind kind, const std::vector<OrderColumn>& order,
                       const std::vector<std::string>& equal) {
  if (order.empty()) {
    return true;
  }
  const bool partly = kind == DatabaseKind::kPostgres || kind == DatabaseKind::kSqlite;
  const auto is_equal = [&](const std::string& name) {
    return std::any_of(equal.begin(), equal.end(), [&](const std::string& e) { return same(e, name); });
  };
  for (const TableIndex& index : table.indexes) {
    if (index.partial || !is_ordered(index)) {
      continue;
    }
    std::size_t given = 0;
    std::size_t at = 0;
    int direction = 0;
    while (given < order.size() && is_equal(order[given].name)) {
      ++given;  // the same in all rows
    }
    while (at < index.columns.size() && given < order.size()) {
      const IndexColumn& column = index.columns[at];
      if (!same(column.name, order[given].name)) {
        if (!is_equal(column.name)) {
          break;
        }
        ++at;
        continue;
      }
      const int way = column.descending == order[given].descending ? 1 : -1;
      if ((direction != 0 && way != direction) || column.length != 0 || compares_patterns(column.ops)) {
        break;
      }
      direction = way;
      ++given;
      ++at;
    }
    const bool unique = at == index.columns.size() && given > 0 &&
                        (index.kind == TableIndex::Kind::kPrimary || index.kind == TableIndex::Kind::kUnique);
    const bool rest_is_implied =
        given + 1 == order.size() && at == index.columns.size() && same(order[given].name, implied_column(table, kind));
    if (given == order.size() || unique || rest_is_implied || (partly && direction != 0)) {
      return true;
    }
  }
  return false;
}

std::string implied_column(const Table& table, DatabaseKind kind) {
  if (kind != DatabaseKind::kMysql && kind != DatabaseKind::kSqlite) {
    return {};
  }
  for (const TableIndex& index : table.indexes) {
    if (index.kind != TableIndex::Kind::kPrimary || index.columns.size() != 1) {
      continue;
    }
    const Column* column = table.column(index.columns.front().name);
    const bool number = column != nullptr && (column->type == ColumnType::kInt || column->type == ColumnType::kBigInt);
    return kind == DatabaseKind::kMysql || number ? index.columns.front().name : std::string();
  }
  return {};
}

}  // namespace budgetcheck
