#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/facts.h"
#include "query/index/table_access.h"

namespace budgetcheck {

/// A statement that reads a table in a way that grows with the table, and what is known of that table's size.
struct TableRead {
  const QueryLog* log = nullptr;
  const QueryShape* shape = nullptr;
  const DatabaseSchema* schema = nullptr;  ///< null: only a captured plan speaks
  TableAccess access;                      ///< `table` is null when only a plan speaks
  std::string table;                       ///< the database's name
  std::uint64_t executions = 0;            ///< over all logs
  std::optional<double> rows;              ///< of the table
  std::string rows_from;                   ///< "table statistics", "the captured plan"
  const CapturedPlan* plan = nullptr;      ///< one that shows it
  const PlanAccess* step = nullptr;        ///< of that plan
  bool against_schema = false;             ///< the plan reads every row, though by the schema an index serves

  /// The model's name, else the table's.
  std::string subject() const;
};

struct TableReads {
  std::vector<TableRead> reads;
  std::vector<std::string> unknown_tables;    ///< in logs with a schema that does not have them
  std::vector<std::string> reference_tables;  ///< read whole, of unknown size, and small by the look of them
  std::vector<std::string> depends_on;  ///< "'User' on [email]": partial indexes that serve if the values are theirs
  std::vector<std::string> chosen;      ///< tables that an index serves and a plan read whole for a large part of them
  std::vector<std::string>
      forbidding;                    ///< "'Comment' by 'authorId'": looked through before a row that they forbid goes
  std::uint64_t not_understood = 0;  ///< statements of forms that are not read, or that are cut off
  Location first_not_understood;
  std::uint64_t without_schema = 0;  ///< statements of logs without a schema that no plan judges either
  bool tiny_statistics = false;      ///< the sizes given are those of an empty test database
};

/// Every read that is worth reporting, one for each shape and table over all logs. A table of fewer than `min_rows`
/// rows is worth none, if its size comes from a database that holds real data.
TableReads table_reads(const Facts& facts, double min_rows);

}  // namespace budgetcheck
