#include "fuzz.h"
#include "query/prisma/prisma_schema.h"

namespace {

using namespace budgetcheck;

void check_columns(const Table& table, const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    fuzz::require(table.column(name) != nullptr, "a key's columns are columns of the table");
  }
}

void check_table(const DatabaseSchema& schema, const Table& table) {
  for (const std::string* name : {&table.model, &table.name, &table.schema}) {
    fuzz::require_printable(*name, "names of tables are printable");
  }
  for (const Column& column : table.columns) {
    fuzz::require_printable(column.field + column.name + column.native, "names of columns are printable");
  }
  for (const TableIndex& index : table.indexes) {
    fuzz::require(!index.columns.empty(), "an index has columns");
    fuzz::require_printable(index.name, "names of indexes are printable");
    for (const IndexColumn& column : index.columns) {
      check_columns(table, {column.name});
      fuzz::require_printable(column.ops, "operator classes are printable");
    }
  }
  for (const Relation& relation : table.relations) {
    const Table* target = schema.model(relation.model);
    fuzz::require(target != nullptr, "a relation leads to a model");
    fuzz::require(relation.columns.size() == relation.references.size(), "a key has as many columns as it refers to");
    check_columns(table, relation.columns);
    check_columns(*target, relation.references);
  }
}

}  // namespace

// Two files, cut at a line "---": what comes out holds together, and what is told is one harmless line.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text = fuzz::text_of(data, size);
  constexpr std::string_view kCut = "\n---\n";
  const std::size_t cut = text.find(kCut);
  std::vector<SchemaFile> files{{"a.prisma", text.substr(0, cut)}};
  if (cut != std::string::npos) {
    files.push_back({"b.prisma", text.substr(cut + kCut.size())});
  }
  const auto schema = parse_prisma_schema(files);
  if (!schema) {
    fuzz::require(!schema.error().empty() && schema.error().size() <= 101, "errors are told and capped");
    for (const Error& error : schema.error()) {
      fuzz::require_printable(to_string(error), "errors are printable");
    }
    return 0;
  }
  for (const std::string& remark : schema->remarks) {
    fuzz::require_printable(remark, "remarks are printable");
  }
  for (const Table& table : schema->tables) {
    check_table(*schema, table);
  }
  return 0;
}
