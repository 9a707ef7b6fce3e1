// Loops and duplicates, from the lines of a log to the findings.
#include "detect/query/repeat_finding.h"

#include "unit/collect/logs/json_lines_testing.h"

namespace budgetcheck {
namespace {

using namespace json_lines_testing;

TEST(NPlusOne, FiresAtFiveDifferentKeysAndNotAtFour) {
  EXPECT_EQ(read(pino("r1", kParents, "[9,0]") + loop(4)).found(), "");
  const Read log = read(pino("r1", kParents, "[9,0]") + loop(5));
  ASSERT_EQ(log.found(), "n-plus-one 5 error");
  const Finding& finding = log.findings[0];
  EXPECT_EQ(finding.message,
            "5 queries of one shape in one request (/a, r1): 'users' is read once for each row of 'posts'");
  EXPECT_EQ(finding.evidence.parent_sql, "SELECT id FROM posts WHERE 1=1 LIMIT ? OFFSET ?");
  EXPECT_EQ(finding.evidence.distinct_params, 5U);
  EXPECT_EQ(finding.location.line, 2U);
  EXPECT_NE(finding.fix.text.find("include"), std::string::npos);
}

TEST(NPlusOne, SeesThroughInterleavedRequestsAndTellsTheWorst) {
  std::string text;
  for (int i = 0; i < 7; ++i) {
    text += loop(1, "r1", kChild, [i](int) { return "[" + std::to_string(i) + "]"; });
    text += pino("", kParents, "[1]");
    text += i < 6 ? loop(1, "r2", kChild, [i](int) { return "[" + std::to_string(i) + "]"; }) : "";
    text += pino("r" + std::to_string(10 + i), kChild, "[" + std::to_string(i) + "]");
  }
  const Read log = read(text);
  ASSERT_EQ(log.found(), "n-plus-one 7 error");
  EXPECT_EQ(log.findings[0].evidence.scope, "r1");
  EXPECT_EQ(log.findings[0].evidence.details.at(0).second, "2");
}

TEST(NPlusOne, PagesBatchesAndPollersAreNone) {
  const auto number = [](int i) { return "[" + std::to_string(i * 100) + "]"; };
  EXPECT_EQ(read(loop(9, "r1", "SELECT a FROM t ORDER BY a LIMIT 10 OFFSET $1", number)).found(), "");
  EXPECT_EQ(read(loop(9, "r1", "SELECT a FROM t WHERE a > $1 ORDER BY a LIMIT 10", number)).found(), "");
  EXPECT_EQ(read(loop(9, "r1", "SELECT a FROM t WHERE a IN ($1,$2)",
                      [](int i) { return "[" + std::to_string(i) + "," + std::to_string(i + 50) + "]"; }))
                .found(),
            "");
  EXPECT_EQ(read(loop(9, "r1", "SELECT a FROM t WHERE a = ANY($1)",
                      [](int i) { return "[[" + std::to_string(i) + ",1,2]]"; }))
                .found(),
            "");
  EXPECT_EQ(read(loop(9, "r1", "INSERT INTO t (a) VALUES ($1), ($2)",
                      [](int i) { return "[" + std::to_string(i) + "," + std::to_string(i + 50) + "]"; }))
                .found(),
            "");
  std::string poller;
  for (int i = 0; i < 20; ++i) {
    poller += pino("r" + std::to_string(i), kChild, "[1]");
  }
  EXPECT_EQ(read(poller).found(), "");
}

TEST(NPlusOne, APageOrABatchPerRowIsALoop) {
  EXPECT_EQ(read(loop(6, "r1", "SELECT a FROM t WHERE o = $1 ORDER BY a LIMIT $2 OFFSET $3",
                      [](int i) { return "[" + std::to_string(i) + ",3,0]"; }))
                .found(),
            "n-plus-one 6 error");
  EXPECT_EQ(read(loop(6, "r1", "SELECT a FROM t WHERE o IN ($1) OFFSET $2",
                      [](int i) { return "[" + std::to_string(i) + ",0]"; }))
                .found(),
            "n-plus-one 6 error");
  EXPECT_EQ(read(loop(6, "r1", "SELECT a FROM t WHERE o = $1 AND s IN ($2,$3)",
                      [](int i) { return "[" + std::to_string(i) + ",8,9]"; }))
                .found(),
            "n-plus-one 6 error");
  std::string literals;
  for (int i = 0; i < 6; ++i) {
    literals += pino("r1", "SELECT a FROM t WHERE o = " + std::to_string(i), "[]");
  }
  EXPECT_EQ(read(literals).found(), "n-plus-one 6 error");
}

TEST(NPlusOne, UnknownParametersAreNeitherLoopNorDuplicate) {
  for (const std::string params : {"", "[]", "[Filtered]", R"([\"***\"])", R"([\"[Redacted]\"])", "[1,2"}) {
    const Read log = read(loop(9, "r1", "SELECT a FROM t WHERE o = $1", [&](int) { return params; }));
    EXPECT_EQ(log.found(), "") << params;
    EXPECT_NE(log.input.message.find("no readable parameters"), std::string::npos);
  }
}

TEST(NPlusOne, WithoutIdsARunBehindAReadIsAWarning) {
  const Read log = read(pino("", kParents, "[9,0]") + loop(6, ""));
  ASSERT_EQ(log.found(), "n-plus-one 6 warning");
  EXPECT_NE(log.findings[0].message.find("in one loop (/a) (the log names no request)"), std::string::npos)
      << log.findings[0].message;
  EXPECT_EQ(read(loop(6, "")).found(), "");
  EXPECT_EQ(read(pino("", kParents, "[9,0]") + loop(6, "", kChild, [](int) { return "[1]"; })).found(), "");
  EXPECT_NE(log.input.hint.find("AsyncLocalStorage"), std::string::npos);
  EXPECT_EQ(log.sample("queries.count", "/a"), nullptr);
}

TEST(NPlusOne, WithoutIdsSeveralStatementsMakeATurn) {
  std::string turns;
  for (int i = 0; i < 6; ++i) {
    const std::string key = "[" + std::to_string(i) + ",1,0]";
    turns += pino("", kChild, key) + pino("", "UPDATE users SET a = $1 WHERE id = $2", "[1," + std::to_string(i) + "]");
  }
  EXPECT_EQ(read(pino("", kParents, "[9,0]") + turns).found(), "n-plus-one-write 6 warning") << "a row is read for it";
  std::string own;
  for (int i = 0; i < 6; ++i) {
    own += pino("", kChild, "[7,1,0]") + pino("", "UPDATE t SET a = $1 WHERE id = $2", "[1," + std::to_string(i) + "]");
  }
  EXPECT_EQ(read(pino("", kParents, "[9,0]") + own).found(), "") << "a session is read first: these are requests";
}

TEST(NPlusOneWrite, FiresAtFiveWritesAndNotAtFour) {
  for (const std::string sql :
       {"INSERT INTO t (a) VALUES ($1) RETURNING a", "UPDATE t SET a = 1 WHERE b = $1", "DELETE FROM t WHERE a = $1",
        "INSERT INTO t (a) VALUES ($1) ON CONFLICT (a) DO UPDATE SET b = 1"}) {
    EXPECT_EQ(read(loop(4, "r1", sql)).found(), "") << sql;
    EXPECT_EQ(read(loop(5, "r1", sql)).found(), "n-plus-one-write 5 error") << sql;
  }
  EXPECT_EQ(read(loop(9, "r1", "UPDATE t SET n = n + 1 WHERE a = $1", [](int) { return "[1]"; })).found(), "");
  EXPECT_EQ(read(loop(9, "r1", "UPDATE t SET a = $1 WHERE b = 2")).found(), "") << "the progress of one row";
}

TEST(NPlusOneWrite, BatchesAreNoneThoughWhatTheyWriteChanges) {
  const std::string update = "UPDATE t SET at = $1 WHERE id IN ($2,$3)";
  const auto keys = [](int i) {
    return "[\\\"" + std::to_string(i) + "\\\"," + std::to_string(2 * i) + "," + std::to_string(2 * i + 1) + "]";
  };
  EXPECT_EQ(read(loop(6, "r1", update, keys)).found(), "");
  EXPECT_EQ(read(pino("", kParents, "[9,0]") + loop(6, "", update, keys)).found(), "");
  const std::string one = "UPDATE t SET at = $1 WHERE id IN ($2)";
  EXPECT_EQ(read(loop(6, "r1", one, [](int i) { return "[9," + std::to_string(i) + "]"; })).found(),
            "n-plus-one-write 6 error");
}

TEST(DuplicateQuery, FiresAtTwoIdenticalReadsAndNotAtOne) {
  const auto same = [](int) { return "[1,1,0]"; };
  EXPECT_EQ(read(loop(1, "r1", kChild, same)).found(), "");
  EXPECT_EQ(read(loop(2, "r1", kChild, same)).found(), "duplicate-query 2 warning");
  EXPECT_EQ(read(loop(2, "r1", "SELECT set_config('a', $1, TRUE)", same)).found(), "");
  EXPECT_EQ(read(loop(6, "r1", kChild, same) + loop(1, "r1", kChild, [](int) { return "[2,1,0]"; })).found(),
            "duplicate-query 6 warning");
}

TEST(DuplicateQuery, ListsOfOtherKeysAreNone) {
  const std::string in = "SELECT a FROM t WHERE id IN ($1,$2)";
  EXPECT_EQ(read(pino("r1", in, "[1,2]") + pino("r1", in, "[1,3]")).found(), "");
  EXPECT_EQ(read(pino("r1", in, "[1,2]") + pino("r1", "SELECT a FROM t WHERE id IN ($1,$2,$3)", "[1,2,3]")).found(),
            "");
  EXPECT_EQ(read(pino("r1", in, "[1,2]") + pino("r1", in, "[1,2]")).found(), "duplicate-query 2 warning");
}

TEST(DuplicateQuery, AReadAfterAWriteToItsTableIsNone) {
  const auto same = [](int) { return "[1,1,0]"; };
  const std::string once = loop(1, "r1", kChild, same);
  EXPECT_EQ(read(once + pino("r1", "UPDATE users SET a = $1", "[1]") + once).found(), "");
  EXPECT_EQ(read(once + pino("r1", "UPDATE other SET a = $1", "[1]") + once).found(), "duplicate-query 2 warning");
}

TEST(DuplicateQuery, ReadsBetweenWritesAndOneOtherAreNoLoop) {
  std::string text = pino("r1", kChild, "[2]");
  for (int i = 0; i < 6; ++i) {
    text += pino("r1", kChild, "[1]") + pino("r1", "UPDATE users SET n = n + 1", "[]");
  }
  EXPECT_EQ(read(text).found(), "");
}

}  // namespace
}  // namespace budgetcheck
