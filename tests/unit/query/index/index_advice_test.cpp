#include "query/index/index_advice.h"

#include "unit/query/sql/statement_testing.h"

namespace budgetcheck {
namespace {

/// The lines proposed for "SELECT id FROM Post WHERE …".
std::string proposed(const DatabaseSchema& schema, const std::string& rest) {
  const StatementAccess access =
      access_of(parse_statement("SELECT id FROM Post " + rest, dialect_of(schema.kind)), schema);
  std::vector<std::string> lines;
  for (const IndexProposal& proposal : propose_indexes(access.tables.at(0), schema.kind)) {
    lines.push_back(schema_line(proposal, *access.tables.at(0).table, schema.kind));
  }
  return join(lines, " ");
}

TEST(ProposeIndexes, EqualityFirstThenAListThenARangeOrTheOrder) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"WHERE authorId = ?", "@@index([authorId])"},
      {"WHERE body > ? AND authorId = ?", "@@index([authorId, body])"},
      {"WHERE views IN (?) AND authorId = ?", "@@index([authorId, views])"},
      {"WHERE authorId IN (?) AND body = ? AND deletedAt > ?", "@@index([body, authorId, deletedAt])"},
      {"WHERE authorId = ? ORDER BY views DESC LIMIT 5", "@@index([authorId, views])"},
      {"WHERE authorId = ? ORDER BY views DESC, body LIMIT 5", "@@index([authorId, views(sort: Desc), body])"},
      {"WHERE authorId = ? ORDER BY views DESC", "@@index([authorId])"},
      {"WHERE authorId > ? AND views > ?", "@@index([authorId])"},
      {"ORDER BY views LIMIT 5", "@@index([views])"},
      {"WHERE authorId = ? OR body = ?", "@@index([authorId]) @@index([body])"},
      {"WHERE authorId = ? OR title = ?", "@@index([authorId])"},
      {"WHERE authorId = ? OR body LIKE '%x'", ""},
      {"WHERE authorId = ? OR published = ?", ""},
      {"WHERE published = ?", ""},
      {"WHERE published = ? AND authorId = ?", "@@index([authorId, published])"},
      {"WHERE deletedAt IS NULL AND published = ? AND authorId = ?", "@@index([authorId, deletedAt, published])"},
      {"WHERE deletedAt IS NULL ORDER BY views LIMIT 5", "@@index([deletedAt, views])"},
      {"WHERE body LIKE '%x'", ""},
      {"WHERE lower(body) = ?", ""},
      {"WHERE meta = ?", ""},
  };
  for (const auto& [rest, expected] : cases) {
    EXPECT_EQ(proposed(postgres(), rest), expected) << rest;
  }
  EXPECT_EQ(proposed(mysql(), "WHERE body LIKE CONCAT(?, '%')"), "@@index([body])");
  EXPECT_EQ(proposed(mysql(), "WHERE authorId = ? ORDER BY id LIMIT 5"), "@@index([authorId])");
  EXPECT_EQ(proposed(postgres(), "WHERE authorId = ? ORDER BY id LIMIT 5"), "@@index([authorId, id])");
  // The index is there already, but in other directions.
  EXPECT_EQ(proposed(mysql(), "ORDER BY createdAt, views DESC LIMIT 5"),
            "@@index([createdAt, views(sort: Desc)], map: \"Post_createdAt_views_sorted_idx\")");
}

/// PostgreSQL walks [tenantId, at] from its end for the first 20 of some states; of many kinds it looks up each and
/// sorts.
TEST(ProposeIndexes, AListOutOfFewValuesStandsBackBehindTheOrder) {
  const DatabaseSchema schema = schema_of(
      "datasource db {\n  provider = \"postgresql\"\n}\nenum State {\n  OPEN\n  PAID\n  SENT\n}\n"
      "model Post {\n  id Int @id\n  tenantId Int\n  state State\n  kind Int\n  at DateTime\n}\n");
  const std::vector<std::pair<std::string, std::string>> cases{
      {"WHERE tenantId = ? AND state IN (?) ORDER BY at DESC LIMIT 20", "@@index([tenantId, at])"},
      {"WHERE tenantId = ? AND kind IN (?) ORDER BY at DESC LIMIT 20", "@@index([tenantId, kind])"},
      {"WHERE tenantId = ? AND state IN (?) AND kind IN (?) ORDER BY at LIMIT 20", "@@index([tenantId, kind])"},
      {"WHERE tenantId = ? AND state IN (?) ORDER BY at DESC", "@@index([tenantId, state])"},
      {"WHERE state IN (?) ORDER BY at DESC LIMIT 20", "@@index([state])"},
  };
  for (const auto& [rest, expected] : cases) {
    EXPECT_EQ(proposed(schema, rest), expected) << rest;
  }
}

TEST(ProposeIndexes, WhatOtherTablesGiveComesFirstOnlyWhereItIsFew) {
  const DatabaseSchema schema = schema_of(
      "datasource db {\n  provider = \"postgresql\"\n}\n"
      "model A {\n  id Int @id\n  name String\n  bs B[]\n}\n"
      "model B {\n  id Int @id\n  aId Int\n  a A @relation(fields: [aId], references: [id])\n  kind String\n}\n");
  const auto lines = [&](const std::string& sql) {
    std::string all;
    for (const TableAccess& access : access_of(parse_statement(sql, Dialect::kPostgres), schema).tables) {
      for (const IndexProposal& proposal : access.way == TableAccess::Way::kServed
                                               ? std::vector<IndexProposal>()
                                               : propose_indexes(access, schema.kind)) {
        all += access.table->model + " " + schema_line(proposal, *access.table, schema.kind) + " ";
      }
    }
    return all;
  };
  // Nothing restricts A: the database begins with the rows of B that are of the kind.
  EXPECT_EQ(lines("SELECT id FROM A WHERE EXISTS (SELECT 1 FROM B WHERE B.aId = A.id AND B.kind = ?)"),
            "B @@index([kind]) ");
  EXPECT_EQ(lines("SELECT id FROM A WHERE name = ? AND EXISTS (SELECT 1 FROM B WHERE B.aId = A.id AND B.kind = ?)"),
            "A @@index([name]) B @@index([aId, kind]) ");
  EXPECT_EQ(lines("SELECT B.id FROM B JOIN A ON A.id = B.aId WHERE B.kind = ?"), "B @@index([kind]) ");
  EXPECT_EQ(lines("SELECT B.id FROM A JOIN B ON B.aId = A.id WHERE A.id = ?"), "B @@index([aId]) ");
}

TEST(ProposeIndexes, AnIndexThatGivesTheOrderOfTheKeyIsNotMadeLonger) {
  IndexProposal wider{{{"a", false}, {"b", false}}, 2};
  IndexProposal ordered{{{"a", false}}, 1, true};
  EXPECT_FALSE(covers(wider, ordered));
  ordered.complete = false;
  EXPECT_TRUE(covers(wider, ordered));
}

TEST(SchemaLine, SaysALengthWhereMySqlWantsOneAndANameWherePrismasIsTaken) {
  const DatabaseSchema schema = schema_of(
      "datasource db {\n  provider = \"mysql\"\n}\n"
      "model A {\n  id Int @id\n  notes String @db.Text\n  at DateTime\n  name String\n  @@index([at], type: "
      "Hash)\n}\n");
  const Table& table = *schema.model("A");
  EXPECT_EQ(schema_line({{{"notes", false}}, 1}, table, schema.kind), "@@index([notes(length: 100)])");
  EXPECT_EQ(schema_line({{{"name", false}}, 1}, table, schema.kind), "@@index([name])");
  EXPECT_EQ(schema_line({{{"at", false}}, 1}, table, schema.kind), "@@index([at], map: \"A_at_btree_idx\")");
  EXPECT_EQ(schema_line({{{"notes", false}}, 1}, table, DatabaseKind::kPostgres), "@@index([notes])");
}

TEST(ProposeIndexes, NamesTheFieldsOfTheModel) {
  const DatabaseSchema schema = schema_of(
      "datasource db {\n  provider = \"postgresql\"\n}\nmodel Post {\n  id Int @id\n  authorId Int "
      "@map(\"author_id\")\n}\n");
  EXPECT_EQ(proposed(schema, "WHERE author_id = ?"), "@@index([authorId])");
}

IndexProposal proposal(std::initializer_list<const char*> names, std::size_t interchangeable) {
  IndexProposal made;
  for (const char* name : names) {
    made.columns.push_back({name, false});
  }
  made.interchangeable = interchangeable;
  return made;
}

std::string merged(std::vector<IndexProposal> proposals) {
  merge_proposals(proposals);
  std::vector<std::string> all;
  for (const IndexProposal& one : proposals) {
    std::vector<std::string> names;
    for (const OrderColumn& column : one.columns) {
      names.push_back(column.name);
    }
    all.push_back(join(names, " "));
  }
  return join(all, ", ");
}

TEST(MergeProposals, TheWiderServesTheNarrowerThatItBeginsWith) {
  EXPECT_EQ(merged({proposal({"a"}, 1), proposal({"a", "b"}, 1)}), "a b");
  EXPECT_EQ(merged({proposal({"b"}, 1), proposal({"a", "b"}, 2)}), "b a") << "equal columns may change places";
  EXPECT_EQ(merged({proposal({"b"}, 1), proposal({"a", "b"}, 1)}), "a b, b") << "a range may not";
  EXPECT_EQ(merged({proposal({"b", "a"}, 2), proposal({"a", "b"}, 2)}), "b a");
  EXPECT_EQ(merged({proposal({"a", "x"}, 1), proposal({"a", "y"}, 1)}), "a x, a y");
  EXPECT_EQ(merged({proposal({"a"}, 1), proposal({"a"}, 1)}), "a");
}

TEST(MergeProposals, WhatIsServedOnceStaysServed) {
  // Turned round for b, the wide one would no longer begin with a.
  EXPECT_EQ(merged({proposal({"a", "b", "c"}, 3), proposal({"a"}, 1), proposal({"b"}, 1)}), "a b c, b");
}

}  // namespace
}  // namespace budgetcheck
