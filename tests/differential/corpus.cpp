#include "differential/corpus.h"

namespace budgetcheck::oracle {
namespace {

const char* const kConditions[] = {
    "",
    "\"p\".\"authorId\" = $1",
    "\"p\".\"id\" = $1",
    "(\"p\".\"authorId\" = $1 AND \"p\".\"views\" > $2)",
    "(\"p\".\"authorId\" = $1 OR \"p\".\"views\" > $2)",
    "\"p\".\"views\" BETWEEN $1 AND $2",
    "\"p\".\"views\" < 5",
    "\"p\".\"deletedAt\" IS NULL",
    "\"p\".\"deletedAt\" IS NOT NULL",
    "NOT \"p\".\"views\" = $1",
    "\"p\".\"views\" <> $1",
    "\"p\".\"title\"::text LIKE $1",
    "\"p\".\"title\"::text ILIKE $1",
    "lower(\"p\".\"title\") = $1",
    "upper(\"p\".\"title\") = 'X'",
    "\"p\".\"meta\"->>'k' = $1",
    "(\"p\".\"meta\"#>ARRAY[$1]::text[])::jsonb::jsonb = $2",
    "\"p\".\"tags\" @> $1",
    "\"p\".\"tags\" && ARRAY[$1, $2]",
    "$1 = ANY(\"p\".\"tags\")",
    "\"p\".\"state\" = CAST($1::text AS \"public\".\"State\")",
    "EXISTS (SELECT 1 FROM \"Tag\" AS t WHERE t.\"postId\" = \"p\".\"id\" AND t.name = $1)",
    "NOT EXISTS (SELECT 1 FROM \"Tag\" AS t WHERE t.\"postId\" = \"p\".\"id\")",
    "\"p\".\"id\" IN (SELECT t.\"postId\" FROM \"Tag\" AS t WHERE t.name = $1)",
    "\"p\".\"id\" NOT IN (SELECT t.\"postId\" FROM \"Tag\" AS t)",
    "\"p\".\"createdAt\" > now() - INTERVAL '1 day'",
    "EXTRACT(YEAR FROM \"p\".\"createdAt\") = 2024",
    "(\"p\".\"createdAt\", \"p\".\"id\") < ($1, $2)",
    "\"p\".\"title\" IS DISTINCT FROM $1",
    "coalesce(\"p\".\"title\", 'x') = $1",
    "\"p\".\"title\" ~* $1",
    "to_tsvector('simple', \"p\".\"title\") @@ to_tsquery($1)",
    "CASE WHEN \"p\".\"views\" > 1 THEN 2 ELSE 3 END = 3",
    "\"p\".\"views\" >= (SELECT avg(q.views) FROM \"Post\" AS q)",
};

const char* const kEnds[] = {
    "",
    " ORDER BY \"p\".\"id\" LIMIT $8 OFFSET $9",
    " ORDER BY \"p\".\"createdAt\" DESC, \"p\".\"id\" DESC LIMIT 10",
    " ORDER BY \"p\".\"title\" ASC NULLS LAST",
    " LIMIT 10",
    " FOR UPDATE",
};

const char* const kOthers[] = {
    "SELECT COUNT(*) FROM (SELECT \"p\".\"id\" FROM \"Post\" AS p WHERE \"p\".\"authorId\" = $1 OFFSET $2) AS sub",
    "SELECT COUNT(*), SUM(views) FROM \"Post\"",
    "SELECT \"authorId\", COUNT(*) FROM \"Post\" GROUP BY \"authorId\" HAVING COUNT(*) > 3",
    "SELECT u.id FROM \"User\" u JOIN \"Post\" p ON p.\"authorId\" = u.id WHERE u.email = $1",
    "SELECT u.id FROM \"User\" u LEFT JOIN \"Post\" p ON (p.\"authorId\") = (u.id) WHERE u.email = $1",
    "SELECT u.id FROM \"User\" u RIGHT JOIN \"Post\" p USING (id)",
    "SELECT u.id FROM \"User\" u FULL OUTER JOIN \"Post\" p ON TRUE CROSS JOIN \"Tag\"",
    "SELECT u.id FROM \"User\" u NATURAL JOIN \"Post\"",
    "SELECT u.id FROM \"User\" u, \"Post\" p WHERE p.\"authorId\" = u.id",
    "SELECT u.id FROM (\"User\" u JOIN \"Post\" p ON p.id = u.id) JOIN \"Tag\" t ON t.id = p.id WHERE t.name = $1",
    "SELECT t0.id, x.d FROM \"public\".\"User\" AS t0 LEFT JOIN LATERAL (SELECT COALESCE(JSONB_AGG(d), '[]') AS d FROM "
    "(SELECT t3.d FROM (SELECT JSONB_BUILD_OBJECT('id', t2.id) AS d FROM (SELECT t1.* FROM \"public\".\"Post\" AS t1 "
    "WHERE t0.id = t1.\"authorId\" /* root select */) AS t2) AS t3) AS t4) AS x ON TRUE WHERE t0.id = $1",
    "SELECT (SELECT COUNT(*) FROM \"Post\" p WHERE p.\"authorId\" = u.id) FROM \"User\" u",
    "SELECT id FROM \"User\" ORDER BY (SELECT MAX(views) FROM \"Post\" p WHERE p.id = \"User\".id) LIMIT 5",
    "SELECT id FROM \"User\" GROUP BY id HAVING id > (SELECT MIN(id) FROM \"Post\")",
    "SELECT id FROM \"User\" LIMIT (SELECT COUNT(*) FROM \"Tag\")",
    "SELECT coalesce((SELECT name FROM \"Tag\" LIMIT 1), 'x')",
    "WITH x AS (SELECT id FROM \"Post\" WHERE views > 3) SELECT u.id FROM \"User\" u JOIN x ON x.id = u.id",
    "WITH RECURSIVE x AS (SELECT id FROM \"Tag\" WHERE id = $1 UNION ALL SELECT t.id FROM \"Tag\" t JOIN x ON "
    "t.\"postId\" "
    "= x.id) SELECT id FROM x",
    "WITH x AS MATERIALIZED (SELECT 1 AS id), y (id) AS (SELECT id FROM x) SELECT id FROM y WHERE id = 3",
    "SELECT id FROM \"Post\" UNION ALL SELECT id FROM \"User\" WHERE name = $1",
    "SELECT id FROM \"Post\" UNION SELECT id FROM \"User\" WHERE name = $1",
    "(SELECT id FROM \"Post\" LIMIT 1) EXCEPT (SELECT id FROM \"Tag\") ORDER BY id LIMIT 4",
    "SELECT id FROM \"Post\" INTERSECT SELECT id FROM \"Tag\"",
    "SELECT DISTINCT ON (\"authorId\") id FROM \"Post\" ORDER BY \"authorId\", id",
    "SELECT id, ROW_NUMBER() OVER (PARTITION BY \"authorId\" ORDER BY id) FROM \"Post\"",
    "SELECT id, SUM(views) OVER w FROM \"Post\" WINDOW w AS (PARTITION BY \"authorId\")",
    "SELECT COUNT(*) FILTER (WHERE views > 3) FROM \"Post\"",
    "SELECT n FROM generate_series(1, 10) AS g(n) JOIN \"Post\" p ON p.id = g.n WHERE p.views = 1",
    "SELECT a FROM unnest($1::int[]) WITH ORDINALITY AS x(a, n) JOIN \"Post\" p ON p.id = x.a",
    "SELECT a FROM jsonb_to_recordset($1) AS (a int, b text) WHERE a = 1",
    "SELECT v.a FROM (VALUES (1, 'x'), (2, 'y')) AS v(a, b) JOIN \"Post\" p ON p.id = v.a",
    "SELECT id FROM ONLY \"Post\" TABLESAMPLE SYSTEM (10) WHERE views = 1",
    "SELECT x.\"order\", x.\"limit\" FROM \"Post\" x WHERE x.\"order\" = 1 AND x.\"limit\" = 2",
    "SELECT set_config('app.tenant', $1, TRUE)",
    "INSERT INTO \"Post\" (id, title) VALUES ($1, $2)",
    "INSERT INTO \"Post\" (id, title) VALUES ($1, $2) RETURNING id",
    "INSERT INTO \"Post\" (id, title) VALUES ($1, $2) ON CONFLICT DO NOTHING",
    "INSERT INTO \"Post\" (id, title) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET title = $3 WHERE \"Post\".views > "
    "1",
    "INSERT INTO \"Post\" (id, title) SELECT id, name FROM \"Tag\" WHERE \"postId\" = $1 ON CONFLICT DO NOTHING",
    "INSERT INTO \"Post\" (id) VALUES ((SELECT MAX(id) FROM \"Tag\"))",
    "INSERT INTO \"Post\" DEFAULT VALUES",
    "WITH x AS (SELECT id FROM \"Tag\") INSERT INTO \"Post\" (id) SELECT id FROM x",
    "UPDATE \"Post\" SET views = views + 1 WHERE id = $1",
    "UPDATE \"Post\" SET views = $1, title = $2 WHERE (id = $3 AND views = $4) RETURNING id",
    "UPDATE \"Post\" AS p SET views = v.n FROM (VALUES (1, 2)) AS v(id, n) WHERE p.id = v.id",
    "UPDATE \"Post\" p SET views = (SELECT COUNT(*) FROM \"Tag\" t WHERE t.\"postId\" = p.id) FROM \"User\" u WHERE "
    "u.id = p.\"authorId\"",
    "UPDATE \"Post\" SET views = 0",
    "DELETE FROM \"Post\" WHERE id = $1",
    "DELETE FROM \"Post\"",
    "DELETE FROM \"Post\" p USING \"User\" u WHERE u.id = p.\"authorId\" AND u.name = $1 RETURNING p.id",
};

}  // namespace

std::vector<std::string> corpus() {
  std::vector<std::string> all;
  for (const std::string condition : kConditions) {
    for (const std::string end : kEnds) {
      all.push_back("SELECT \"p\".\"id\", \"p\".\"title\" FROM \"public\".\"Post\" AS p" +
                    (condition.empty() ? "" : " WHERE " + condition) + end);
    }
  }
  all.insert(all.end(), std::begin(kOthers), std::end(kOthers));
  return all;
}

const std::vector<Pair>& we_join() {
  static const std::vector<Pair> kPairs{
      {"SELECT a FROM t WHERE 1=1", "SELECT a FROM t", "Prisma writes 1=1 where there is no condition"},
      {"SELECT a FROM t WHERE b = $1 AND 1=1", "SELECT a FROM t WHERE b = $1", "the same beside a condition"},
      {"SELECT a FROM t WHERE (b = $1 AND 1=1)", "SELECT a FROM t WHERE (b = $1)", "the same in parentheses"},
  };
  return kPairs;
}

const std::vector<Pair>& we_part() {
  static const std::vector<Pair> kPairs{
      {"SELECT a FROM t WHERE b = $1", "SELECT a FROM t WHERE b IN ($1, $2)", "a batch of keys is the cure of a loop"},
      {"SELECT a FROM t WHERE b LIKE '%' || $1", "SELECT a FROM t WHERE b LIKE $1 || '%'",
       "an index serves one of them"},
      {"SELECT a FROM t WHERE b LIKE '%x'", "SELECT a FROM t WHERE b LIKE 'x%'", "the same in one literal"},
      {"SELECT a FROM t WHERE b LIKE '%' || $1", "SELECT a FROM t WHERE b LIKE $2 || $1", "'%' is part of the form"},
      {"SELECT a FROM t LIMIT $1", "SELECT a FROM t OFFSET $1", "only one of them is bounded"},
      {"SELECT a, b FROM t", "SELECT b, a FROM t", "columns in another order are written elsewhere in the program"},
      {"SELECT a AS x FROM t", "SELECT a AS y FROM t", "and so are other names of theirs"},
      {"SELECT a FROM t WHERE b <> $1", "SELECT a FROM t WHERE b != $1", "and other spellings"},
      {"SELECT a FROM t WHERE b = $1::text", "SELECT a FROM t WHERE b = CAST($1 AS text)", "of casts as well"},
      {"SELECT a FROM t ORDER BY a", "SELECT a FROM t ORDER BY (a)", "and parentheses"},
  };
  return kPairs;
}

}  // namespace budgetcheck::oracle
