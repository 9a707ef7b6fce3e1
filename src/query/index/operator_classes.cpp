#include "query/index/operator_classes.h"

#include <algorithm>
#include <initializer_list>

#include "base/text.h"

namespace budgetcheck {
namespace {

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> all) {
  return std::find(all.begin(), all.end(), text) != all.end();
}

std::string native_of(const Column* column) { return column == nullptr ? std::string() : lower(column->native); }

bool is_range(const Column* column) { return native_of(column).ends_with("range"); }
bool is_network(const Column* column) { return is_one_of(native_of(column), {"inet", "cidr"}); }
bool is_text(const Column* column) {
  return column != nullptr && column->type == ColumnType::kString && !column->list && !is_network(column);
}

/// What values with an order, and NULL, can be asked for.
bool is_plain(Comparison comparison) {
  return comparison == Comparison::kEqual || comparison == Comparison::kIn || comparison == Comparison::kRange ||
         comparison == Comparison::kIsNull || comparison == Comparison::kIsNotNull;
}

bool is_pattern(Comparison comparison) {
  return comparison == Comparison::kLikePrefix || comparison == Comparison::kLikeAny ||
         comparison == Comparison::kLikeUnknown || comparison == Comparison::kILikePrefix ||
         comparison == Comparison::kILikeAny;
}

Obstacle known(bool known) { return known ? Obstacle::kNone : Obstacle::kWrongMethod; }

/// gin_trgm_ops and gist_trgm_ops. They hold texts, which citext is only after a cast.
bool trigrams_know(const Column* column, const Condition& condition) {
  if (column != nullptr && ignores_case(*column) && condition.cast.empty()) {
    return false;
  }
  return is_pattern(condition.comparison) || condition.comparison == Comparison::kEqual ||
         condition.comparison == Comparison::kIn ||
         is_one_of(condition.op, {"%", "<%", "%>", "<<%", "%>>", "~", "~*", "similar to"});
}

/// What a B-tree that begins with the column says to the comparison.
Obstacle ask_btree(const std::string& ops, const Column* column, DatabaseKind kind, const Condition& condition) {
  switch (condition.comparison) {
    case Comparison::kEqual:
      // PostgreSQL's planner knows no index for it.
      return condition.op == "is not distinct from" && kind == DatabaseKind::kPostgres ? Obstacle::kNotDistinct
                                                                                       : Obstacle::kNone;
    case Comparison::kIn:
    case Comparison::kIsNull:
    case Comparison::kIsNotNull:
      return Obstacle::kNone;
    case Comparison::kRange:  // < of the language is not < of the bytes
      return known(!compares_patterns(ops));
    case Comparison::kNotEqual:
    case Comparison::kNotIn:
      return kind == DatabaseKind::kMysql ? Obstacle::kNone : Obstacle::kNotEqual;
    case Comparison::kLikePrefix:
    case Comparison::kLikeUnknown:
      if (kind == DatabaseKind::kSqlite || (column != nullptr && ignores_case(*column))) {
        return Obstacle::kIgnoresCase;  // SQLite's LIKE ignores case, its indexes do not; citext is no text to LIKE
      }
      return kind == DatabaseKind::kPostgres && !compares_patterns(ops) ? Obstacle::kPatternOps : Obstacle::kNone;
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
  const bool inside_network = is_network(column) && is_one_of(condition.op, {"<<", "<<="});
  return inside_network ? Obstacle::kNone : Obstacle::kOtherOperator;
}

Obstacle ask_gin(const IndexColumn& part, const Column* column, const Condition& condition) {
  if (knows_trigrams(part.ops)) {
    return known(trigrams_know(column, condition));
  }
  const bool inside = condition.comparison == Comparison::kContains;
  if (column != nullptr && column->type == ColumnType::kJson) {
    const bool paths = lower(part.ops).find("path") != std::string::npos;
    const bool holds = inside && (condition.op.empty() || condition.op == "@>");
    return known(holds || is_one_of(condition.op, {"@?", "@@"}) || condition.comparison == Comparison::kMatch ||
                 (!paths && is_one_of(condition.op, {"?", "?|", "?&"})));
  }
  if (column != nullptr && column->list) {
    return known(inside || condition.comparison == Comparison::kEqual);
  }
  if (inside || condition.comparison == Comparison::kMatch) {
    return Obstacle::kNone;
  }
  // Of plain types with btree_gin, for which an operator class must be named.
  return known(!part.ops.empty() && is_plain(condition.comparison) && condition.comparison != Comparison::kIsNull &&
               condition.comparison != Comparison::kIsNotNull);
}

/// R-trees: ranges, addresses, geometry; plain types with btree_gist, without which the index could not be.
Obstacle ask_gist(const IndexColumn& part, const Column* column, const Condition& condition) {
  const bool null = condition.comparison == Comparison::kIsNull || condition.comparison == Comparison::kIsNotNull;
  if (knows_trigrams(part.ops)) {
    return known(null || trigrams_know(column, condition));
  }
  if (condition.comparison == Comparison::kRange && is_range(column)) {
    return Obstacle::kWrongMethod;
  }
  const bool geometry = condition.op.starts_with("st_") ||
                        is_one_of(condition.op, {"<<", ">>", "<<=", ">>=", "&<", "&>", "-|-", "~=", "<<|", "|>>", "&<|",
                                                 "|&>", "@", "~", "^@", "starts_with"});
  const bool text_only = is_one_of(condition.op, {"^@", "starts_with"});
  return known(is_plain(condition.comparison) || condition.comparison == Comparison::kContains ||
               condition.comparison == Comparison::kMatch || (geometry && !text_only));
}

Obstacle ask_spgist(const IndexColumn& part, const Column* column, const Condition& condition) {
  if (is_text(column)) {  // its tree of prefixes does not depend on the language
    return known(is_plain(condition.comparison) || condition.comparison == Comparison::kLikePrefix ||
                 is_one_of(condition.op, {"^@", "starts_with"}));
  }
  return ask_gist(part, column, condition);
}

Obstacle ask_brin(const IndexColumn& part, const Condition& condition) {
  const std::string ops = lower(part.ops);
  if (ops.find("bloom") != std::string::npos) {
    return known(is_plain(condition.comparison) && condition.comparison != Comparison::kRange);
  }
  if (ops.find("inclusion") != std::string::npos) {
    return ask_gist(part, nullptr, condition);
  }
  return known(is_plain(condition.comparison));
}

}  // namespace

bool is_ordered(const TableIndex& index) {
  return index.method == TableIndex::Method::kBTree && index.kind != TableIndex::Kind::kFullText;
}

bool knows_trigrams(const std::string& ops) { return lower(ops).find("trgm") != std::string::npos; }

bool compares_patterns(const std::string& ops) { return lower(ops).find("pattern_ops") != std::string::npos; }

bool has_no_order_of_columns(const TableIndex& index) {
  return index.method == TableIndex::Method::kGin || index.method == TableIndex::Method::kBrin;
}

bool finds_nearest(const TableIndex& index, const std::string& column, const std::string& distance) {
  const bool near = index.method == TableIndex::Method::kGist || index.method == TableIndex::Method::kSpGist;
  return near && !index.columns.empty() && equals_ignoring_case(index.columns.front().name, column) &&
         (distance == "<->" || distance == "<#>" || knows_trigrams(index.columns.front().ops));
}

bool ignores_case(const Column& column) { return lower(column.native).starts_with("citext"); }

bool cast_is_idle(const Column& column, DatabaseKind kind, std::string_view cast) {
  if (kind == DatabaseKind::kMysql || kind == DatabaseKind::kSqlite || kind == DatabaseKind::kSqlServer) {
    return false;  // every cast makes an expression of a column
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
  const bool integer = column.type == ColumnType::kInt && !is("smallint") && !is("oid") && !column.list;
  return (cast == "jsonb" && column.type == ColumnType::kJson) || (cast == "uuid" && is("uuid")) ||
         (cast == "citext" && is("citext")) || (integer && is_one_of(cast, {"int", "integer", "int4"})) ||
         (is_one_of(cast, {"bigint", "int8"}) && column.type == ColumnType::kBigInt && !column.list);
}

bool value_converts_column(const Column& column, DatabaseKind kind, const Condition& condition) {
  if (kind != DatabaseKind::kPostgres || condition.value_type.empty() || !is_plain(condition.comparison)) {
    return false;
  }
  const std::string& type = condition.value_type;
  const bool text = is_one_of(type, {"text", "text[]", "varchar", "varchar[]", "character", "name"});
  const bool fraction = is_one_of(type, {"numeric", "decimal", "numeric[]", "decimal[]"});
  const bool approximate = is_one_of(type, {"float", "float8", "float4", "double", "real", "float8[]", "double[]"});
  switch (column.type) {
    case ColumnType::kString:
      return text && (ignores_case(column) || lower(column.native).starts_with("char("));
    case ColumnType::kInt:
    case ColumnType::kBigInt:
      return fraction || approximate;
    case ColumnType::kDecimal:
      return approximate;
    default:
      return false;
  }
}

Obstacle ask_index(const TableIndex& index, const IndexColumn& part, const Column* column, DatabaseKind kind,
                   const Condition& condition) {
  switch (index.method) {
    case TableIndex::Method::kHash:
      return condition.op == "is not distinct from"
                 ? Obstacle::kNotDistinct
                 : known(condition.comparison == Comparison::kEqual || condition.comparison == Comparison::kIn);
    case TableIndex::Method::kGin:
      return ask_gin(part, column, condition);
    case TableIndex::Method::kGist:
      return ask_gist(part, column, condition);
    case TableIndex::Method::kSpGist:
      return ask_spgist(part, column, condition);
    case TableIndex::Method::kBrin:
      return ask_brin(part, condition);
    case TableIndex::Method::kBTree:
    case TableIndex::Method::kOther:
      break;
  }
  return ask_btree(part.ops, column, kind, condition);
}

Obstacle without_index(DatabaseKind kind, const Column* column, const Condition& condition) {
  const Obstacle obstacle = ask_btree({}, column, kind, condition);
  return obstacle == Obstacle::kNone || obstacle == Obstacle::kWrongMethod ? Obstacle::kNoIndex : obstacle;
}

}  // namespace budgetcheck
