#include <algorithm>

#include "fuzz.h"
#include "query/index/index_advice.h"
#include "query/index/index_words.h"
#include "query/index/table_access.h"
#include "query/prisma/prisma_schema.h"
#include "query/sql/shape.h"
#include "query/sql/statement.h"

namespace {

using namespace budgetcheck;

DatabaseSchema schema_of(const std::string& provider, const std::string& models) {
  const auto schema =
      parse_prisma_schema({{"s.prisma", "datasource db {\n  provider = \"" + provider + "\"\n}\n" + models}});
  return schema ? *schema : DatabaseSchema();
}

constexpr const char* kModels =
    "model t {\n  a Int @id\n  b String\n  c Int\n  d Json\n  e Boolean\n  u u @relation(fields: [c], references: "
    "[a])\n"
    "  @@index([c, b])\n  @@index([b], type: Hash)\n}\n"
    "model u {\n  a Int @id\n  b String @unique\n  x DateTime\n  ts t[]\n  @@index([x(sort: Desc), b])\n}\n";

/// What is said of a table is about one that the statement names, and is harmless text.
void check(const Statement& statement, const DatabaseSchema& schema) {
  for (const TableAccess& access : access_of(statement, schema).tables) {
    fuzz::require(access.table != nullptr && access.block < statement.blocks.size(),
                  "an access has a table and a block");
    const std::vector<TableUse>& uses = statement.blocks[access.block].tables;
    const bool named = std::any_of(uses.begin(), uses.end(), [&](const TableUse& use) {
      return equals_ignoring_case(use.table, access.table->name);
    });
    fuzz::require(named, "a table that is accessed is named by the statement");
    for (const auto* columns : {&access.equal, &access.in, &access.range}) {
      for (const std::string& column : *columns) {
        fuzz::require(access.table->column(column) != nullptr, "columns for an index are columns of the table");
      }
    }
    for (const Unserved& part : access.unserved) {
      fuzz::require(!part.column.empty() || part.obstacle != Obstacle::kNoIndex, "what lacks an index is a column");
      fuzz::require_printable(reason_for(part, *access.table, schema.kind), "reasons are printable");
      fuzz::require_printable(advice_for(part, *access.table, schema.kind), "advice is printable");
    }
    for (const IndexProposal& proposal : propose_indexes(access, schema.kind)) {
      fuzz::require(!proposal.columns.empty(), "an index has columns");
      fuzz::require_printable(schema_line(proposal, *access.table, schema.kind), "lines are printable");
    }
  }
}

}  // namespace

// A statement, judged by fixed models and by those that may follow behind a line "---".
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text = fuzz::text_of(data, size);
  constexpr std::string_view kCut = "\n---\n";
  const std::size_t cut = text.find(kCut);
  const std::string sql = text.substr(0, cut);
  struct Provider {
    std::string name;
    Dialect dialect;
    DatabaseSchema fixed;
  };
  static const std::vector<Provider> kProviders{{"postgresql", Dialect::kPostgres, schema_of("postgresql", kModels)},
                                                {"mysql", Dialect::kMysql, schema_of("mysql", kModels)},
                                                {"sqlite", Dialect::kSqlite, schema_of("sqlite", kModels)}};
  for (const Provider& provider : kProviders) {
    fuzz::require(provider.fixed.tables.size() == 2, "the fixed models are read");
    const Statement raw = parse_statement(sql, provider.dialect);
    fuzz::require(raw.understood || raw.blocks.empty(), "what is not understood has no parts");
    const Statement shaped = parse_statement(shape_of(sql, provider.dialect).text, provider.dialect);
    const DatabaseSchema own =
        cut == std::string::npos ? DatabaseSchema() : schema_of(provider.name, text.substr(cut + kCut.size()));
    for (const DatabaseSchema* schema : {&provider.fixed, &own}) {
      check(raw, *schema);
      check(shaped, *schema);
    }
  }
  return 0;
}
