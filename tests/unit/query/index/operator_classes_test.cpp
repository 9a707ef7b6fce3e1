#include "query/index/operator_classes.h"

#include "unit/query/sql/statement_testing.h"

namespace budgetcheck {
namespace {

// What PostgreSQL 15 said to each with EXPLAIN, sequential scans forbidden.
constexpr const char* kColumns = R"x(
  id    Int      @id
  a     Int
  n     BigInt
  d     Decimal
  t     String
  c     String   @db.Citext
  ch    String   @db.Char(10)
  u     String   @db.Uuid
  ip    String   @db.Inet
  made    DateTime
  meta  Json
  tags  String[]
  r     Unsupported("int4range")
  loc   Unsupported("geography(Point, 4326)")
  tsv   Unsupported("tsvector")
)x";

bool serves(const std::string& index, const std::string& condition) {
  const DatabaseSchema schema =
      schema_of("datasource db {\n  provider = \"postgresql\"\n}\nmodel T {" + std::string(kColumns) + index + "\n}\n");
  return accessed(schema, "SELECT id FROM \"T\" WHERE " + condition) == "T served";
}

struct Cases {
  const char* index;
  std::vector<const char*> served;
  std::vector<const char*> not_served;
};

void expect(const std::vector<Cases>& all) {
  for (const Cases& one : all) {
    for (const char* condition : one.served) {
      EXPECT_TRUE(serves(one.index, condition)) << one.index << " | " << condition;
    }
    for (const char* condition : one.not_served) {
      EXPECT_FALSE(serves(one.index, condition)) << one.index << " | " << condition;
    }
  }
}

TEST(OperatorClasses, OfGin) {
  expect({{"@@index([t(ops: raw(\"gin_trgm_ops\"))], type: Gin)",
           {"t % $1", "$1 <% t", "t %> $1", "t LIKE '%x%'", "t ILIKE 'x%'", "t ~ $1", "t ~* $1", "t = $1", "t IN ($1)",
            "t SIMILAR TO $1"},
           {"t > $1", "t IS NULL", "t NOT LIKE '%x%'", "t !~ $1", "similarity(t, $1) > 0.4"}},
          {"@@index([c(ops: raw(\"gin_trgm_ops\"))], type: Gin)", {"c::text LIKE '%x%'"}, {"c ILIKE '%x%'", "c = $1"}},
          {"@@index([meta], type: Gin)",
           {"meta @> $1", "meta ? 'k'", "meta ?| array['k']", "meta ?& array['k']", "meta @? $1", "meta @@ $1"},
           {"meta <@ $1", "meta = $1", "meta->>'k' = $1", "jsonb_path_exists(meta, $1)"}},
          {"@@index([meta(ops: JsonbPathOps)], type: Gin)",
           {"meta @> $1", "meta @? $1", "meta @@ $1"},
           {"meta ? 'k'", "meta ?| array['k']"}},
          {"@@index([tags], type: Gin)",
           {"tags @> $1", "tags <@ $1", "tags && $1", "tags = $1", "ARRAY[$1] <@ tags"},
           {"$1 = ANY(tags)", "NOT tags @> $1", "tags IS NULL"}},
          {"@@index([tsv], type: Gin)", {"tsv @@ to_tsquery($1)", "to_tsquery($1) @@ tsv"}, {"tsv = $1"}}});
}

TEST(OperatorClasses, OfGistAndSpGist) {
  expect({{"@@index([r], type: Gist)",
           {"r && $1", "r @> 5", "r <@ $1", "r = $1", "r << $1", "r -|- $1", "5 <@ r"},
           {"lower(r) > 5", "r > $1"}},
          {"@@index([loc], type: Gist)",
           {"ST_DWithin(loc, ST_MakePoint($1, $2)::geography, $3)", "ST_Intersects(loc, $1)", "loc && $1"},
           {"ST_Distance(loc, $1) < $2", "NOT ST_DWithin(loc, $1, $2)"}},
          {"@@index([t(ops: raw(\"gist_trgm_ops\"))], type: Gist)", {"t % $1", "t LIKE '%x'", "t = $1"}, {"t > $1"}},
          {"@@index([t], type: SpGist)", {"t = $1", "t > $1", "t LIKE 'x%'", "t ^@ $1", "starts_with(t, $1)"}, {}},
          {"@@index([ip(ops: InetOps)], type: Gist)", {"ip << $1", "ip && $1", "ip > $1", "ip = $1"}, {}},
          {"@@index([ip])", {"ip << $1", "ip <<= $1", "ip = $1"}, {"ip && $1", "ip >>= $1"}}});
}

TEST(OperatorClasses, OfBrinAndHash) {
  expect({{"@@index([made], type: Brin)",
           {"made > $1", "made = $1", "made BETWEEN $1 AND $2"},
           {"date(made) = $1", "made <> $1"}},
          {"@@index([a(ops: Int4BloomOps)], type: Brin)", {"a = $1", "a IN ($1)"}, {"a > $1"}},
          {"@@index([t], type: Hash)", {"t = $1", "t IN ($1, $2)"}, {"t IS NULL", "t > $1", "t LIKE 'x%'"}}});
}

TEST(OperatorClasses, WhatAValueIsCastToMayHideTheIndex) {
  expect({{"@@index([c])",
           {"c = $1", "c = $1::citext", "c IN ($1, $2)", "c = lower($1)::citext", "c = ANY($1)"},
           {"c = $1::text", "c = lower($1)", "c = $1 || $2", "c = concat($1, $2)", "c = ANY(ARRAY[$1])", "c::text = $1",
            "lower(c) = $1", "c ILIKE $1", "c LIKE 'x%'", "c > $1::text"}},
          {"@@index([a])",
           {"a = $1", "a = $1::bigint", "a = $1::smallint", "a = ANY($1::bigint[])", "a::int = $1", "a = length($1)"},
           {"a = $1::numeric", "a = $1::float8", "a::text = $1", "a = round($1)", "a::numeric = $1", "a + 1 = $1",
            "a IS NOT DISTINCT FROM $1", "a = 5.0", "a > 5.5", "5.0 = a", "a BETWEEN 1.5 AND 2.5"}},
          {"@@index([n])", {"n = $1::int"}, {"n = $1::numeric", "n::int = $1"}},
          {"@@index([d])", {"d = $1::numeric", "d = $1::int", "d = 5.0"}, {"d = $1::float8"}},
          {"@@index([u])", {"u = $1::uuid", "u = $1"}, {"u::text = $1", "u IS NOT DISTINCT FROM $1"}},
          {"@@index([t])", {"t = $1::varchar", "t = lower($1)", "t::varchar = $1", "t = $1 || $2"}, {"t || $1 = $2"}},
          {"@@index([ch])", {"ch = $1", "ch = $1::bpchar"}, {"ch = $1::text", "ch = lower($1)", "ch::text = $1"}},
          {"@@index([made])",
           {"made > now()", "made = current_date", "made > $1::timestamptz", "made > now() - interval '1 day'",
            "made > (now() at time zone 'utc')"},
           {"made::date = $1", "date(made) = $1", "made AT TIME ZONE 'utc' > $1", "date_trunc('day', made) = $1"}}});
}

TEST(OperatorClasses, AKindOfIndexThatIsNotKnownMayServe) {
  const auto schema = parse_prisma_schema({{"s.prisma",
                                            "datasource db {\n  provider = \"postgresql\"\n}\nmodel T {\n  id Int "
                                            "@id\n  a Int\n  @@index([a], type: \"rum\")\n}\n"}});
  ASSERT_TRUE(schema);
  EXPECT_EQ(accessed(*schema, "SELECT id FROM \"T\" WHERE a = $1"), "T served if");
}

TEST(OperatorClasses, TheNearestFirst) {
  const auto order = [](const std::string& index, const std::string& by) {
    const DatabaseSchema schema =
        schema_of("datasource db {\n  provider = \"postgresql\"\n}\nmodel T {" + std::string(kColumns) +
                  "  emb Unsupported(\"vector(3)\")\n" + index + "\n}\n");
    return accessed(schema, "SELECT id FROM \"T\" ORDER BY " + by + " LIMIT 5");
  };
  EXPECT_EQ(order("", "emb <=> $1"), "T order");
  EXPECT_EQ(order("@@index([loc], type: Gist)", "loc <-> $1"), "T bounded");
  EXPECT_EQ(order("@@index([t(ops: raw(\"gist_trgm_ops\"))], type: Gist)", "t <-> $1"), "T bounded");
  EXPECT_EQ(order("@@index([t(ops: raw(\"gin_trgm_ops\"))], type: Gin)", "t <-> $1"), "T order");
}

}  // namespace
}  // namespace budgetcheck
