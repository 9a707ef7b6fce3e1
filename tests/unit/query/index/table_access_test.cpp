#include "query/index/table_access.h"

#include "unit/query/sql/statement_testing.h"

namespace budgetcheck {
namespace {

using Cases = std::vector<std::pair<std::string, std::string>>;

/// Each condition in "SELECT id FROM Post p WHERE …", quoted so that every provider reads it.
void expect_each(const DatabaseSchema& schema, const Cases& cases) {
  for (const auto& [condition, expected] : cases) {
    EXPECT_EQ(accessed(schema, "SELECT id FROM Post p WHERE " + condition), expected) << condition;
  }
}
void expect_statements(const DatabaseSchema& schema, const Cases& cases) {
  for (const auto& [sql, expected] : cases) {
    EXPECT_EQ(accessed(schema, sql), expected) << sql;
  }
}

TEST(TableAccess, AConditionIsServedByAnIndexThatBeginsWithItsColumn) {
  for (const DatabaseSchema* schema : {&postgres(), &mysql(), &sqlite()}) {
    expect_each(*schema, {{"id = ?", "p served"},
                          {"p.editorId = ?", "p served"},
                          {"editorId IN (?)", "p served"},
                          {"createdAt > ?", "p served"},
                          {"? > createdAt", "p served"},
                          {"slug IS NULL", "p served"},
                          {"authorId = ?", "p filter authorId:no index"},
                          {"authorId = ? AND editorId = ?", "p served"},
                          {"authorId = ? AND published = ?", "p filter authorId:no index published:no index"},
                          {"lower(title) = ?", "p filter {lower(title)}:expression"},
                          {"title LIKE '%abc'", "p filter title:wildcard"},
                          {"body LIKE '%abc'", "p filter body:wildcard"},
                          {"title NOT LIKE 'abc%'", "p filter title:operator"},
                          {"title > body", "p filter {title > body}:expression"},
                          {"createdAt < deletedAt + 1", "p filter {deletedAt + ?}:expression"},
                          {"1=0", ""},
                          {"authorId IN (NULL)", ""}});
  }
}

TEST(TableAccess, ProvidersDifferInTheirIndexes) {
  const Cases different{{"title LIKE 'abc%'", "pattern ops/served/case"},
                        {"title LIKE ?", "pattern ops/served/case"},
                        {"title <> ?", "not equal/served/not equal"},
                        {"title NOT IN (?)", "not equal/served/not equal"},
                        {"views = ?", "not leading/not leading/not leading maybe"}};
  for (const auto& [condition, expected] : different) {
    const std::string sql = "SELECT id FROM Post p WHERE " + condition;
    const std::string column = condition.substr(0, condition.find(' '));
    std::string rest = expected;
    for (const DatabaseSchema* schema : {&postgres(), &mysql(), &sqlite()}) {
      const std::string one = rest.substr(0, rest.find('/'));
      rest = rest.find('/') == std::string::npos ? "" : rest.substr(rest.find('/') + 1);
      EXPECT_EQ(accessed(*schema, sql), one == "served" ? "p served" : "p filter " + column + ":" + one) << condition;
    }
  }
  expect_each(postgres(),
              {{"title ILIKE 'abc%'", "p filter title:case"},
               {"title ILIKE ('%' || ? || '%')", "p filter title:case"},
               {"title::text = ?", "p served"},
               {"title::varchar::text LIKE ('%' || ? || '%')", "p filter title:wildcard"},
               {"CAST(title AS text) = ?", "p served"},
               {"editorId::text = ?", "p filter editorId:expression"},
               {"title::text::date = ?", "p filter title:expression"},
               {"meta->>'k' = ?", "p filter {meta->>?}:expression"},
               {"(meta#>ARRAY[?]::text[])::jsonb = ?", "p filter {meta#>ARRAY[?]}:expression"},
               {"EXTRACT(YEAR FROM createdAt) = 2024", "p filter {EXTRACT(YEAR FROM createdAt)}:expression"},
               {"createdAt::date = ?", "p filter createdAt:expression"}});
  expect_each(mysql(), {{"JSON_EXTRACT(meta, ?) = ?", "p filter {JSON_EXTRACT(meta, ?)}:expression"},
                        {"CAST(title AS CHAR) = ?", "p filter title:expression"},
                        {"title LIKE CONCAT('%', ?)", "p filter title:wildcard"},
                        {"title LIKE CONCAT(?, '%')", "p served"}});
}

TEST(TableAccess, AnOrIsServedWhenEveryBranchIs) {
  expect_each(postgres(), {{"editorId = ? OR title = ?", "p served"},
                           {"editorId = ? OR authorId = ?", "p filter authorId:no index or"},
                           {"editorId = ? OR (authorId = ? AND title = ?)", "p served"},
                           {"authorId = ? OR body = ?", "p filter authorId:no index body:no index or"},
                           {"(authorId = ? OR body = ?) AND editorId = ?", "p served"},
                           {"authorId = ? OR 1=0", "p filter authorId:no index or"},
                           {"NOT (authorId <> ? AND editorId <> ?)", "p filter authorId:no index or"},
                           // An optional filter: the plan depends on the value.
                           {"? IS NULL OR authorId = ?", "p unknown"},
                           {"editorId = ? OR (authorId = ? AND title <=> ? < 1)", "p unknown"}});
}

TEST(TableAccess, AnOrOverTwoTablesIsAConditionOnTheirJoin) {
  expect_statements(
      postgres(),
      {{"SELECT 1 FROM Post p JOIN User u ON u.id = p.authorId WHERE p.body = ? OR u.name = ?", "p whole / u served"},
       {"SELECT 1 FROM Post p, User u WHERE u.email = ? AND (p.editorId = u.id OR p.title = u.name)",
        "p served / u served"},
       {"SELECT 1 FROM Post p, User u WHERE u.email = ? AND (p.editorId = u.id OR p.authorId = u.id)",
        "p join authorId:no index / u served"}});
}

TEST(TableAccess, WhatMostRowsPassIsNoWayToThem) {
  expect_each(postgres(), {{"deletedAt IS NULL AND authorId = ?", "p filter deletedAt:no index authorId:no index"},
                           {"deletedAt IS NULL ORDER BY id LIMIT 5", "p bounded"},
                           {"deletedAt IS NULL", "p filter deletedAt:no index"},
                           {"title IS NOT NULL AND authorId = ?", "p filter authorId:no index"}});
}

TEST(TableAccess, OrderWithLimitNeedsAnIndexThatGivesIt) {
  for (const DatabaseSchema* schema : {&postgres(), &mysql(), &sqlite()}) {
    expect_statements(*schema,
                      {{"SELECT id FROM Post p ORDER BY id LIMIT 5", "p bounded"},
                       {"SELECT id FROM Post p ORDER BY createdAt DESC, views DESC LIMIT 5", "p bounded"},
                       {"SELECT id FROM Post p ORDER BY views LIMIT 5", "p order"},
                       {"SELECT id FROM Post p ORDER BY lower(title) LIMIT 5", "p order"},
                       {"SELECT id FROM Post p ORDER BY authorId, id LIMIT 5", "p order"},
                       {"SELECT id FROM Post p ORDER BY slug, body LIMIT 5", "p bounded"},
                       {"SELECT id FROM Post p ORDER BY 1 LIMIT 5", "p bounded"},
                       {"SELECT id FROM Post p LIMIT 5", "p bounded"},
                       {"SELECT id FROM Post p ORDER BY views", "p unbounded"},
                       {"SELECT authorId FROM Post p GROUP BY authorId ORDER BY authorId LIMIT 5", "p whole"}});
  }
  for (const auto& [order, others] : Cases{{"createdAt, views DESC", "order"}, {"title, body", "order"}}) {
    const std::string sql = "SELECT id FROM Post p ORDER BY " + order + " LIMIT 5";
    EXPECT_EQ(accessed(postgres(), sql), "p bounded") << order;  // sorts what ties, piece by piece
    EXPECT_EQ(accessed(sqlite(), sql), "p bounded") << order;
    EXPECT_EQ(accessed(mysql(), sql), "p " + others) << order;
  }
  // The primary key is part of every index of InnoDB.
  EXPECT_EQ(accessed(mysql(), "SELECT id FROM Post p ORDER BY title, id LIMIT 5"), "p bounded");
}

TEST(TableAccess, NullsFirstAndLastMatterWhereTheyAreUnusual) {
  const auto ordered = [](const DatabaseSchema& schema, const std::string& order) {
    return accessed(schema, "SELECT id FROM Post p ORDER BY " + order + " LIMIT 5");
  };
  EXPECT_EQ(ordered(postgres(), "title ASC NULLS LAST"), "p bounded");
  EXPECT_EQ(ordered(postgres(), "title DESC NULLS FIRST"), "p bounded");
  EXPECT_EQ(ordered(postgres(), "title ASC NULLS FIRST"), "p order");
  EXPECT_EQ(ordered(postgres(), "title DESC NULLS LAST"), "p order");
  EXPECT_EQ(ordered(sqlite(), "title ASC NULLS FIRST"), "p bounded");
  EXPECT_EQ(ordered(sqlite(), "title ASC NULLS LAST"), "p order");
}

TEST(TableAccess, AWalkInOrderIsToldFromAPlainFilter) {
  expect_each(postgres(), {{"authorId = ? ORDER BY id LIMIT 5", "p filter authorId:no index walk"},
                           {"authorId = ? ORDER BY views LIMIT 5", "p filter authorId:no index"},
                           {"authorId = ? ORDER BY id", "p filter authorId:no index"}});
}

TEST(TableAccess, ReadingMayEndEarlyWithoutAnOrder) {
  expect_each(postgres(), {{"authorId = ? LIMIT 5", "p filter authorId:no index early"},
                           {"authorId = ? ORDER BY views LIMIT 5", "p filter authorId:no index"},
                           {"authorId = ?", "p filter authorId:no index"}});
  expect_statements(
      postgres(),
      {{"SELECT EXISTS(SELECT 1 FROM Post p WHERE authorId = ?)", "p filter authorId:no index early inside"},
       {"SELECT COUNT(*) FROM Post p WHERE authorId = ? LIMIT 5", "p filter authorId:no index"},
       {"SELECT 1 FROM User u WHERE u.id IN (SELECT authorId FROM Post p WHERE p.body = ?)",
        "u served / p filter body:no index inside"}});
}

TEST(TableAccess, OfTwoTablesWithoutAnIndexThePlannerBeginsWithOne) {
  expect_statements(
      postgres(),
      {{"SELECT 1 FROM User u JOIN Post p ON p.editorId = u.id WHERE u.name = ? AND p.body = ?",
        "u filter name:no index / p filter body:no index or joined"},
       {"SELECT 1 FROM User u JOIN Post p ON p.authorId = u.id WHERE u.name = ? AND p.body = ?",
        "u filter name:no index / p filter body:no index authorId:no index"},
       {"SELECT 1 FROM Post p LEFT JOIN User u ON u.id = p.editorId WHERE u.email = ?", "p served / u served"},
       {"SELECT 1 FROM Post p LEFT JOIN User u ON u.id = p.authorId WHERE u.email = ?",
        "p join authorId:no index / u served"},
       {"SELECT 1 FROM Post p LEFT JOIN User u ON u.id = p.authorId WHERE u.email = ? LIMIT 5",
        "p join authorId:no index early / u served"}});
}

TEST(TableAccess, SubqueriesAreJudgedOnTheirOwnTables) {
  expect_statements(
      postgres(),
      {{"SELECT 1 FROM User u WHERE EXISTS (SELECT 1 FROM Post p WHERE p.authorId = u.id AND p.body = ?)",
        "u whole / p filter authorId:no index body:no index inside"},
       {"SELECT 1 FROM User u WHERE u.id = ? AND EXISTS (SELECT 1 FROM Post p WHERE p.editorId = u.id AND p.body = ?)",
        "u served / p served inside"},
       {"SELECT 1 FROM User u WHERE u.id = ? AND EXISTS (SELECT 1 FROM Post p WHERE p.authorId = u.id)",
        "u served / p filter authorId:no index inside"},
       {"SELECT 1 FROM User u WHERE NOT EXISTS (SELECT 1 FROM Post p WHERE p.editorId = u.id)",
        "u whole / p served inside"},
       {"SELECT 1 FROM User u WHERE u.id IN (SELECT authorId FROM Post p WHERE p.body LIKE '%x')",
        "u served / p filter body:wildcard inside"},
       {"SELECT 1 FROM User u WHERE u.id NOT IN (SELECT authorId FROM Post p WHERE authorId IS NOT NULL)",
        "u whole / p whole inside"},
       {"SELECT 1 FROM User u WHERE u.name IN (SELECT title FROM Post p WHERE p.slug = ?)",
        "u filter name:no index / p served inside"},
       {"SELECT (SELECT COUNT(*) FROM Post p WHERE p.authorId = u.id) FROM User u WHERE u.id = ?",
        "u served / p filter authorId:no index inside"},
       {"SELECT (SELECT COUNT(*) FROM Post p WHERE p.editorId = u.id) FROM User u WHERE u.id = ?",
        "u served / p served inside"},
       // By IN or by EXISTS, the few rows inside lead to the ones outside, if an index does.
       {"SELECT 1 FROM User u WHERE u.name IN (SELECT title FROM Post p WHERE p.slug = ?)",
        "u filter name:no index / p served inside"},
       {"DELETE FROM User u WHERE EXISTS (SELECT 1 FROM Post p WHERE p.title = u.name AND p.slug = ?)",
        "u filter name:no index / p served inside"},
       // Found from the inside: few tags, then the posts by their key.
       {"SELECT 1 FROM Post p WHERE EXISTS (SELECT 1 FROM Tag t WHERE t.postId = p.id AND t.name = ?)",
        "p served / t served inside"}});
}

TEST(TableAccess, JoinsFollowIndexesFromWhatIsReached) {
  expect_statements(
      postgres(),
      {{"SELECT 1 FROM User u JOIN Post p ON p.editorId = u.id WHERE u.email = ?", "u served / p served"},
       {"SELECT 1 FROM User u JOIN Post p ON p.authorId = u.id WHERE u.email = ?",
        "u served / p join authorId:no index"},
       {"SELECT 1 FROM User u JOIN Post p ON p.authorId = u.id WHERE p.slug = ?", "u served / p served"},
       {"SELECT 1 FROM User u LEFT JOIN Post p ON p.authorId = u.id WHERE u.email = ?",
        "u served / p join authorId:no index"},
       {"SELECT 1 FROM User u LEFT JOIN Post p ON p.editorId = u.id WHERE u.email = ?", "u served / p served"},
       {"SELECT 1 FROM User u LEFT JOIN Post p ON p.editorId = u.id WHERE u.name = ?",
        "u filter name:no index / p served"},
       {"SELECT 1 FROM User u JOIN Post p ON p.authorId = u.id", "u served / p whole"},
       {"SELECT 1 FROM User u JOIN Post p ON p.body = lower(u.name) WHERE p.id = ?",
        "u join {lower(name)}:expression / p served"},
       {"SELECT 1 FROM User u, Post p, Tag t WHERE u.id = p.editorId AND t.postId = p.id AND u.id = ?",
        "u served / p served / t join postId:no index"},
       {"SELECT 1 FROM (SELECT 1 AS x) s JOIN Post p ON p.authorId = s.x", "p join authorId:no index"}});
}

TEST(TableAccess, SeesThroughRelationJoinsAsPrismaWritesThem) {
  const auto joined = [](const std::string& key) {
    return "SELECT \"t0\".\"id\" FROM \"User\" AS \"t0\" LEFT JOIN LATERAL (SELECT COALESCE(JSONB_AGG(\"d\"), '[]') AS "
           "\"d\" FROM (SELECT \"t3\".\"d\" FROM (SELECT JSONB_BUILD_OBJECT('id', \"t2\".\"id\") AS \"d\" FROM (SELECT "
           "\"t1\".* FROM \"Post\" AS \"t1\" WHERE \"t0\".\"id\" = \"t1\".\"" +
           key + "\") AS \"t2\") AS \"t3\") AS \"t4\") AS \"x\" ON TRUE WHERE \"t0\".\"id\" = $1 LIMIT $2";
  };
  EXPECT_EQ(accessed(postgres(), joined("authorId")), "t0 served / t1 filter authorId:no index");
  EXPECT_EQ(accessed(postgres(), joined("editorId")), "t0 served / t1 served");
}

TEST(TableAccess, CountsUnionsAndCommonTables) {
  expect_statements(
      postgres(),
      {{"SELECT COUNT(*) FROM (SELECT id FROM Post p WHERE 1=1 OFFSET ?) AS sub", "p whole"},
       {"SELECT COUNT(*) FROM (SELECT id FROM Post p WHERE authorId = ?) AS sub", "p filter authorId:no index"},
       {"SELECT COUNT(*) FROM Post p", "p whole"},
       {"SELECT MAX(views) FROM Post p WHERE 1=1", "p whole"},
       {"WITH x AS (SELECT id FROM Post p WHERE authorId = ?) SELECT id FROM x", "p filter authorId:no index"},
       {"WITH Post AS (SELECT 1 AS id) SELECT id FROM Post WHERE id = 1", ""},
       {"WITH RECURSIVE Tag AS (SELECT id FROM User u WHERE id = ? UNION ALL SELECT p.id FROM Post p JOIN Tag ON "
        "p.editorId = Tag.id) SELECT name FROM Tag WHERE postId = ?",
        "u served / p served"},
       {"SELECT id FROM Post p WHERE editorId = ? UNION SELECT id FROM User u WHERE name = ?",
        "p served / u filter name:no index"},
       {"SELECT id FROM Post p UNION ALL SELECT id FROM User u ORDER BY id LIMIT 5", "p bounded / u bounded"}});
}

TEST(TableAccess, WritesReadToo) {
  expect_statements(
      postgres(),
      {{"UPDATE Post SET views = 1 WHERE authorId = ?", "Post filter authorId:no index"},
       {"UPDATE Post SET views = 1 WHERE id = ?", "Post served"},
       {"UPDATE Post SET views = 1", "Post whole"},
       {"UPDATE Post AS p SET views = v.n FROM (VALUES (1,2)) AS v(id, n) WHERE p.id = v.id", "p served"},
       {"DELETE FROM Post WHERE deletedAt < ?", "Post filter deletedAt:no index"},
       {"DELETE FROM Tag t USING Post p WHERE t.postId = p.id AND p.slug = ?", "t join postId:no index / p served"},
       {"INSERT INTO Tag (postId) SELECT id FROM Post p WHERE authorId = ?", "p filter authorId:no index"},
       {"INSERT INTO Tag (postId) SELECT id FROM Post p", "p whole"},
       {"INSERT INTO Tag (postId) VALUES (?)", ""}});
}

TEST(TableAccess, WithoutConditionAndLimitEveryRowIsReturned) {
  expect_statements(postgres(),
                    {{"SELECT id FROM Post p", "p unbounded"},
                     {"SELECT id FROM Post p WHERE 1=1 OFFSET 0", "p unbounded"},
                     {"SELECT id FROM (SELECT id FROM Post p) s", "p unbounded"},
                     {"SELECT id FROM (SELECT id FROM Post p) s LIMIT 5", "p whole"},
                     {"SELECT DISTINCT authorId FROM Post p", "p whole"},
                     {"SELECT 1 FROM User u WHERE EXISTS (SELECT 1 FROM Post p)", "u whole / p whole inside"}});
  const std::string limited = "SELECT id FROM Post p LIMIT ?";
  EXPECT_EQ(accessed(sqlite(), limited, false), "p unbounded");  // -1
  EXPECT_EQ(accessed(sqlite(), limited, true), "p bounded");
  EXPECT_EQ(accessed(mysql(), "SELECT id FROM Post p ORDER BY views LIMIT ? OFFSET ?", false), "p unbounded");
}

TEST(TableAccess, NothingIsSaidOfWhatTheSchemaDoesNotHave) {
  expect_statements(postgres(), {{"SELECT id FROM Nowhere WHERE a = ?", ""},
                                 {"SELECT id FROM Report WHERE n = ?", ""},
                                 {"SELECT id FROM Post p WHERE nowhere = ?", "p unknown"},
                                 {"SELECT id FROM Post p WHERE lower(nowhere) = ?", "p unknown"},
                                 {"SELECT id FROM Post p WHERE nowhere = ? AND authorId = ?", "p unknown"},
                                 {"SELECT id FROM Post p WHERE p.nowhere = ? AND authorId = ?", "p unknown"},
                                 {"SELECT id FROM Post p WHERE p.nowhere = ? AND editorId = ?", "p served"},
                                 {"SELECT id FROM Post p WHERE (authorId = ?", ""}});
  const StatementAccess access = access_of(
      parse_statement("SELECT 1 FROM Nowhere JOIN Report r ON TRUE JOIN (VALUES (1)) v ON TRUE, Post, Nowhere n"),
      postgres());
  EXPECT_EQ(access.unknown_tables, std::vector<std::string>{"Nowhere"});
  for (const char* table :
       {"pg_class", "information_schema.tables", "sqlite_master", "\"_prisma_migrations\"", "DUAL"}) {
    const std::string sql = "SELECT 1 FROM " + std::string(table);
    EXPECT_TRUE(access_of(parse_statement(sql), postgres()).unknown_tables.empty()) << table;
  }
}

TEST(TableAccess, KeepsWhatAnIndexWouldHold) {
  const auto columns = [](const std::string& sql) {
    const StatementAccess access = access_of(parse_statement(sql), postgres());
    const TableAccess& table = access.tables.at(0);
    std::string order;
    for (const OrderColumn& column : table.order) {
      order += " " + column.name + (column.descending ? "-" : "+");
    }
    return join(table.equal, ",") + "|" + join(table.in, ",") + "|" + join(table.range, ",") + "|" + order;
  };
  EXPECT_EQ(columns("SELECT 1 FROM Post WHERE AUTHORID = ? AND body IN (?) AND views > ? ORDER BY views DESC LIMIT 5"),
            "authorId|body|views| views-");
  EXPECT_EQ(columns("SELECT 1 FROM Post WHERE authorId = ? ORDER BY views"), "authorId|||");
  EXPECT_EQ(columns("SELECT 1 FROM Post WHERE (authorId, body) IN ((?,?)) AND views IN (?)"), "authorId,body|views||");
  EXPECT_EQ(columns("SELECT 1 FROM Post WHERE lower(body) = ? AND authorId::text = ? AND title > body"), "|||");
  EXPECT_EQ(columns("SELECT 1 FROM Post WHERE deletedAt IS NULL AND authorId = lower(?)"), "deletedAt,authorId|||");
}

}  // namespace
}  // namespace budgetcheck
