#include "query/index/index_advice.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace budgetcheck {
namespace {

bool splits_in_two(const Table& table, const std::string& column) {
  const Column* found = table.column(column);
  return found != nullptr && found->type == ColumnType::kBoolean;
}

/// A type that a B-tree can hold.
bool is_indexable(const Table& table, const std::string& column) {
  const Column* found = table.column(column);
  return found != nullptr && !found->list && found->type != ColumnType::kJson && found->type != ColumnType::kUnknown;
}

bool holds(const std::vector<OrderColumn>& columns, const std::string& name) {
  return std::any_of(columns.begin(), columns.end(), [&](const OrderColumn& c) { return c.name == name; });
}

void add(std::vector<OrderColumn>& columns, const std::string& name, bool descending = false) {
  if (!holds(columns, name)) {
    columns.push_back({name, descending});
  }
}

/// All terms one way is what an index gives in either direction.
std::vector<OrderColumn> order_to_index(const TableAccess& access, DatabaseKind kind) {
  std::vector<OrderColumn> order = access.order;
  const std::string implied = implied_column(*access.table, kind);
  if (order.size() > 1 && order.back().name == implied && order.back().descending == order.front().descending) {
    order.pop_back();
  }
  const bool mixed = std::any_of(order.begin(), order.end(), [&](const OrderColumn& column) {
    return column.descending != order.front().descending;
  });
  for (OrderColumn& column : order) {
    column.descending = mixed && column.descending;
  }
  return order;
}

bool exists(const Table& table, const IndexProposal& proposal) {
  return std::any_of(table.indexes.begin(), table.indexes.end(), [&](const TableIndex& index) {
    if (index.partial || index.method != TableIndex::Method::kBTree || index.columns.size() < proposal.columns.size()) {
      return false;
    }
    // Columns with both directions are for an order that only an index of these directions gives.
    const bool mixed = std::any_of(proposal.columns.begin(), proposal.columns.end(),
                                   [](const OrderColumn& column) { return column.descending; });
    return std::equal(proposal.columns.begin(), proposal.columns.end(), index.columns.begin(),
                      [&](const OrderColumn& a, const IndexColumn& b) {
                        return equals_ignoring_case(a.name, b.name) && (!mixed || a.descending == b.descending);
                      });
  });
}

std::vector<IndexProposal> for_alternatives(const TableAccess& access) {
  std::vector<IndexProposal> proposals;
  for (const Unserved& branch : access.unserved) {
    const bool served_by_index = (branch.obstacle == Obstacle::kNoIndex || branch.obstacle == Obstacle::kNotLeading) &&
                                 !branch.column.empty() && is_indexable(*access.table, branch.column);
    if (!served_by_index || splits_in_two(*access.table, branch.column)) {
      return {};  // one branch that reads every row is enough
    }
    IndexProposal proposal{{{branch.column, false}}, 1};
    if (std::find(proposals.begin(), proposals.end(), proposal) == proposals.end() &&
        !exists(*access.table, proposal)) {
      proposals.push_back(std::move(proposal));
    }
  }
  return proposals;
}

}  // namespace

std::string field_of(const Table& table, const std::string& column) {
  const Column* found = table.column(column);
  return printable(found == nullptr || found->field.empty() ? column : found->field);
}

bool IndexProposal::operator==(const IndexProposal& other) const {
  return columns.size() == other.columns.size() && std::equal(columns.begin(), columns.end(), other.columns.begin(),
                                                              [](const OrderColumn& a, const OrderColumn& b) {
                                                                return a.name == b.name && a.descending == b.descending;
                                                              });
}

std::vector<IndexProposal> propose_indexes(const TableAccess& access, DatabaseKind kind) {
  const Table& table = *access.table;
  const auto usable = [&](const std::string& column) { return is_indexable(table, column); };
  IndexProposal proposal;
  const auto add_all = [&](const std::vector<std::string>& columns) {
    for (const std::string& column : columns) {
      if (usable(column)) {
        add(proposal.columns, column);
      }
    }
  };
  const bool has_values = std::any_of(access.equal.begin(), access.equal.end(), usable) ||
                          std::any_of(access.in.begin(), access.in.end(), usable) ||
                          std::any_of(access.range.begin(), access.range.end(), usable);
  if (access.way == TableAccess::Way::kJoin || access.linked_first || !has_values) {
    add_all(access.linked);
  }
  add_all(access.equal);
  proposal.interchangeable = proposal.columns.size();
  if (proposal.columns.empty() && access.alternatives) {
    return for_alternatives(access);
  }
  const auto first_in = std::find_if(access.in.begin(), access.in.end(), usable);
  const bool listed = first_in != access.in.end();
  if (listed) {
    add(proposal.columns, *first_in);
  }
  const auto first_range = std::find_if(access.range.begin(), access.range.end(), usable);
  if (first_range != access.range.end()) {
    add(proposal.columns, *first_range);
  } else if (!listed && (access.way == TableAccess::Way::kOrder || !proposal.columns.empty())) {
    const std::vector<OrderColumn> order = order_to_index(access, kind);
    const bool only_implied = order.size() == 1 && order.front().name == implied_column(table, kind);
    proposal.complete = only_implied && !proposal.columns.empty();
    for (std::size_t i = 0; i < order.size() && !proposal.complete && usable(order[i].name); ++i) {
      add(proposal.columns, order[i].name, order[i].descending);
    }
  }
  const bool says_little = std::all_of(proposal.columns.begin(), proposal.columns.end(),
                                       [&](const OrderColumn& column) { return splits_in_two(table, column.name); });
  if (proposal.columns.empty() || (says_little && !proposal.complete) || exists(table, proposal)) {
    return {};
  }
  return {proposal};
}

bool covers(IndexProposal& wider, const IndexProposal& narrower) {
  if (narrower.columns.size() > wider.columns.size() ||
      (narrower.complete && narrower.columns.size() != wider.columns.size())) {
    return false;
  }
  const std::size_t free = narrower.interchangeable;
  const auto leads_with = [&](const std::vector<OrderColumn>& columns) {
    const auto behind = columns.begin() + static_cast<std::ptrdiff_t>(free);
    const bool same_first =
        std::all_of(narrower.columns.begin(), narrower.columns.begin() + static_cast<std::ptrdiff_t>(free),
                    [&](const OrderColumn& wanted) {
                      return std::any_of(columns.begin(), behind,
                                         [&](const OrderColumn& column) { return column.name == wanted.name; });
                    });
    return same_first && std::equal(narrower.columns.begin() + static_cast<std::ptrdiff_t>(free),
                                    narrower.columns.end(), behind, [](const OrderColumn& a, const OrderColumn& b) {
                                      return a.name == b.name && a.descending == b.descending;
                                    });
  };
  if (leads_with(wider.columns)) {
    if (narrower.columns.size() < wider.interchangeable) {
      wider.interchangeable = 0;  // turned round, it would cover this one no more
    }
    return true;
  }
  std::vector<OrderColumn> turned = wider.columns;
  std::stable_partition(turned.begin(), turned.begin() + static_cast<std::ptrdiff_t>(wider.interchangeable),
                        [&](const OrderColumn& column) { return holds(narrower.columns, column.name); });
  if (!leads_with(turned)) {
    return false;
  }
  wider.columns = std::move(turned);
  wider.interchangeable = 0;  // the order is needed now
  return true;
}

void merge_proposals(std::vector<IndexProposal>& proposals) {
  std::stable_sort(proposals.begin(), proposals.end(),
                   [](const IndexProposal& a, const IndexProposal& b) { return a.columns.size() > b.columns.size(); });
  std::vector<IndexProposal> kept;
  for (const IndexProposal& proposal : proposals) {
    const bool covered =
        std::any_of(kept.begin(), kept.end(), [&](IndexProposal& wider) { return covers(wider, proposal); });
    if (!covered) {
      kept.push_back(proposal);
    }
  }
  proposals = std::move(kept);
}

std::vector<std::string> field_names(const IndexProposal& proposal, const Table& table) {
  std::vector<std::string> names;
  for (const OrderColumn& column : proposal.columns) {
    names.push_back(field_of(table, column.name));
  }
  return names;
}

std::string schema_line(const IndexProposal& proposal, const Table& table, DatabaseKind kind) {
  constexpr std::string_view kLength = "(length: 100)";
  std::vector<std::string> names = field_names(proposal, table);
  std::string default_name = table.name;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string& name = proposal.columns[i].name;
    const Column* column = table.column(name);
    const std::string native = column == nullptr ? std::string() : lower(column->native);
    const bool long_text =
        kind == DatabaseKind::kMysql && (native.ends_with("text") || native.ends_with("blob") ||
                                         (column != nullptr && native.empty() && column->type == ColumnType::kBytes));
    names[i] += proposal.columns[i].descending ? "(sort: Desc)" : long_text ? kLength : "";
    default_name += "_" + name;
  }
  // An index of another kind or order on the same columns has the name that Prisma would give this one.
  const auto taken = std::find_if(table.indexes.begin(), table.indexes.end(), [&](const TableIndex& index) {
    return index.kind == TableIndex::Kind::kPlain && index.columns.size() == proposal.columns.size() &&
           std::equal(index.columns.begin(), index.columns.end(), proposal.columns.begin(),
                      [](const IndexColumn& a, const OrderColumn& b) { return equals_ignoring_case(a.name, b.name); });
  });
  std::string map;
  if (taken != table.indexes.end()) {
    const bool sorted = taken->method == TableIndex::Method::kBTree;
    map = ", map: \"" + printable(default_name) + (sorted ? "_sorted_idx\"" : "_btree_idx\"");
  }
  return fmt::format("@@index([{}]{})", join(names, ", "), map);
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
      return kind == DatabaseKind::kPostgres
                 ? fmt::format("@@index([{}(ops: raw(\"gin_trgm_ops\"))], type: Gin)", field)
                 : std::string();
    case Obstacle::kPatternOps:
      return fmt::format("@@index([{}(ops: raw(\"text_pattern_ops\"))])", field);
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
      return fmt::format("this comparison on {} must look at every row", column);
  }
  return {};
}

std::string advice_for(const Unserved& unserved, const Table& table, DatabaseKind kind) {
  const std::string field = field_of(table, unserved.column);
  switch (unserved.obstacle) {
    case Obstacle::kWildcardFirst:
    case Obstacle::kIgnoresCase:
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
      return unserved.expression.find('#') != std::string::npos ||
                     unserved.expression.find("->") != std::string::npos ||
                     lower(unserved.expression).find("json") != std::string::npos
                 ? fmt::format(
                       "Move the value out of the JSON into a column with an index, or index the expression in a "
                       "migration (CREATE INDEX … ON … (({}))).",
                       unserved.expression)
                 : fmt::format(
                       "Store the compared value in an indexed column of its own, or index the expression in a "
                       "migration (CREATE INDEX … ON … (({}))).",
                       (unserved.expression.empty() ? field : unserved.expression));
    case Obstacle::kOtherOperator:
      return "Combine it with a condition that has an index.";
    default:
      break;
  }
  return splits_in_two(table, unserved.column)
             ? "A Boolean splits the rows in two: combine it with another condition and index both, or add take and an "
               "order."
             : "Combine it with a condition that has an index.";
}

}  // namespace budgetcheck
