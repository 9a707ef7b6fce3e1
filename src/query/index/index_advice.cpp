#include "query/index/index_advice.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace budgetcheck {
namespace {

/// As many as its type names.
bool has_few_values(const Table& table, const std::string& column) {
  const Column* found = table.column(column);
  return found != nullptr && (found->type == ColumnType::kEnum || found->type == ColumnType::kBoolean);
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

bool splits_in_two(const Table& table, const std::string& column) {
  const Column* found = table.column(column);
  return found != nullptr && found->type == ColumnType::kBoolean;
}

bool is_indexable(const Table& table, const std::string& column) {
  const Column* found = table.column(column);
  return found != nullptr && !found->list && found->type != ColumnType::kJson && found->type != ColumnType::kUnknown;
}

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
  // What splits the rows in two comes behind what finds few of them: the index serves more statements then.
  std::vector<std::string> equal = access.equal;
  std::stable_partition(equal.begin(), equal.end(), [&](const std::string& column) {
    return !splits_in_two(table, column) &&
           std::find(access.null.begin(), access.null.end(), column) == access.null.end();
  });
  add_all(equal);
  proposal.interchangeable = proposal.columns.size();
  if (proposal.columns.empty() && access.alternatives) {
    return for_alternatives(access);
  }
  const bool moved = std::any_of(access.order.begin(), access.order.end(),
                                 [](const OrderColumn& column) { return column.nulls_moved; });
  const std::vector<OrderColumn> order =
      moved || !access.distance.empty() ? std::vector<OrderColumn>() : order_to_index(access, kind);
  // Of some values out of a few many rows are left. Behind columns that are equal the order finds the first of them.
  const bool sorts = !proposal.columns.empty() && !order.empty() && usable(order.front().name);
  const auto first_in = std::find_if(access.in.begin(), access.in.end(), [&](const std::string& column) {
    return usable(column) && !(sorts && has_few_values(table, column));
  });
  const bool listed = first_in != access.in.end();
  if (listed) {
    add(proposal.columns, *first_in);
  }
  const auto first_range = std::find_if(access.range.begin(), access.range.end(), usable);
  if (first_range != access.range.end()) {
    add(proposal.columns, *first_range);
  } else if (!listed && (access.way == TableAccess::Way::kOrder || !proposal.columns.empty())) {
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

}  // namespace budgetcheck
