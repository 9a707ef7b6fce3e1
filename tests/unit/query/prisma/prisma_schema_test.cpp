#include "query/prisma/prisma_schema.h"

#include "query/prisma/prisma_lexer.h"
#include "unit/query/prisma/prisma_testing.h"

namespace budgetcheck {
namespace {

DatabaseSchema with_provider(const std::string& provider) {
  return schema_of("datasource db {\n  provider = " + provider + "\n  url = env(\"URL\")\n}\n");
}

TEST(PrismaSchema, KnowsTheDatabase) {
  EXPECT_EQ(with_provider("\"postgresql\"").kind, DatabaseKind::kPostgres);
  EXPECT_EQ(with_provider("\"postgres\"").kind, DatabaseKind::kPostgres);
  EXPECT_EQ(with_provider("\"mysql\"").kind, DatabaseKind::kMysql);
  EXPECT_EQ(with_provider("\"sqlite\"").kind, DatabaseKind::kSqlite);
  EXPECT_EQ(with_provider("\"sqlserver\"").kind, DatabaseKind::kSqlServer);
  EXPECT_EQ(with_provider("\"cockroachdb\"").kind, DatabaseKind::kCockroach);
  EXPECT_TRUE(with_provider("\"mysql\"").remarks.empty());
}

TEST(PrismaSchema, SaysWhyItDoesNotKnowTheDatabase) {
  for (const char* provider : {"\"mongodb\"", "env(\"KIND\")", "[\"mysql\", \"sqlite\"]", "\"clickhouse\""}) {
    const DatabaseSchema schema = with_provider(provider);
    EXPECT_EQ(schema.kind, DatabaseKind::kUnknown) << provider;
    ASSERT_EQ(schema.remarks.size(), 1U) << provider;
    EXPECT_TRUE(schema.remarks[0].starts_with("s.prisma:2:14: ")) << schema.remarks[0];
  }
  const DatabaseSchema fragment = schema_of("model A {\n  id Int @id\n}\n");
  EXPECT_EQ(fragment.kind, DatabaseKind::kUnknown);
  EXPECT_TRUE(fragment.remarks.empty());
}

TEST(PrismaSchema, KnowsWhetherThereAreForeignKeys) {
  EXPECT_TRUE(with_provider("\"mysql\"").foreign_keys);
  EXPECT_FALSE(with_provider("\"mysql\"\n  relationMode = \"prisma\"").foreign_keys);
  EXPECT_TRUE(with_provider("\"mysql\"\n  relationMode = \"foreignKeys\"").foreign_keys);
  EXPECT_FALSE(with_provider("\"mysql\"\n  referentialIntegrity = \"prisma\"").foreign_keys);
}

TEST(PrismaSchema, ReadsColumns) {
  const DatabaseSchema schema = schema_of(R"~(
model User {
  id      Int      @id @default(autoincrement())
  email   String?  @map("e_mail") @db.VarChar(120)
  big     BigInt   @default(-1)
  ratio   Float    @default(1.5)
  price   Decimal  @db.Decimal(10, 2)
  ok      Boolean  @default(true)
  made    DateTime @default(now())
  made2   DateTime @default(dbgenerated("CURRENT_TIMESTAMP(3)"))
  other   DateTime @default(dbgenerated("'2020-01-01'"))
  changed DateTime @updatedAt
  data    Json     @default("{\"a\": [1, \") }\"]}")
  raw     Bytes
  role    Role     @default(ADMIN)
  tags    String[]
  place   Unsupported("geometry(Point, 4326)")?
  old:    String!
  secret  String   @ignore @new.thing @omit
}
enum Role {
  ADMIN @map("admin")
  USER

  @@map("roles")
})~");
  std::string columns;
  const Table& user = table_of(schema, "User");
  for (const Column& column : user.columns) {
    columns += column.field + " " + column.name + " " + std::to_string(static_cast<int>(column.type)) +
               (column.native.empty() ? "" : " " + column.native) + (column.list ? " list" : "") +
               (column.optional ? " optional" : "") + (column.set_when_created ? " created" : "") +
               (column.set_when_updated ? " updated" : "") + "\n";
  }
  EXPECT_EQ(columns,
            "id id 2\n"
            "email e_mail 1 VarChar(120) optional\n"
            "big big 3\n"
            "ratio ratio 4\n"
            "price price 5 Decimal(10, 2)\n"
            "ok ok 6\n"
            "made made 7 created\n"
            "made2 made2 7 created\n"
            "other other 7\n"
            "changed changed 7 updated\n"
            "data data 8\n"
            "raw raw 9\n"
            "role role 10\n"
            "tags tags 1 list\n"
            "place place 0 geometry(Point, 4326) optional\n"
            "old old 1\n"
            "secret secret 1 thing\n");
  EXPECT_EQ(user.location, (Location{"s.prisma", 2, 1, {}}));
  EXPECT_EQ(user.end_line, 20U);
  EXPECT_EQ(user.columns[1].location, (Location{"s.prisma", 4, 3, {}}));
}

TEST(PrismaSchema, ReadsNamesOfTables) {
  const DatabaseSchema schema = schema_of(R"~(
model A { id Int @id
  @@map("table_a")
  @@schema("shop")
  @@ignore
}
view Totals {
  id Int @unique
  @@map(name: "v_totals")
}
type Address {
  street String
  geo    Geo?
}
type Geo {
  lat Float
})~");
  ASSERT_EQ(schema.tables.size(), 2U);
  EXPECT_EQ(schema.tables[0].name, "table_a");
  EXPECT_EQ(schema.tables[0].schema, "shop");
  EXPECT_FALSE(schema.tables[0].view);
  EXPECT_EQ(schema.tables[1].name, "v_totals");
  EXPECT_TRUE(schema.tables[1].view);
  EXPECT_EQ(indexes_of(schema.tables[1]), "unique(id)\n");
}

TEST(PrismaSchema, CommentsStandAnywhere) {
  const DatabaseSchema schema = schema_of(
      "// a\n/// model B {\n/* model C {\n */ model A { // {\r\n  id Int /* @unique */ @id // @map(\"x\")\n"
      "  url String @default(\"http://x/*\") /// \"\n  @@index([ // first\n    url, /* , id */\n  ])\n}\n");
  ASSERT_EQ(schema.tables.size(), 1U);
  EXPECT_EQ(schema.tables[0].location.line, 4U);
  EXPECT_EQ(indexes_of(schema.tables[0]), "primary(id)\nplain(url)\n");
  EXPECT_EQ(schema.tables[0].end_line, 10U);
}

TEST(PrismaSchema, ReadsIndexesOfFields) {
  const DatabaseSchema schema = schema_of(R"~(
model A {
  id   Int    @id(map: "pk_a", sort: Desc, clustered: false)
  code String @unique(map: "uq", length: 12) @map("the_code")
  slug String @unique(sort: Desc, where: { draft: false })
  plain String
})~");
  EXPECT_EQ(indexes_of(table_of(schema, "A")),
            "primary(id desc) =pk_a\n"
            "unique(the_code 12) =uq\n"
            "unique(slug desc) partial\n");
  EXPECT_EQ(schema.tables[0].indexes[1].location, (Location{"s.prisma", 4, 15, {}}));
}

TEST(PrismaSchema, ReadsIndexesOfBlocks) {
  const DatabaseSchema schema = schema_of(R"~(
model A {
  a Int    @map("aa")
  b String
  c Json
  d Int[]
  @@id([a, b(length: 20)], name: "both", map: "pk")
  @@unique(fields: [b(sort: Desc), a], name: "client_name")
  @@index([a], name: "old_name")
  @@index(a)
  @@index([c(ops: JsonbPathOps)], type: Gin)
  @@index([b(ops: raw("gin_trgm_ops"))], type: Gin, map: "trgm")
  @@index([b], type: Hash)
  @@index([b], type: Gist)
  @@index([b], type: SpGist)
  @@index(fields: [a, b], type: Brin)
  @@index([b], where: raw("a IS NOT NULL"))
  @@index([
    a(sort: Asc),
    b(sort: Desc),
  ], type: BTree)
  @@fulltext([b])
  @@newThing([a, b], some: { deep: [1, { x: raw("y") }] })
})~");
  EXPECT_EQ(indexes_of(table_of(schema, "A")),
            "primary(aa, b 20) =pk\n"
            "unique(b desc, aa)\n"
            "plain(aa) =old_name\n"
            "plain(aa)\n"
            "plain(c ops:JsonbPathOps) Gin\n"
            "plain(b ops:gin_trgm_ops) Gin =trgm\n"
            "plain(b) Hash\n"
            "plain(b) Gist\n"
            "plain(b) SpGist\n"
            "plain(aa, b) Brin\n"
            "plain(b) partial where a IS NOT NULL\n"
            "plain(aa, b desc)\n"
            "fulltext(b)\n");
  EXPECT_EQ(schema.tables[0].indexes[0].columns[0].field, "a");
}

TEST(PrismaSchema, PassesOverIndexesIntoCompositeTypes) {
  const DatabaseSchema schema = schema_of(R"~(
type Address {
  street String
}
model A {
  id      String @id @map("_id") @db.ObjectId
  address Address
  @@index([id, address.street])
  @@unique([address.street(sort: Desc)])
})~");
  EXPECT_EQ(indexes_of(table_of(schema, "A")), "primary(_id)\n");
}

TEST(PrismaSchema, StringsSayWhatTheirEscapesMean) {
  EXPECT_EQ(prisma::unescape(R"~("a\"b\\c\/\n\t")~"), "a\"b\\c/\n\t");
  EXPECT_EQ(prisma::unescape(R"~("\u00e9\u20AC\ud83d\ude00")~"), "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80");
  EXPECT_EQ(prisma::unescape(R"~("\ud83dx\u12\q")~"), "\xEF\xBF\xBDx\\u12\\q");
  EXPECT_EQ(prisma::unescape("\""), "");
  const DatabaseSchema schema = schema_of("model A {\n  id Int @id @map(\"a\\u0062\\u0007\")\n}\n");
  EXPECT_EQ(schema.tables[0].columns[0].name, "ab\xEF\xBF\xBD");
}

TEST(PrismaSchemaFiles, AFolderIsOneSchema) {
  MemoryFileSystem files;
  files.add("prisma/a.prisma", "model User {\n  id Int @id\n  posts Post[]\n}\n");
  files.add("prisma/models/b.prisma",
            "model Post {\n  id Int @id\n  userId Int\n  user User @relation(fields: [userId], references: [id])\n}\n");
  files.add("prisma/z.prisma", "datasource db {\n  provider = \"mysql\"\n}\n");
  files.add("prisma/migrations/1/x.prisma", "nonsense");
  files.add("prisma/node_modules/p/y.prisma", "nonsense");
  files.add("prisma/.cache/z.prisma", "nonsense");
  files.add("prisma/readme.md", "nonsense");
  const auto schema = read_prisma_schema(files, "prisma");
  ASSERT_TRUE(schema) << to_string(schema.error().front());
  EXPECT_EQ(schema->path, "prisma");
  EXPECT_EQ(schema->kind, DatabaseKind::kMysql);
  ASSERT_EQ(schema->tables.size(), 2U);
  EXPECT_EQ(schema->tables[1].location, (Location{"prisma/models/b.prisma", 1, 1, {}}));
  EXPECT_EQ(relations_of(schema->tables[1]), "user -> User(id) by userId, seen as posts\n");
  EXPECT_EQ(indexes_of(schema->tables[1]), "primary(id)\nforeign(userId)\n");
  const auto single = read_prisma_schema(files, "prisma/z.prisma");
  ASSERT_TRUE(single);
  EXPECT_EQ(single->path, "prisma/z.prisma");
}

TEST(PrismaSchemaFiles, ErrorsSayWhichFile) {
  MemoryFileSystem files;
  files.add("empty/readme.md", "x");
  files.add("two/a.prisma", "model A {\n  id Int @id\n}\nmodel X {\n  id Itn\n}\n");
  files.add("two/b.prisma", "model A {\n  id Int @id\n}\n");
  files.add("big/a.prisma", std::string((std::size_t{4} << 20) + 1, ' '));
  files.add("fits/a.prisma", std::string(std::size_t{4} << 20, ' '));
  const auto errors = [&](const std::string& path) {
    const auto schema = read_prisma_schema(files, path);
    std::string out;
    for (const Error& error : schema ? Errors() : schema.error()) {
      out += to_string(error) + "\n";
    }
    return out;
  };
  EXPECT_EQ(
      errors("gone.prisma"),
      "gone.prisma: cannot read 'gone.prisma': No such file or directory (check the path, or the step that should "
      "have written it)\n");
  EXPECT_EQ(
      errors("empty"),
      "empty: the folder 'empty' contains no *.prisma file (name schema.prisma, or the folder that holds its parts)\n");
  EXPECT_EQ(errors("two"),
            "two/a.prisma:5:6: 'Itn' is neither a type of Prisma's nor a model or enum of this schema (did you mean "
            "'Int'?)\n"
            "two/b.prisma:1:1: 'A' is declared twice (the first stands at two/a.prisma:1:1)\n");
  EXPECT_EQ(errors("big"), "big/a.prisma: the file is larger than 4 MiB (is it a Prisma schema?)\n");
  EXPECT_EQ(errors("fits"), "");
}

TEST(PrismaSchemaFiles, FoldersHaveLimits) {
  MemoryFileSystem files;
  std::string deep = "deep";
  for (int i = 0; i < 20; ++i) {
    deep += "/d";
  }
  files.add(deep + "/a.prisma", "");
  for (int i = 0; i < 1001; ++i) {
    files.add("many/" + std::to_string(i) + ".prisma", "");
  }
  for (const char* path : {"deep", "many"}) {
    const auto schema = read_prisma_schema(files, path);
    ASSERT_FALSE(schema) << path;
    EXPECT_EQ(schema.error()[0].hint, "name the folder of the schema itself");
  }
}

}  // namespace
}  // namespace budgetcheck
