#include <algorithm>
#include <random>

#include "unit/query/prisma/prisma_testing.h"

namespace budgetcheck {
namespace {

std::string in_model(const std::string& lines) {
  return schema_errors("model A {\n  id Int @id\n  name String\n" + lines + "\n}\n");
}

TEST(PrismaSchemaErrors, AreToldAllAtOnceByPlace) {
  EXPECT_EQ(schema_errors(R"(datasource db {
  provider = "postgresq"
}
modle User {
  id Int @id
  name Strng
  @@index([nmae])
}
hello world
model Post {
  id Int @id @default(autoincrement(
  title String
  text
  userId Int
  user User @relation(fields: [userId], references: [idd])
  s String @default("open)
}
)"),
            "2:14: there is no provider 'postgresq' (did you mean 'postgresql'?)\n"
            "4:1: a schema has no blocks named 'modle' (did you mean 'model'?)\n"
            "6:8: 'Strng' is neither a type of Prisma's nor a model or enum of this schema (did you mean 'String'?)\n"
            "9:1: this line belongs to no block (a block begins like 'model User {')\n"
            "12:9: unexpected 'String', expected ',' or ')' ('(' of line 11 is not closed yet)\n"
            "13:7: unexpected the end of the line, expected the type of 'text' (write it like 'name String')\n"
            "15:54: 'User' has no field 'idd' (did you mean 'id'?)\n"
            "16:21: this text has no closing quote on its line\n");
}

TEST(PrismaSchemaErrors, OfFields) {
  EXPECT_EQ(in_model("  a"),
            "4:4: unexpected the end of the line, expected the type of 'a' (write it like 'name String')\n");
  EXPECT_EQ(in_model("  a String?\n  b Int[]?"), "5:10: unexpected '?' (a list cannot be optional; it can be empty)\n");
  EXPECT_EQ(in_model("  a String b"), "4:12: unexpected 'b', expected the end of the line\n");
  EXPECT_EQ(in_model("  a String @"), "4:13: unexpected the end of the line, expected a name\n");
  EXPECT_EQ(in_model("  @unique"),
            "4:3: unexpected '@', expected a field or '@@' (the attributes of a field belong on its line)\n");
  EXPECT_EQ(in_model("  a Unsupported(x)"), "4:17: unexpected 'x', expected the database's type in quotes\n");
  EXPECT_EQ(in_model("  a String @map"), "4:12: 'map' needs a name in quotes (write it like 'map(\"the_name\")')\n");
  EXPECT_EQ(in_model("  a String @map(b)"), "4:12: 'map' needs a name in quotes (write it like 'map(\"the_name\")')\n");
  EXPECT_EQ(in_model("  name Int"), "4:3: 'A' has two fields 'name'\n");
  EXPECT_EQ(
      in_model("  a Strings"),
      "4:5: 'Strings' is neither a type of Prisma's nor a model or enum of this schema (did you mean 'String'?)\n");
  EXPECT_EQ(in_model("  a Zebra\n  @@index([a])"),
            "4:5: 'Zebra' is neither a type of Prisma's nor a model or enum of this schema (if it stands in another "
            "file, name the folder of both)\n");
}

TEST(PrismaSchemaErrors, AnIndexThatIsNotUnderstoodCostsNoSchema) {
  const auto remark = [](const std::string& lines) {
    const std::string text = "model A {\n  id Int @id\n  name String\n" + lines + "\n}\n";
    EXPECT_EQ(schema_errors(text), "") << lines;
    return schema_remarks(text);
  };
  const std::string unknown = ": so it is not known what this index serves";
  EXPECT_EQ(remark("  @@index([name])"), "");
  EXPECT_EQ(remark("  @@index([namee])"), "s.prisma:4:12: 'A' has no field 'namee' (did you mean 'name'?)" + unknown);
  EXPECT_EQ(remark("  @@index([])"),
            "s.prisma:4:3: '@@index' names no fields (write it like '@@index([a, b])')" + unknown);
  EXPECT_EQ(remark("  @@unique"),
            "s.prisma:4:3: '@@unique' names no fields (write it like '@@unique([a, b])')" + unknown);
  EXPECT_EQ(remark("  @@id([\"name\"])"), "s.prisma:4:9: an index is made of fields, without quotes" + unknown);
  EXPECT_EQ(remark("  @@index([name], type: Ginn)"),
            "s.prisma:4:25: there is no index of type 'Ginn' (did you mean 'Gin'?)" + unknown);
  EXPECT_EQ(remark("  up A? @relation(\"x\", fields: [id], references: [id])\n  @@index([up])"),
            "s.prisma:5:12: 'up' of 'A' is a relation, not a column (name the field that holds its key, as in "
            "'@relation(fields: [...])')" +
                unknown);
  EXPECT_EQ(remark("  @@index([name], where: => 1)\n  @@index([zzz])"),
            "s.prisma:4:26: unexpected '=', expected a value; and 1 more" + unknown);
  const DatabaseSchema schema = schema_of("model A {\n  id Int @id\n  @@index([id], x: !)\n  @@index([id])\n}\n");
  EXPECT_EQ(schema.tables.at(0).unread_index.line, 3U);
  EXPECT_EQ(indexes_of(schema.tables.at(0)), "primary(id)\nplain(id)\n");
}

TEST(PrismaSchemaErrors, OfRelations) {
  EXPECT_EQ(in_model("  up A? @relation(\"x\", fields: [upId], references: [ids])"),
            "4:33: 'A' has no field 'upId'\n"
            "4:53: 'A' has no field 'ids' (did you mean 'id'?)\n");
  EXPECT_EQ(in_model("  up A? @relation(\"x\", fields: [id])"),
            "4:9: the relation 'up' does not say what its fields refer to (add 'references: [...]')\n");
  EXPECT_EQ(in_model("  up A? @relation(\"x\", fields: [id], references: [id, name])"),
            "4:9: the relation 'up' has 1 field and 2 references\n");
  EXPECT_EQ(in_model("  bs B[]\n  cs B[]\n}\nmodel B {\n  a A @relation(fields: [x], references: [id])\n  x Int"),
            "4:3: the relations between 'A' and 'B' cannot be told apart (give both fields of each relation one name, "
            "as in '@relation(\"Name\")')\n");
}

TEST(PrismaSchemaErrors, OfBlocks) {
  EXPECT_EQ(schema_errors("model A {\n}\nenum A {\n}\n"),
            "3:1: 'A' is declared twice (the first stands at s.prisma:1:1)\n");
  EXPECT_EQ(schema_errors("model Int {\n}\n"),
            "1:1: 'Int' is declared twice (it is the name of a type of Prisma's own)\n");
  EXPECT_EQ(schema_errors("model A {\n @@map(\"t\")\n}\nview B {\n @@map(\"t\")\n}\n"),
            "4:1: 'B' and 'A' are both the table 't' (look at their @@map)\n");
  EXPECT_EQ(
      schema_errors("model A {\n @@map(\"t\")\n @@schema(\"x\")\n}\nmodel B {\n @@map(\"t\")\n @@schema(\"y\")\n}\n"),
      "");
  EXPECT_EQ(schema_errors("model {\n}\n"),
            "1:7: unexpected '{', expected a name (write it like 'model Name {')\n"
            "2:1: this line belongs to no block (a block begins like 'model User {')\n");
  EXPECT_EQ(schema_errors("model A\n"),
            "1:8: unexpected the end of the line, expected '{' (write it like 'model Name {')\n");
  EXPECT_EQ(schema_errors("table A {\n  id bigint\n}\nmodel B {\n  x Itn\n}\n"),
            "1:1: a schema has no blocks named 'table' (blocks are model, view, enum, type, datasource and generator)\n"
            "5:5: 'Itn' is neither a type of Prisma's nor a model or enum of this schema (did you mean 'Int'?)\n");
  EXPECT_EQ(schema_errors("model A {\n  id Int\nmodel B {\n  id Int\n"),
            "1:1: the block 'A' is not closed before line 3 (add a line with '}')\n"
            "3:1: the block 'B' is not closed before the end of the file (add a line with '}')\n");
  EXPECT_EQ(schema_errors("enum E {\n  A B\n  \"C\"\n}\n"),
            "2:5: unexpected 'B', expected the end of the line\n"
            "3:3: unexpected '\"C\"', expected a value or '@@'\n");
  EXPECT_EQ(schema_errors("generator x {\n  a\n  b =\n}\n"),
            "2:4: unexpected the end of the line, expected '=' (write it like 'provider = \"postgresql\"')\n"
            "3:6: unexpected the end of the line, expected a value\n");
  EXPECT_EQ(schema_errors("datasource a {\n}\ndatasource b {\n}\n"),
            "3:1: a schema has one datasource, and this is the second (the first stands at s.prisma:1:1)\n");
  EXPECT_EQ(schema_errors("datasource a {\n  relationMode = \"none\"\n}\n"),
            "2:18: the relation mode is unknown (it is \"foreignKeys\" or \"prisma\")\n");
}

TEST(PrismaSchemaErrors, ABrokenLineCostsNoOther) {
  // What stands in the broken lines is not missed elsewhere, and lines of one argument are one error.
  EXPECT_EQ(in_model("  a String ?\n  b = Int\n  @@index([a, !\n    b,\n    name\n  ])\n  @@index([b])\n  c Itn"),
            "5:5: unexpected '=', expected the type of 'b' (write it like 'name String')\n"
            "11:5: 'Itn' is neither a type of Prisma's nor a model or enum of this schema (did you mean 'Int'?)\n");
}

TEST(PrismaSchemaErrors, OfBytesThatAreNoText) {
  EXPECT_EQ(schema_errors(std::string("model A {\n \0}", 13)),
            "2:2: the file contains a zero byte, so it is not a text (is it a Prisma schema?)\n");
  EXPECT_EQ(schema_errors("model A {\n  // \xC3\x28\n}\n"),
            "2:7: the file is not UTF-8 text from here on (write it as UTF-8)\n");
  EXPECT_EQ(schema_errors("\xFF\xFEm"), "1:1: the file is UTF-16 text (write it as UTF-8)\n");
  EXPECT_EQ(schema_errors("\xEF\xBB\xBFmodel A {\n}\n"), "");
  EXPECT_EQ(schema_errors(""), "");
  EXPECT_EQ(schema_errors("/* open"), "1:1: this comment is not closed\n");
}

TEST(PrismaSchemaErrors, ShowNamesSafely) {
  const std::string errors = in_model("  a B\xE2\x80\xAE" + std::string(5000, 'x'));
  EXPECT_EQ(errors.find("\xE2\x80\xAE"), std::string::npos);
  EXPECT_LT(errors.size(), 300U);
}

TEST(PrismaSchemaErrors, AreCounted) {
  std::string lines;
  for (int i = 0; i < 100; ++i) {
    lines += "  f" + std::to_string(i) + "\n";
  }
  const auto count = [](const std::string& text) { return std::count(text.begin(), text.end(), '\n'); };
  EXPECT_EQ(count(in_model(lines)), 100);
  EXPECT_EQ(in_model(lines).find("more"), std::string::npos);
  const std::string more = in_model(lines + "  g\n");
  EXPECT_EQ(count(more), 101);
  EXPECT_TRUE(more.ends_with("\n and 1 more error\n")) << more.substr(more.size() - 60);
  std::string garbage;
  for (int i = 0; i < 100'000; ++i) {
    garbage += "what is this\n";
  }
  EXPECT_TRUE(schema_errors(garbage).ends_with("\n and 99900 more errors\n"));
}

TEST(PrismaSchemaLimits, NestingAndSize) {
  const auto nested = [](std::size_t depth) {
    return in_model("  @@x(" + std::string(depth, '[') + std::string(depth, ']') + ")");
  };
  EXPECT_EQ(nested(32), "");
  EXPECT_EQ(nested(33), "4:39: unexpected '[' (arguments are nested more than 32 deep)\n");
  std::string fields;
  for (int i = 0; i < 5000 - 2; ++i) {
    fields += "  f" + std::to_string(i) + " Int\n";
  }
  EXPECT_EQ(in_model(fields), "");
  EXPECT_EQ(in_model(fields + "  x Int"), "5002:3: the block 'A' has more than 5000 lines\n");
  std::string list = "a";
  for (int i = 0; i < 600'000; ++i) {
    list += ",a";
  }
  const std::string large = in_model("  @@x([" + list + "])");
  EXPECT_TRUE(
      large.ends_with("the schema is too large to be one: reading stopped here (name the folder or file of one "
                      "schema)\n"))
      << large;
}

// Texts that made a parser of this kind quadratic, or would overflow its stack; a hang shows as a test that never ends.
TEST(PrismaSchemaLimits, HostileTextsTakeNoTime) {
  const auto repeated = [](std::string_view part, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) {
      out += part;
    }
    return out;
  };
  EXPECT_NE(in_model("  a Int @x(" + repeated("[", 1'000'000)), "");
  EXPECT_NE(in_model(repeated("  a B @c(\n", 100'000)), "");
  EXPECT_NE(in_model("  a B @c(\n" + repeated("b\n", 1'000'000)), "");
  EXPECT_NE(schema_errors(repeated("/*", 1'000'000)), "");
  EXPECT_NE(schema_errors(repeated("/**/", 500'000) + "x"), "");
  EXPECT_NE(schema_errors(repeated("model A {\n", 100'000)), "");
  EXPECT_NE(schema_errors(repeated("foo bar {\n", 100'000)), "");
  EXPECT_NE(in_model("  a String @x(\"" + repeated("\\u", 1'000'000)), "");
}

TEST(PrismaSchemaLimits, AnyBytesAreAnswered) {
  const std::vector<std::string> parts{"model ", "enum ", "A",    " {\n", "}\n",       "@",        "@@index", "(",
                                       ")",      "[",     "]",    "{",    "\"",        "x",        " Int",    "\n",
                                       ",",      ":",     ".",    "\\\"", "/*",        "*/",       "//",      "?",
                                       "=",      "-",     "\xC3", "id",   "@relation", "fields: ", "#"};
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (auto i = random() % 60; i > 0; --i) {
      text += parts[random() % parts.size()];
    }
    const auto schema = parse_prisma_schema({{"a.prisma", text}, {"b.prisma", text}});
    for (const Error& error : schema ? Errors() : schema.error()) {
      EXPECT_EQ(printable(to_string(error)), to_string(error));
    }
  }
}

}  // namespace
}  // namespace budgetcheck
