#include "collect/database/slow_log_plan.h"

#include "unit/collect/database/slow_log_testing.h"

namespace budgetcheck {
namespace {

using namespace slow_log_testing;

TEST(SlowLogPlan, AScan) {
  const ReadText read = read_text("# Time: 261123  6:54:02\n" + entry("SELECT a FROM `Asset` WHERE `checksum` = 'abc'",
                                                                      row("Asset", "ALL", "NULL", "Using where")));
  EXPECT_EQ(read.input.format, "mysql-slow-log");
  EXPECT_EQ(read.input.state, InputState::kRead) << read.input.message;
  EXPECT_EQ(read.log().form, "mysql-slow-log");
  EXPECT_EQ(read.log().shapes.at(0).text, "SELECT a FROM `Asset` WHERE `checksum` = ?");
  EXPECT_EQ(read.log().shapes[0].key, shape_of("SELECT a FROM `Asset` WHERE `checksum` = ?").key);
  EXPECT_DOUBLE_EQ(read.log().shapes[0].total_ms, 3.12);
  EXPECT_EQ(read.plan(0), "Asset scan filtered read=20000 returned=4 estimated=19585");
  EXPECT_EQ(read.log().plans[0].rows_examined, 20000);
  EXPECT_EQ(read.log().plans[0].rows_sent, 4);
  EXPECT_EQ(read.log().plans[0].location.line, 11U);
  EXPECT_EQ(read.worst("queries.rows_read", {{"model", "Asset"}, {"operation", "select"}}), 20000);
}

TEST(SlowLogPlan, WaysOfAccess) {
  const auto way = [](const std::string& type, const std::string& extra = "") {
    return read_text(entry("SELECT a FROM t", row("t", type, "k", extra))).log().plans.at(0).accesses.at(0).way;
  };
  EXPECT_EQ(way("ALL"), PlanAccess::Way::kScan);
  EXPECT_EQ(way("index"), PlanAccess::Way::kFullIndex);
  for (const char* type : {"range", "ref", "eq_ref", "const", "index_merge", "fulltext", "ref_or_null", "ref|filter"}) {
    EXPECT_EQ(way(type), PlanAccess::Way::kIndex) << type;
  }
  EXPECT_EQ(way("range", "Using where; Using index for skip scan"), PlanAccess::Way::kFullIndex);
  EXPECT_EQ(way("other"), PlanAccess::Way::kUnknown);
}

TEST(SlowLogPlan, JoinsMultiplyAndDerivedTablesAreNone) {
  const ReadText read = read_text(entry(
      "SELECT a FROM t JOIN u", row("<derived2>", "ALL", "NULL", "", "1\tPRIMARY", "10\t10.00\t100.00\t50.00") +
                                    row("u", "ref", "u_k", "", "1\tPRIMARY", "2\t3.00\t100.00\t100.00") +
                                    row("t", "ALL", "NULL", "", "2\tDERIVED", "10\t10.00\t100.00\t100.00") +
                                    row("v", "ref", "v_k", "", "3\tDEPENDENT SUBQUERY", "1\t1.00\t100.00\t100.00") +
                                    row("w", "ALL", "NULL", "", "4\tUNION", "7\tNULL\t100.00\tNULL")));
  EXPECT_EQ(read.input.state, InputState::kRead) << read.input.message;
  EXPECT_EQ(read.plan(0),
            "u index u_k read=15 returned=15 estimated=2; t scan read=10 returned=10 estimated=10; v index v_k read=? "
            "returned=? estimated=1; w scan read=? returned=? estimated=7");
}

}  // namespace
}  // namespace budgetcheck
