#include "query/prisma/prisma_datasource.h"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace budgetcheck::prisma {
namespace {

constexpr std::array<std::pair<std::string_view, DatabaseKind>, 7> kProviders{{
    {"postgresql", DatabaseKind::kPostgres},
    {"postgres", DatabaseKind::kPostgres},
    {"mysql", DatabaseKind::kMysql},
    {"sqlite", DatabaseKind::kSqlite},
    {"sqlserver", DatabaseKind::kSqlServer},
    {"cockroachdb", DatabaseKind::kCockroach},
    {"mongodb", DatabaseKind::kUnknown},
}};

void read_provider(const Block& block, const Value& value, DatabaseSchema& schema, ErrorList& errors) {
  const std::string where = to_string(block.at(value.place)) + ": ";
  if (value.kind != Value::Kind::kString) {
    schema.remarks.push_back(where + "the provider is not a plain text, so the database is unknown");
    return;
  }
  std::vector<std::string> names;
  for (const auto& [name, kind] : kProviders) {
    if (value.text == name) {
      schema.kind = kind;
      if (name == "mongodb") {
        schema.remarks.push_back(where + "MongoDB does not run SQL, so its indexes are not checked");
      }
      return;
    }
    names.emplace_back(name);
  }
  const std::string hint = errors.did_you_mean(value.text, names);
  if (!hint.empty()) {
    errors.add(block.at(value.place), "there is no provider " + shown(value.text), hint);
  } else {  // perhaps one that is newer than this program
    schema.remarks.push_back(fmt::format("{}the provider {} is not known", where, shown(value.text)));
  }
}

void read_relation_mode(const Block& block, const Value& value, DatabaseSchema& schema, ErrorList& errors) {
  if (value.kind != Value::Kind::kString || (value.text != "prisma" && value.text != "foreignKeys")) {
    errors.add(block.at(value.place), "the relation mode is unknown", "it is \"foreignKeys\" or \"prisma\"");
    return;
  }
  schema.foreign_keys = value.text == "foreignKeys";
}

}  // namespace

void read_datasource(const std::vector<Block>& blocks, DatabaseSchema& schema, ErrorList& errors) {
  const Block* first = nullptr;
  for (const Block& block : blocks) {
    if (block.keyword != "datasource") {
      continue;
    }
    if (first != nullptr) {
      errors.add(block.at(block.place), "a schema has one datasource, and this is the second",
                 "the first stands at " + to_string(first->at(first->place)));
      return;
    }
    first = &block;
    for (const Argument& setting : block.settings) {
      if (setting.name == "provider") {
        read_provider(block, setting.value, schema, errors);
      } else if (setting.name == "relationMode" || setting.name == "referentialIntegrity") {
        read_relation_mode(block, setting.value, schema, errors);
      }
    }
  }
}

}  // namespace budgetcheck::prisma
