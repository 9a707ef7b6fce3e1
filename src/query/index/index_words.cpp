#include "query/index/index_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>

#include "base/text.h"
#include "query/index/index_advice.h"
#include "query/index/operator_classes.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kShown = 80;

/// "@@index([title(ops: raw("gin_trgm_ops"))], type: Gin)", with a name where the column has an index of Prisma's name.
std::string line_with_ops(const Table& table, const std::string& column, std::string_view ops, std::string_view type) {
  const bool taken = std::any_of(table.indexes.begin(), table.indexes.end(), [&](const TableIndex& index) {
    return index.kind == TableIndex::Kind::kPlain && index.columns.size() == 1 &&
           equals_ignoring_case(index.columns.front().name, column);
  });
  const std::string name =
      printable(table.name + "_" + column + "_" + std::string(ops.substr(0, ops.rfind('_'))) + "_idx");
  return fmt::format("@@index([{}(ops: raw(\"{}\"))]{}{})", field_of(table, column), ops,
                     type.empty() ? std::string() : fmt::format(", type: {}", type),
                     taken ? fmt::format(", map: \"{}\"", name) : std::string());
}
std::string trigram_line(const Table& table, const std::string& column) {
  return line_with_ops(table, column, "gin_trgm_ops", "Gin");
}

bool is_citext(const Table& table, const std::string& name) {
  const Column* column = name.empty() ? nullptr : table.column(name);
  return column != nullptr && ignores_case(*column);
}

}  // namespace

std::string index_name(const TableIndex& index, const Table& table) {
  if (!index.name.empty()) {
    return "'" + printable(index.name) + "'";
  }
  std::vector<std::string> fields;
  for (const IndexColumn& part : index.columns) {
    fields.push_back(part.name.empty() ? printable(part.expression) : field_of(table, part.name));
  }
  return "[" + join(fields, ", ") + "]";
}

std::string line_for(const Unserved& unserved, const Table& table, DatabaseKind kind) {
  const std::string field = field_of(table, unserved.column);
  if (unserved.column.empty()) {
    return {};
  }
  switch (unserved.obstacle) {
    case Obstacle::kNoIndex:
    case Obstacle::kNotLeading:
      return is_indexable(table, unserved.column) && !splits_in_two(table, unserved.column)
                 ? schema_line({{{unserved.column, false}}, 1}, table, kind)
                 : std::string();
    case Obstacle::kWildcardFirst:
    case Obstacle::kIgnoresCase:
      return kind == DatabaseKind::kPostgres ? trigram_line(table, unserved.column) : std::string();
    case Obstacle::kPatternOps:
      return line_with_ops(table, unserved.column, "text_pattern_ops", {});
    default:
      return {};
  }
}

std::string reason_for(const Unserved& unserved, const Table& table, DatabaseKind kind) {
  const std::string column = "'" + field_of(table, unserved.column) + "'";
  switch (unserved.obstacle) {
    case Obstacle::kNone:
    case Obstacle::kNoIndex:
      return "no index begins with " + column;
    case Obstacle::kNotLeading: {
      std::vector<std::string> fields;
      for (const IndexColumn& part : unserved.index->columns) {
        fields.push_back(field_of(table, part.name));
      }
      return fmt::format("{} is not the first of the index [{}]", column, join(fields, ", "));
    }
    case Obstacle::kWildcardFirst:
      return fmt::format("LIKE '%…' on {} begins with a wildcard", column);
    case Obstacle::kIgnoresCase:
      if (is_citext(table, unserved.column)) {
        return fmt::format("patterns on {} read it as text, which its index does not hold", column);
      }
      return kind == DatabaseKind::kSqlite
                 ? fmt::format("SQLite's LIKE on {} ignores case, and its indexes do not", column)
                 : fmt::format("ILIKE on {} ignores case", column);
    case Obstacle::kPatternOps:
      return unserved.index == nullptr
                 ? "no index begins with " + column
                 : fmt::format("the index on {} is sorted by language, and LIKE 'abc%' needs character order", column);
    case Obstacle::kNotEqual:
      return fmt::format("<> and NOT IN on {} exclude few rows", column);
    case Obstacle::kExpression:
      return unserved.expression.empty() ? "a cast stands on " + column
                                         : fmt::format("no column index covers '{}'", unserved.expression);
    case Obstacle::kWrongMethod:
      return fmt::format("the type of the index on {} does not support this comparison", column);
    case Obstacle::kOtherOperator:
      return unserved.column.empty() ? fmt::format("no index of columns answers '{}'", unserved.expression)
                                     : fmt::format("this comparison on {} must look at every row", column);
    case Obstacle::kPartial:
      return fmt::format(
          "the index {} covers only rows where {}, which the statement does not ask for",
          index_name(*unserved.index, table),
          unserved.index->predicate.empty() ? "its condition holds" : shorten(unserved.index->predicate, kShown));
    case Obstacle::kNotDistinct:
      return fmt::format("PostgreSQL takes no index for IS NOT DISTINCT FROM on {}", column);
    case Obstacle::kValueType:
      return fmt::format("the value's type makes the database convert {} in every row", column);
  }
  return {};
}

namespace {

/// A type that is PostgreSQL's own, as the value must be cast to it: "uuid".
std::string type_of(const Table& table, const std::string& name) {
  const Column* column = table.column(name);
  if (column == nullptr) {
    return {};
  }
  const std::string native = lower(column->native);
  switch (column->type) {
    case ColumnType::kString:
      return native.starts_with("uuid") ? "uuid" : native.starts_with("citext") ? "citext" : "";
    case ColumnType::kInt:
      return "int";
    case ColumnType::kBigInt:
      return "bigint";
    case ColumnType::kDecimal:
      return "numeric";
    default:
      return {};
  }
}

bool mentions(const std::string& text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return text.find(word) != std::string::npos; });
}

/// A function, a cast or a JSON path on the column.
std::string expression_advice(const Unserved& unserved, const Table& table, DatabaseKind kind) {
  const std::string name = unserved.column.empty() ? unserved.inner : unserved.column;
  const std::string field = name.empty() ? std::string() : field_of(table, name);
  const Column* column = name.empty() ? nullptr : table.column(name);
  const std::string text = lower(unserved.expression);
  const bool date = column != nullptr && column->type == ColumnType::kDateTime;
  if (date &&
      (mentions(unserved.cast, {"date"}) || mentions(text, {"date", "trunc", "extract", "year", "month", "day"}))) {
    return fmt::format(
        "Compare '{0}' itself with a range: {0} >= the first moment wanted and {0} < the first one after; with an "
        "index "
        "on '{0}' that is found.",
        field);
  }
  if (date && mentions(text, {"time zone", "timezone"})) {
    return fmt::format(
        "Convert the value and not the column: leave '{}' as it is, with AT TIME ZONE on the other side.", field);
  }
  const bool parts = unserved.comparison == Comparison::kLikePrefix || unserved.comparison == Comparison::kLikeAny ||
                     unserved.comparison == Comparison::kLikeUnknown;
  if (is_citext(table, name) && parts) {
    return fmt::format(
        "Search with trigrams, which a cast to text does not hide: {}, after a migration with CREATE EXTENSION "
        "pg_trgm.",
        trigram_line(table, name));
  }
  if (is_citext(table, name)) {
    return fmt::format("'{}' is citext and ignores case by itself: compare it bare, without lower() or a cast to text.",
                       field);
  }
  if (column != nullptr && column->list && unserved.column.empty()) {
    return fmt::format("Ask with {0} @> ARRAY[$1] (Prisma's has), which @@index([{0}], type: Gin) serves.", field);
  }
  const std::string type = kind == DatabaseKind::kPostgres && !unserved.cast.empty() ? type_of(table, name) : "";
  if (!type.empty()) {
    return fmt::format("Cast the value and not the column: {0} = $1::{1}; an index on '{0}' serves that.", field, type);
  }
  const std::string shown =
      unserved.expression.empty() ? field + (unserved.cast.empty() ? "" : "::" + unserved.cast) : unserved.expression;
  if (mentions(text, {"to_tsvector"})) {
    return fmt::format(
        "Index the words in a migration: CREATE INDEX … ON … USING gin (({})), or keep them in a column.", shown);
  }
  return mentions(text, {"#", "->", "json"})
             ? fmt::format(
                   "Move the value out of the JSON into a column with an index, or index the expression in a "
                   "migration (CREATE INDEX … ON … (({}))).",
                   shown)
             : fmt::format(
                   "Store the compared value in an indexed column of its own, or index the expression in a "
                   "migration (CREATE INDEX … ON … (({}))).",
                   shown);
}

/// The index is there, but of another kind or operator class.
std::string wrong_method_advice(const Unserved& unserved, const Table& table) {
  const Column* column = table.column(unserved.column);
  const std::string field = field_of(table, unserved.column);
  if (column != nullptr && column->type == ColumnType::kJson) {
    return fmt::format(
        "A Gin index on '{}' serves @>, @?, @@ and, without ops: JsonbPathOps, the tests for keys; other comparisons "
        "need an index on the expression.",
        field);
  }
  return is_indexable(table, unserved.column)
             ? fmt::format("Add {} beside it.",
                           schema_line({{{unserved.column, false}}, 1}, table, DatabaseKind::kPostgres))
             : "Combine it with a condition that has an index.";
}

std::string other_operator_advice(const Unserved& unserved, const Table& table) {
  const std::string& name = unserved.column.empty() ? unserved.inner : unserved.column;
  constexpr std::string_view kTrigrams[] = {"%", "<%", "%>", "<<%", "%>>", "~", "~*", "similar to", "^@"};
  if (std::find(std::begin(kTrigrams), std::end(kTrigrams), unserved.op) != std::end(kTrigrams) && !name.empty()) {
    return fmt::format("Search with trigrams: {}, after a migration with CREATE EXTENSION pg_trgm.",
                       trigram_line(table, name));
  }
  if (unserved.op.starts_with("@?") || unserved.op.starts_with("?")) {
    return fmt::format("Add @@index([{}], type: Gin).", field_of(table, name));
  }
  return unserved.op.starts_with("st_") && !name.empty()
             ? fmt::format("Add @@index([{}], type: Gist).", field_of(table, name))
             : "Combine it with a condition that has an index.";
}

}  // namespace

std::string advice_for(const Unserved& unserved, const Table& table, DatabaseKind kind) {
  const std::string field = field_of(table, unserved.column);
  switch (unserved.obstacle) {
    case Obstacle::kWildcardFirst:
    case Obstacle::kIgnoresCase:
      if (is_citext(table, unserved.column) && unserved.comparison == Comparison::kILikeAny) {
        return fmt::format(
            "'{0}' is citext and ignores case by itself: compare it with =, without mode: \"insensitive\".", field);
      }
      if (is_citext(table, unserved.column)) {
        return fmt::format(
            "Search its text with trigrams: {}::text LIKE …, and {} after a migration with CREATE EXTENSION pg_trgm.",
            field, trigram_line(table, unserved.column));
      }
      if (kind == DatabaseKind::kPostgres) {
        return fmt::format("Search with trigrams: {}, after a migration with CREATE EXTENSION pg_trgm.",
                           line_for(unserved, table, kind));
      }
      if (kind == DatabaseKind::kMysql) {
        return fmt::format(
            "Use startsWith if that is what is meant, or a full-text index on '{}' with Prisma's search.", field);
      }
      return kind == DatabaseKind::kSqlite
                 ? "Store an indexed copy in lower case and compare it as a range, or use an FTS5 table."
                 : "Use startsWith if that is what is meant, or a full-text index.";
    case Obstacle::kPatternOps:
      return fmt::format("Add {}, which startsWith can use.", line_for(unserved, table, kind));
    case Obstacle::kNotEqual:
      return "Name the wanted values instead of the unwanted ones, or combine it with a condition that has an index.";
    case Obstacle::kExpression:
      return expression_advice(unserved, table, kind);
    case Obstacle::kNotDistinct:
      return fmt::format("Write {0} = … where the value is not NULL, and {0} IS NULL where it is.", field);
    case Obstacle::kValueType:
      return type_of(table, unserved.column).empty() ? fmt::format("Cast the value to the type of '{}'.", field)
                                                     : fmt::format("Cast the value to the column's type: {} = (…)::{}.",
                                                                   field, type_of(table, unserved.column));
    case Obstacle::kPartial:
      return fmt::format("Add the index's condition to the statement, or an index for all rows: {}.",
                         schema_line({{{unserved.column, false}}, 1}, table, kind));
    case Obstacle::kWrongMethod:
      return wrong_method_advice(unserved, table);
    case Obstacle::kOtherOperator:
      return other_operator_advice(unserved, table);
    default:
      break;
  }
  const Column* column = table.column(unserved.column);
  const bool parts = unserved.comparison == Comparison::kContains || unserved.comparison == Comparison::kMatch;
  if (parts && kind == DatabaseKind::kPostgres && column != nullptr) {
    const std::string native = lower(column->native);
    const bool tree = native.ends_with("range") || native.starts_with("geo") || native == "inet" || native == "point";
    return fmt::format("Add @@index([{}], type: {}).", field, tree ? "Gist" : "Gin");
  }
  return splits_in_two(table, unserved.column)
             ? "A Boolean splits the rows in two: combine it with another condition and index both, or add take and an "
               "order."
             : "Combine it with a condition that has an index.";
}

std::string order_advice_for(const TableAccess& access, DatabaseKind kind) {
  const Table& table = *access.table;
  if (!access.distance.empty() && !access.order.empty()) {
    const std::string& name = access.order.front().name;
    const Column* column = table.column(name);
    const std::string native = column == nullptr ? std::string() : lower(column->native);
    if (native.starts_with("vector") || native.starts_with("halfvec")) {
      const std::string_view measure = access.distance == "<=>"   ? "cosine"
                                       : access.distance == "<#>" ? "ip"
                                       : access.distance == "<+>" ? "l1"
                                                                  : "l2";
      return fmt::format(
          "Make an index for this distance in a migration: CREATE INDEX ON \"{}\" USING hnsw (\"{}\" {}_{}_ops); the "
          "schema cannot declare it.",
          printable(table.name), printable(name), native.starts_with("halfvec") ? "halfvec" : "vector", measure);
    }
    return column != nullptr && column->type == ColumnType::kString
               ? fmt::format("Add {}, which gives the nearest first.",
                             line_with_ops(table, name, "gist_trgm_ops", "Gist"))
               : fmt::format("Add @@index([{}], type: Gist), which gives the nearest first.", field_of(table, name));
  }
  if (!access.order_elsewhere.empty()) {
    return "No index gives the order of another table's column: keep a copy of it in a column of this table, with an "
           "index.";
  }
  const auto moved = std::find_if(access.order.begin(), access.order.end(),
                                  [](const OrderColumn& column) { return column.nulls_moved; });
  if (moved == access.order.end()) {
    return "Order by a column that has an index, or store the value to sort by in a column of its own.";
  }
  const std::string field = field_of(table, moved->name);
  if (kind != DatabaseKind::kPostgres) {
    return fmt::format("Leave the place of NULL in the order of '{}' to the database: an index gives its own.", field);
  }
  std::vector<std::string> parts;
  for (const OrderColumn& column : access.order) {
    const bool first = column.nulls_moved != column.descending;
    parts.push_back(fmt::format("\"{}\"{}{}", printable(column.name), column.descending ? " DESC" : "",
                                !column.nulls_moved ? ""
                                : first             ? " NULLS FIRST"
                                                    : " NULLS LAST"));
  }
  return fmt::format(
      "Make the index in a migration, for the schema cannot say where NULL stands: CREATE INDEX ON \"{}\" ({}). Or ask "
      "only "
      "for rows where '{}' is not null, without nulls: an ordinary index gives that order.",
      printable(table.name), join(parts, ", "), field);
}

}  // namespace budgetcheck
