#include "unit/query/prisma/prisma_testing.h"

namespace budgetcheck {
namespace {

std::string index_of(const std::string& line) {
  const DatabaseSchema schema = schema_of(
      "datasource db {\n  provider = \"postgresql\"\n}\nenum S {\n  OPEN\n  DONE\n}\nmodel T {\n  id Int @id\n  email "
      "String\n  status S\n  n Int\n  active Boolean\n  deletedAt DateTime? @map(\"deleted_at\")\n" +
      line + "\n}\n");
  std::string all = indexes_of(schema.tables.at(0));
  return all.substr(all.find('\n') + 1);
}

TEST(PrismaPredicates, AreSqlInTheDatabasesNames) {
  EXPECT_EQ(index_of("@@unique([email], where: { deletedAt: null })"),
            "unique(email) partial where \"deleted_at\" IS NULL\n");
  EXPECT_EQ(index_of("@@index([n], where: { active: true, status: OPEN, n: { gt: -5, not: 7 } })"),
            "plain(n) partial where \"active\" = true AND \"status\" = 'OPEN' AND \"n\" > -5 AND \"n\" <> 7\n");
  EXPECT_EQ(index_of("@@index([n], where: { deletedAt: { not: null }, email: { in: [\"a\", \"it's\"] } })"),
            "plain(n) partial where \"deleted_at\" IS NOT NULL AND \"email\" IN ('a', 'it''s')\n");
  EXPECT_EQ(index_of("@@index([n], where: raw(\"status <> 'DONE'\"), map: \"open_only\")"),
            "plain(n) partial where status <> 'DONE' =open_only\n");
  EXPECT_EQ(index_of("@@index([n], where: \"deleted_at is null\")"), "plain(n) partial where deleted_at is null\n");
}

TEST(PrismaPredicates, WhatIsNotUnderstoodStaysPartial) {
  for (const char* where :
       {"{ nowhere: 1 }", "{ email: { contains: { a: 1 } } }", "{ n: { gt: null } }", "now()", "x"}) {
    EXPECT_EQ(index_of("@@index([n], where: " + std::string(where) + ")"), "plain(n) partial\n") << where;
  }
}

TEST(PrismaPredicates, AnIndexMayHoldExpressions) {
  EXPECT_EQ(index_of("@@index(expression: \"lower(email)\", name: \"email_lower\", type: \"btree\")"),
            "plain({lower(email)}) =email_lower\n");
  EXPECT_EQ(index_of("@@index(expression: \"coalesce(n, 0), email\")"), "plain({coalesce(n, 0)}, email)\n");
  EXPECT_EQ(index_of("@@index([raw(\"lower(email)\"), n])"), "plain({lower(email)}, n)\n");
  EXPECT_EQ(index_of("@@unique(expression: \"deleted_at\")"), "unique(deleted_at)\n");
}

}  // namespace
}  // namespace budgetcheck
