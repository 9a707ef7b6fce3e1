#include "unit/query/prisma/prisma_testing.h"

namespace budgetcheck {
namespace {

const std::string kMysql = "datasource db {\n  provider = \"mysql\"\n}\n";

TEST(PrismaRelations, LinksBothSides) {
  const DatabaseSchema schema = schema_of(R"(
model User {
  id    Int @id @map("user_id")
  posts Post[]
}
model Post {
  id       Int  @id
  authorId Int? @map("author_id")
  author   User? @relation(fields: [authorId], references: [id], onDelete: SetNull, map: "fk")
})");
  EXPECT_EQ(relations_of(table_of(schema, "User")), "posts -> Post[], seen as author\n");
  EXPECT_EQ(relations_of(table_of(schema, "Post")), "author -> User(user_id) by author_id, seen as posts\n");
  EXPECT_EQ(table_of(schema, "Post").columns.size(), 2U);
  EXPECT_EQ(table_of(schema, "Post").relations[0].location, (Location{"s.prisma", 9, 3, {}}));
}

TEST(PrismaRelations, NamesTellSeveralApart) {
  const DatabaseSchema schema = schema_of(R"(
model User {
  id     Int @id
  wrote  Post[] @relation("Author")
  edited Post[] @relation(name: "Editor")
  other  Post[]
}
model Post {
  a Int
  b Int
  c Int
  editor User @relation(fields: [b], references: [id], name: "Editor")
  author User @relation("Author", fields: [a], references: [id])
  owner  User @relation(fields: c, references: id)
})");
  EXPECT_EQ(relations_of(table_of(schema, "User")),
            "wrote -> Post[], seen as author\n"
            "edited -> Post[], seen as editor\n"
            "other -> Post[], seen as owner\n");
  EXPECT_EQ(relations_of(table_of(schema, "Post")),
            "editor -> User(id) by b, seen as edited\n"
            "author -> User(id) by a, seen as wrote\n"
            "owner -> User(id) by c, seen as other\n");
}

TEST(PrismaRelations, SeveralColumnsAndPositions) {
  const DatabaseSchema schema = schema_of(R"(
model A {
  x Int
  y Int @map("yy")
  bs B[]
  @@id([x, y])
}
model B {
  ax Int @map("a_x")
  ay Int
  a A @relation([ax, ay], [x, y])
})");
  EXPECT_EQ(relations_of(table_of(schema, "B")), "a -> A(x, yy) by a_x, ay, seen as bs\n");
}

TEST(PrismaRelations, AModelMayReferToItself) {
  const DatabaseSchema schema = schema_of(R"(
model User {
  id     Int   @id
  bossId Int?
  boss   User? @relation("Boss", fields: [bossId], references: [id])
  team   User[] @relation("Boss")
  friend User[] @relation("Friends")
  friendOf User[] @relation("Friends")
  lonely User[] @relation("Lonely")
})");
  EXPECT_EQ(relations_of(table_of(schema, "User")),
            "boss -> User(id) by bossId, seen as team\n"
            "team -> User[], seen as boss\n"
            "friend -> User[], seen as friendOf, through _Friends\n"
            "friendOf -> User[], seen as friend, through _Friends\n"
            "lonely -> User[]\n");
  ASSERT_EQ(schema.tables.size(), 2U);
  EXPECT_EQ(relations_of(schema.tables[1]), "A -> User(id) by A\nB -> User(id) by B\n");
}

TEST(PrismaRelations, ListsOnBothSidesHaveATableBetween) {
  const DatabaseSchema schema = schema_of(R"(
model Tag {
  id    String @id @map("tag_id") @db.Uuid
  posts Post[]
  @@map("tags")
  @@schema("second")
}
model Post {
  id   Int @id
  tags Tag[]
  @@map("articles")
  @@schema("first")
})");
  ASSERT_EQ(schema.tables.size(), 3U);
  const Table& join = schema.tables[2];
  EXPECT_EQ(join.model, "");
  EXPECT_EQ(join.name, "_PostToTag");
  EXPECT_EQ(join.schema, "first");
  EXPECT_EQ(join.end_line, 0U);
  EXPECT_EQ(join.location, (Location{"s.prisma", 4, 3, {}}));
  ASSERT_EQ(join.columns.size(), 2U);
  EXPECT_EQ(join.columns[0].name, "A");
  EXPECT_EQ(join.columns[0].type, ColumnType::kInt);
  EXPECT_EQ(join.columns[1].type, ColumnType::kString);
  EXPECT_EQ(join.columns[1].native, "Uuid");
  EXPECT_EQ(relations_of(join), "A -> Post(id) by A\nB -> Tag(tag_id) by B\n");
  EXPECT_EQ(indexes_of(join), "unique(A, B)\nplain(B)\n");
  EXPECT_EQ(relations_of(schema.tables[0]), "posts -> Post[], seen as tags, through _PostToTag\n");
  EXPECT_EQ(relations_of(schema.tables[1]), "tags -> Tag[], seen as posts, through _PostToTag\n");
}

TEST(PrismaRelations, ATableBetweenHasTheRelationsName) {
  const DatabaseSchema schema =
      schema_of(kMysql +
                "model A {\n  id Int @id\n  bs B[] @relation(\"Likes\")\n  cs B[] @relation(\"Reads\")\n}\n"
                "model B {\n  id Int @id\n  x A[] @relation(\"Likes\")\n  y A[] @relation(\"Reads\")\n}\n");
  ASSERT_EQ(schema.tables.size(), 4U);
  EXPECT_EQ(schema.tables[2].name, "_Likes");
  EXPECT_EQ(schema.tables[3].name, "_Reads");
  EXPECT_EQ(indexes_of(schema.tables[2]), "unique(A, B)\nplain(B)\n");  // these serve the foreign keys as well
}

TEST(PrismaRelations, NoTableBetweenWhereAModelIsIt) {
  const DatabaseSchema schema = schema_of(R"(
model Post {
  id Int @id
  tags PostTag[]
}
model Tag {
  id Int @id
  posts PostTag[]
}
model PostTag {
  postId Int
  tagId Int
  post Post @relation(fields: [postId], references: [id])
  tag Tag @relation(fields: [tagId], references: [id])
  @@id([postId, tagId])
})");
  EXPECT_EQ(schema.tables.size(), 3U);
}

TEST(PrismaRelations, NoTableBetweenWhereListsHoldTheKeys) {
  const DatabaseSchema schema = schema_of(R"(
model A {
  id String @id
  ids String[]
  bs B[] @relation(fields: [ids], references: [id])
}
model B {
  id String @id
  ids String[]
  as A[] @relation(fields: [ids], references: [id])
})");
  EXPECT_EQ(schema.tables.size(), 2U);
}

TEST(PrismaRelations, AFragmentMayLackTheOtherSide) {
  const DatabaseSchema schema = schema_of(
      "model A {\n  id Int @id\n}\nmodel B {\n  aId Int\n  cId Int\n  a A @relation(fields: [aId], references: [id])\n"
      "  c A @relation(fields: [cId], references: [id])\n}\n");
  EXPECT_EQ(relations_of(table_of(schema, "B")), "a -> A(id) by aId\nc -> A(id) by cId\n");
}

std::string indexes_of_child(const std::string& datasource, const std::string& lines) {
  const DatabaseSchema schema = schema_of(datasource + "model P {\n  a Int\n  b Int\n  cs C[]\n  @@id([a, b])\n}\n" +
                                          "model C {\n  id Int @id\n  x Int\n  y Int\n" +
                                          "  p P @relation(fields: [x, y], references: [a, b])\n" + lines + "}\n");
  return indexes_of(table_of(schema, "C"));
}

TEST(PrismaRelations, MysqlMakesAnIndexForAForeignKey) {
  EXPECT_EQ(indexes_of_child(kMysql, ""), "primary(id)\nforeign(x, y)\n");
  EXPECT_EQ(indexes_of_child(kMysql, "  @@index([x, y, id])\n"), "primary(id)\nplain(x, y, id)\n");
  EXPECT_EQ(indexes_of_child(kMysql, "  @@unique([x, y])\n"), "primary(id)\nunique(x, y)\n");
  // None of these has the key's columns in front, in their order.
  EXPECT_EQ(indexes_of_child(kMysql, "  @@index([x])\n"), "primary(id)\nplain(x)\nforeign(x, y)\n");
  EXPECT_EQ(indexes_of_child(kMysql, "  @@index([y, x])\n"), "primary(id)\nplain(y, x)\nforeign(x, y)\n");
  EXPECT_EQ(indexes_of_child(kMysql, "  @@index([id, x, y])\n"), "primary(id)\nplain(id, x, y)\nforeign(x, y)\n");
  EXPECT_EQ(indexes_of_child(kMysql, "  @@index([x, y(length: 3)])\n"), "primary(id)\nplain(x, y 3)\nforeign(x, y)\n");
  EXPECT_EQ(indexes_of_child(kMysql, "  @@fulltext([x, y])\n"), "primary(id)\nfulltext(x, y)\nforeign(x, y)\n");
}

TEST(PrismaRelations, OthersMakeNone) {
  for (const char* provider : {"postgresql", "sqlite", "sqlserver", "cockroachdb"}) {
    EXPECT_EQ(indexes_of_child("datasource db {\n  provider = \"" + std::string(provider) + "\"\n}\n", ""),
              "primary(id)\n");
  }
  EXPECT_EQ(indexes_of_child("", ""), "primary(id)\n");
  EXPECT_EQ(indexes_of_child("datasource db {\n  provider = \"mysql\"\n  relationMode = \"prisma\"\n}\n", ""),
            "primary(id)\n");
}

TEST(PrismaRelations, ViewsHaveNoForeignKeys) {
  const DatabaseSchema schema = schema_of(
      kMysql +
      "model A {\n  id Int @id\n  v V?\n  vId Int\n  w V @relation(\"w\", fields: [vId], references: [id])\n}\n"
      "view V {\n  id Int @unique\n  aId Int\n  a A @relation(fields: [aId], references: [id])\n"
      "  x A[] @relation(\"w\")\n}\n");
  EXPECT_EQ(indexes_of(table_of(schema, "V")), "unique(id)\n");
  EXPECT_EQ(indexes_of(table_of(schema, "A")), "primary(id)\n");
}

}  // namespace
}  // namespace budgetcheck
