#include "model/database.h"

#include <algorithm>

#include "base/text.h"

namespace budgetcheck {

std::string_view to_string(DatabaseKind kind) {
  switch (kind) {
    case DatabaseKind::kPostgres:
      return "PostgreSQL";
    case DatabaseKind::kMysql:
      return "MySQL";
    case DatabaseKind::kSqlite:
      return "SQLite";
    case DatabaseKind::kSqlServer:
      return "SQL Server";
    case DatabaseKind::kCockroach:
      return "CockroachDB";
    case DatabaseKind::kUnknown:
      break;
  }
  return "the database";
}

const Column* Table::column(std::string_view wanted) const {
  const auto exact = std::find_if(columns.begin(), columns.end(), [&](const Column& c) { return c.name == wanted; });
  if (exact != columns.end()) {
    return &*exact;
  }
  const auto found = std::find_if(columns.begin(), columns.end(),
                                  [&](const Column& c) { return equals_ignoring_case(c.name, wanted); });
  return found == columns.end() ? nullptr : &*found;
}

const Table* DatabaseSchema::table(std::string_view name, std::string_view in_schema) const {
  for (const bool exact : {true, false}) {
    const Table* found = nullptr;
    std::size_t matches = 0;
    for (const Table& candidate : tables) {
      const bool named = exact ? candidate.name == name : equals_ignoring_case(candidate.name, name);
      const bool here = in_schema.empty() || candidate.schema.empty() || candidate.schema == in_schema;
      if (named && here) {
        found = &candidate;
        ++matches;
      }
    }
    if (matches > 0) {
      return matches == 1 ? found : nullptr;
    }
  }
  return nullptr;
}

const Table* DatabaseSchema::model(std::string_view name) const {
  const auto found =
      std::find_if(tables.begin(), tables.end(), [&](const Table& t) { return !t.model.empty() && t.model == name; });
  return found == tables.end() ? nullptr : &*found;
}

}  // namespace budgetcheck
