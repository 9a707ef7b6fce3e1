#include "detect/query/full_scan.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "detect/query/read_finding.h"
#include "detect/query/table_reads.h"
#include "query/index/index_advice.h"
#include "query/index/index_words.h"

namespace budgetcheck {
namespace {

using Way = TableAccess::Way;

/// "authorId", "title and stock", "lower(email)".
std::string sought_by(const TableAccess& access) {
  std::vector<std::string> names;
  for (const Unserved& part : access.unserved) {
    std::string name = part.column.empty() ? (part.expression.empty() ? std::string("an expression") : part.expression)
                                           : field_of(*access.table, part.column);
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      names.push_back(std::move(name));
    }
  }
  constexpr std::size_t kShown = 4;
  const std::size_t more = names.size() > kShown ? names.size() - kShown : 0;
  names.resize(names.size() - more);
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    text += i == 0 ? "" : i + 1 == names.size() && more == 0 ? (access.alternatives ? " or " : " and ") : ", ";
    text += "'" + names[i] + "'";
  }
  return more == 0 ? text : fmt::format("{} and {} more", text, more);
}

std::string ordered_by(const TableAccess& access) {
  std::vector<std::string> names;
  for (const OrderColumn& column : access.order) {
    names.push_back("'" + field_of(*access.table, column.name) + "'");
  }
  return names.empty() ? "an expression" : join(names, ", ");
}

/// Why, once for each reason.
std::string reasons_of(const TableRead& read) {
  std::vector<std::string> reasons;
  for (const Unserved& part : read.access.unserved) {
    std::string reason = reason_for(part, *read.access.table, read.schema->kind);
    if (std::find(reasons.begin(), reasons.end(), reason) == reasons.end()) {
      reasons.push_back(std::move(reason));
    }
  }
  constexpr std::size_t kShown = 3;
  reasons.resize(std::min(reasons.size(), kShown));
  return join(reasons, "; ");
}

std::string message_of(const TableRead& read) {
  const TableAccess& access = read.access;
  const std::string name = sized_name(read);
  if (read.against_schema) {
    return fmt::format(
        "Full scan of {}: a captured plan reads every row, though by the schema an index serves the statement", name);
  }
  if (access.table == nullptr || (access.unserved.empty() && read.step != nullptr &&
                                  access.way != TableAccess::Way::kOrder && access.way != TableAccess::Way::kJoin)) {
    return fmt::format("Full scan of {}: every row was read to find some of them, as a captured plan shows", name);
  }
  switch (access.way) {
    case Way::kReferences:
      return fmt::format("Full scan of {0} for each row of {1} that is deleted, to {2} what refers to it by {3}: {4}",
                         name, "'" + printable(access.relation->model) + "'",
                         access.relation->on_delete == Relation::OnDelete::kCascade ? "delete" : "clear",
                         sought_by(access), reasons_of(read));
    case Way::kOrder:
      if (!access.distance.empty()) {
        return fmt::format(
            "Full scan of {}: the distance of every row is computed and sorted, no index gives it for {}", name,
            ordered_by(access));
      }
      if (!access.order_elsewhere.empty()) {
        return fmt::format(
            "Full scan of {}: all of it is joined and sorted for the first rows, in the order of '{}' of "
            "another table",
            name, printable(access.order_elsewhere));
      }
      return fmt::format(
          "Full scan of {}: all of it is read and sorted for the first rows, no index has the order by {}", name,
          ordered_by(access));
    case Way::kJoin:
      return fmt::format("Full scan of {} to join it by {}: {}", name, sought_by(access), reasons_of(read));
    default:
      break;
  }
  if (access.unserved.empty()) {
    return fmt::format("Full scan of {}: one branch of an OR is a subquery, so no index finds the rows", name);
  }
  if (access.early_stop) {
    return fmt::format("{} is read until enough rows match {}, all of it when few do: {}", name, sought_by(access),
                       reasons_of(read));
  }
  if (access.ordered_walk) {
    return fmt::format("{} is read in the order of {} until enough rows match {}, all of it when few do: {}", name,
                       ordered_by(access), sought_by(access), reasons_of(read));
  }
  return fmt::format("Full scan of {} to find rows by {}: {}", name, sought_by(access), reasons_of(read));
}

/// The indexes that all statements on one table need, merged.
using Proposals = std::map<const Table*, std::vector<IndexProposal>>;

Proposals proposals_for(const TableReads& reads, const Rule& rule) {
  Proposals proposals;
  for (const TableRead& read : reads.reads) {
    if (read.access.table == nullptr || read.access.way == Way::kUnbounded || is_ignored(rule, read)) {
      continue;
    }
    for (IndexProposal& proposal : propose_indexes(read.access, read.schema->kind)) {
      proposals[read.access.table].push_back(std::move(proposal));
    }
  }
  for (auto& [table, list] : proposals) {
    merge_proposals(list);
  }
  return proposals;
}

/// One line for each branch of an OR; false when a branch has none, for then no index helps the whole.
bool add_branch_fix(const TableAccess& access, DatabaseKind kind, const std::string& model, Finding& finding) {
  std::vector<std::string> lines;
  bool trigrams = false;
  for (const Unserved& branch : access.unserved) {
    std::string line = line_for(branch, *access.table, kind);
    if (line.empty()) {
      return false;
    }
    trigrams = trigrams || line.find("trgm") != std::string::npos;
    if (std::find(lines.begin(), lines.end(), line) == lines.end()) {
      lines.push_back(std::move(line));
    }
  }
  finding.fix.text = fmt::format("Every branch of the OR needs an index: add {}{}{}.", join(lines, " and "), model,
                                 trigrams ? ", after a migration with CREATE EXTENSION pg_trgm" : "");
  return true;
}

void add_fix(const TableRead& read, const Proposals& proposals, Finding& finding) {
  const TableAccess& access = read.access;
  if (access.table == nullptr) {
    finding.fix.text =
        "Add an index on the columns that the statement compares; pass the schema with --schema to get the exact line.";
    return;
  }
  const Table& table = *access.table;
  if (read.against_schema && access.served_alone) {
    finding.fix.text =
        "Check that the migration which makes the index has run in this database (prisma migrate status), that the "
        "index "
        "is valid, and that the plan's filter shows no cast of the column.";
    return;
  }
  const std::string model = table.model.empty() ? std::string() : " to model " + printable(table.model);
  std::vector<std::string> lines;
  bool shared = false;
  for (const IndexProposal& own : propose_indexes(access, read.schema->kind)) {
    const auto list = proposals.find(&table);
    IndexProposal serves = own;
    if (list != proposals.end()) {
      for (const IndexProposal& merged : list->second) {
        IndexProposal copy = merged;
        if (covers(copy, own) && copy == merged) {
          serves = merged;
          shared = shared || !(merged == own);
          break;
        }
      }
    }
    if (finding.fix.index.empty()) {
      finding.fix.index = field_names(serves, table);
    }
    std::string line = schema_line(serves, table, read.schema->kind);
    if (std::find(lines.begin(), lines.end(), line) == lines.end()) {
      lines.push_back(std::move(line));
    }
  }
  if (!lines.empty() && !table.model.empty()) {
    finding.fix.text = fmt::format("Add {}{}{}.", join(lines, " and "), model,
                                   shared ? "; it serves other statements of this log as well" : "");
    return;
  }
  if (access.alternatives && add_branch_fix(access, read.schema->kind, model, finding)) {
    return;
  }
  if (!access.unserved.empty() && access.way != Way::kOrder) {
    // The branch that no index can serve says what to do; else the first condition.
    const auto hard = std::find_if(access.unserved.begin(), access.unserved.end(), [](const Unserved& part) {
      return part.obstacle != Obstacle::kNoIndex && part.obstacle != Obstacle::kNotLeading;
    });
    finding.fix.text =
        advice_for(hard == access.unserved.end() ? access.unserved.front() : *hard, table, read.schema->kind);
    return;
  }
  finding.fix.text = access.way == Way::kOrder ? order_advice_for(access, read.schema->kind)
                     : read.step == nullptr
                         ? "Split the branches of the OR into separate queries, or use a UNION."
                         : "See with EXPLAIN which condition reads every row, and add an index for it.";
}

}  // namespace

void detect_full_scan(const Facts& facts, const Rule& rule, std::vector<Finding>& findings) {
  const TableReads reads = table_reads(facts, rule.param("min_rows"));
  const Proposals proposals = proposals_for(reads, rule);
  for (const TableRead& read : reads.reads) {
    if (read.access.way == Way::kUnbounded || is_ignored(rule, read)) {
      continue;
    }
    Finding finding = read_finding(rule, read);
    finding.message = message_of(read);
    add_fix(read, proposals, finding);
    findings.push_back(std::move(finding));
  }
}

}  // namespace budgetcheck
