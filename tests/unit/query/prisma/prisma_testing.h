#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "base/text.h"
#include "query/prisma/prisma_schema.h"

// Schemas as text, and what became of them as text.
namespace budgetcheck {

/// The schema of one file; fails the test when it has errors.
inline DatabaseSchema schema_of(const std::string& text) {
  auto schema = parse_prisma_schema({{"s.prisma", text}});
  if (!schema) {
    for (const Error& error : schema.error()) {
      ADD_FAILURE() << to_string(error);
    }
    return {};
  }
  return *schema;
}

/// All errors, one a line: "line:column message (hint)".
inline std::string schema_errors(const std::string& text) {
  const auto schema = parse_prisma_schema({{"s.prisma", text}});
  std::string out;
  if (!schema) {
    for (const Error& error : schema.error()) {
      EXPECT_EQ(error.kind, ErrorKind::kInput);
      const std::string whole = to_string(error);
      out += (whole.starts_with("s.prisma:") ? whole.substr(9) : whole) + "\n";
    }
  }
  return out;
}

/// What was left out of a schema that is read all the same.
inline std::string schema_remarks(const std::string& text) {
  const auto schema = parse_prisma_schema({{"s.prisma", text}});
  return schema ? join(schema->remarks, "\n") : schema_errors(text);
}

inline const Table& table_of(const DatabaseSchema& schema, std::string_view model) {
  static const Table kNone;
  const Table* table = schema.model(model);
  EXPECT_NE(table, nullptr) << model;
  return table == nullptr ? kNone : *table;
}

/// "unique(email, name 10 desc) Gin partial =map", one a line.
inline std::string indexes_of(const Table& table) {
  constexpr const char* kKinds[] = {"primary", "unique", "plain", "fulltext", "foreign"};
  constexpr const char* kMethods[] = {"", " Hash", " Gin", " Gist", " SpGist", " Brin", " other"};
  std::string out;
  for (const TableIndex& index : table.indexes) {
    std::vector<std::string> columns;
    for (const IndexColumn& column : index.columns) {
      std::string shown = column.expression.empty() ? column.name : "{" + column.expression + "}";
      shown += column.length == 0 ? "" : " " + std::to_string(column.length);
      shown += column.descending ? " desc" : "";
      shown += column.ops.empty() ? "" : " ops:" + column.ops;
      columns.push_back(shown);
    }
    out += std::string(kKinds[static_cast<int>(index.kind)]) + "(" + join(columns, ", ") + ")";
    out += kMethods[static_cast<int>(index.method)];
    out += index.partial ? " partial" : "";
    out += index.predicate.empty() ? "" : " where " + index.predicate;
    out += (index.name.empty() ? "" : " =" + index.name) + "\n";
  }
  return out;
}

/// "author -> User(id) by author_id, seen as posts", one a line.
inline std::string relations_of(const Table& table) {
  std::string out;
  for (const Relation& relation : table.relations) {
    out += relation.field + " -> " + relation.model + (relation.list ? "[]" : "");
    if (!relation.columns.empty()) {
      out += "(" + join(relation.references, ", ") + ") by " + join(relation.columns, ", ");
    }
    out += relation.opposite.empty() ? "" : ", seen as " + relation.opposite;
    out += relation.join_table.empty() ? "" : ", through " + relation.join_table;
    out += "\n";
  }
  return out;
}

}  // namespace budgetcheck
