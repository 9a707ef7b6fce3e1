#include "query/index/partial_index.h"

#include <algorithm>

#include "base/text.h"
#include "query/sql/lexer.h"

namespace budgetcheck {
namespace {

using Kind = Condition::Kind;

bool same(const std::string& a, const std::string& b) { return equals_ignoring_case(a, b); }

Coverage better(Coverage a, Coverage b) { return std::min(a, b); }
Coverage worse(Coverage a, Coverage b) { return std::max(a, b); }

/// Judges what follows from a statement's conditions for one of its tables.
class Implication {
 public:
  Implication(const std::string& name, const Conjuncts& known) : name_(name), known_(known) {}

  Coverage of(const Condition& wanted) const {
    switch (wanted.kind) {
      case Kind::kTrue:
        return Coverage::kAll;
      case Kind::kAnd: {
        Coverage all = Coverage::kAll;
        for (const Condition& part : wanted.parts) {
          all = worse(all, of(part));
        }
        return all;
      }
      case Kind::kOr: {
        // An OR of the statement may imply it as a whole: each branch one of the wanted ones.
        Coverage any = from_known(wanted);
        for (const Condition& part : wanted.parts) {
          any = better(any, of(part));
        }
        return any;
      }
      default:
        return from_known(wanted);
    }
  }

 private:
  Coverage from_known(const Condition& wanted) const {
    Coverage best = Coverage::kNot;
    for (const Condition* condition : known_) {
      best = better(best, from(*condition, wanted));
    }
    return best;
  }

  Coverage from(const Condition& said, const Condition& wanted) const {
    switch (said.kind) {
      case Kind::kOr: {
        Coverage all = said.parts.empty() ? Coverage::kNot : Coverage::kAll;
        for (const Condition& branch : said.parts) {
          all = worse(all, from(branch, wanted));
        }
        return all;
      }
      case Kind::kAnd: {
        Coverage any = Coverage::kNot;
        for (const Condition& part : said.parts) {
          any = better(any, from(part, wanted));
        }
        return any;
      }
      case Kind::kCompare:
        break;
      default:
        return Coverage::kNot;
    }
    if (wanted.kind == Kind::kOr || wanted.kind == Kind::kAnd) {
      Coverage result = wanted.kind == Kind::kAnd ? Coverage::kAll : Coverage::kNot;
      for (const Condition& part : wanted.parts) {
        result = wanted.kind == Kind::kAnd ? worse(result, from(said, part)) : better(result, from(said, part));
      }
      return result;
    }
    if (wanted.kind != Kind::kCompare) {
      return shares_a_column(said, wanted) ? Coverage::kDepends : Coverage::kNot;
    }
    return compare(said, wanted);
  }

  bool own(const ColumnRef& column, const std::string& name) const {
    return same(column.name, name) && (column.qualifier.empty() || same(column.qualifier, name_));
  }

  bool shares_a_column(const Condition& said, const Condition& wanted) const {
    return std::any_of(wanted.columns.begin(), wanted.columns.end(), [&](const ColumnRef& column) {
      return std::any_of(said.columns.begin(), said.columns.end(),
                         [&](const ColumnRef& other) { return own(other, column.name); });
    });
  }

  Coverage compare(const Condition& said, const Condition& wanted) const {
    if (wanted.comparison == Comparison::kIsNotNull && !wanted.column.name.empty()) {
      return not_null(said, wanted.column.name);
    }
    const bool column = !wanted.column.name.empty();
    const bool about = column ? own(said.column, wanted.column.name)
                              : said.column.name.empty() && expression_key(said) == expression_key(wanted);
    if (!about || !said.other.name.empty()) {
      return Coverage::kNot;
    }
    if (said.op != wanted.op) {
      return Coverage::kNot;
    }
    if (wanted.comparison == Comparison::kIsNull) {
      return said.comparison == Comparison::kIsNull ? Coverage::kAll : Coverage::kNot;
    }
    if (wanted.truth != Condition::Truth::kUnsaid && said.truth != Condition::Truth::kUnsaid) {
      const bool equal = wanted.comparison == said.comparison && wanted.truth == said.truth;
      return equal ? Coverage::kAll : Coverage::kNot;
    }
    return may_include(wanted.comparison, said.comparison) ? Coverage::kDepends : Coverage::kNot;
  }

  /// Any comparison but IS NULL throws NULL out.
  Coverage not_null(const Condition& said, const std::string& name) const {
    const bool strict = said.comparison != Comparison::kIsNull && said.op != "is not distinct from" && said.op != "is";
    if (strict && (own(said.column, name) || own(said.other, name) ||
                   std::any_of(said.row.begin(), said.row.end(), [&](const ColumnRef& c) { return own(c, name); }))) {
      return Coverage::kAll;
    }
    const bool named = std::any_of(said.columns.begin(), said.columns.end(),
                                   [&](const ColumnRef& column) { return own(column, name); });
    return strict && named ? Coverage::kDepends : Coverage::kNot;  // of a function: most give NULL for NULL
  }

  /// With the right values, `said` implies `wanted`.
  static bool may_include(Comparison wanted, Comparison said) {
    const bool exact = said == Comparison::kEqual || said == Comparison::kIn;
    switch (wanted) {
      case Comparison::kEqual:
      case Comparison::kIn:
        return exact;
      case Comparison::kNotEqual:
      case Comparison::kNotIn:
        return exact || said == Comparison::kNotEqual || said == Comparison::kNotIn || said == Comparison::kRange;
      case Comparison::kRange:
        return exact || said == Comparison::kRange;
      default:
        return wanted == said || exact;
    }
  }

  const std::string& name_;
  const Conjuncts& known_;
};

Statement predicate_of(const TableIndex& index, DatabaseKind kind) {
  return parse_statement("SELECT 1 FROM t WHERE " + index.predicate, dialect_of(kind));
}

std::string squeezed(const std::string& text) {
  std::string out;
  for (const char c : lower(text)) {
    if (c != ' ' && c != '(' && c != ')' && c != '"') {
      out += c;
    }
  }
  for (const std::string_view cast : {"::text", "::charactervarying", "::varchar", "::regconfig"}) {
    for (std::size_t at = out.find(cast); at != std::string::npos; at = out.find(cast)) {
      out.erase(at, cast.size());
    }
  }
  return out;
}

}  // namespace

Coverage coverage_of(const TableIndex& index, DatabaseKind kind, const std::string& name, const Conjuncts& known) {
  if (!index.partial) {
    return Coverage::kAll;
  }
  if (index.predicate.empty()) {
    return Coverage::kDepends;  // a condition that is not understood
  }
  const Statement statement = predicate_of(index, kind);
  if (!statement.understood || statement.blocks.size() != 1) {
    return Coverage::kDepends;
  }
  return Implication(name, known).of(statement.blocks.front().where);
}

bool picks_few(const TableIndex& index, const Table& table, DatabaseKind kind) {
  const Statement statement = predicate_of(index, kind);
  if (!statement.understood || statement.blocks.size() != 1) {
    return false;
  }
  const Condition& where = statement.blocks.front().where;
  const auto picks = [&](const Condition& part) {
    const Column* column = table.column(part.column.name);
    const bool splits = column != nullptr && column->type == ColumnType::kBoolean;
    return part.kind == Kind::kCompare && !splits &&
           (part.comparison == Comparison::kEqual || part.comparison == Comparison::kIn);
  };
  return where.kind == Kind::kAnd ? std::any_of(where.parts.begin(), where.parts.end(), picks) : picks(where);
}

std::string expression_key(const Condition& condition) {
  return condition.column.name.empty() ? squeezed(condition.expression)
                                       : lower(condition.column.name) + "::" + condition.cast;
}

std::string expression_key(const std::string& expression, DatabaseKind kind) {
  const Statement statement = parse_statement("SELECT 1 FROM t WHERE (" + expression + ") IS NULL", dialect_of(kind));
  const bool read =
      statement.understood && !statement.blocks.empty() && statement.blocks.front().where.kind == Kind::kCompare;
  return read ? expression_key(statement.blocks.front().where) : squeezed(expression);
}

}  // namespace budgetcheck
