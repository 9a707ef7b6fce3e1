#include "collect/query_log/builder.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "collect/logs/json_lines.h"
#include "unit/collect/query_log/query_log_testing.h"

namespace budgetcheck {
namespace {

TEST(QueryLogSource, IsTheProgramsLineWhereTheLogTellsIt) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"src/orders.ts:42", "src/orders.ts:42"},
      {"file:///app/src/orders.ts:42:7", "/app/src/orders.ts:42:7"},
      {"web", ""},
      {"10:20", ""},
      {"localhost:3000", ""},
      {"node_modules/@prisma/client/runtime.js:10:3", ""},
      {"at list (src/orders.ts:42:7)", ""},
      {"src/orders.ts:99999999999", ""},
      {"https://example.org/a.ts?token=1:5", ""},
  };
  for (const auto& [logged, expected] : cases) {
    const auto content = content_from_string(R"({"reqId":"1","caller":")" + logged +
                                             R"(","query":"SELECT id FROM posts","params":"[]"})" + "\n");
    Source source;
    source.path = "app.log";
    source.content = content.get();
    Input input;
    Facts facts;
    ASSERT_TRUE(prisma_log_format().collect(source, {}, input, facts).has_value());
    const Location& place = facts.queries.logs.at(0).shapes.at(0).source;
    EXPECT_EQ(place.file.empty() ? "" : to_string(place), expected) << logged;
  }
}

TEST(QueryLogBuilder, TwoServicesDoNotShareRequestNumbers) {
  const auto line = [](const std::string& service, const std::string& trace = "") {
    return "{" + service + (trace.empty() ? "" : R"("traceId":")" + trace + R"(",)") +
           R"("reqId":1,"route":"/a","query":"SELECT a FROM t","params":"[]"})" + "\n";
  };
  for (const std::string key : {"service", "name", "app", "service.name"}) {
    const std::string a = "\"" + key + R"(":"a",)";
    const std::string b = "\"" + key + R"(":"b",)";
    EXPECT_EQ(read_log(prisma_log_format(), line(a) + line(b) + line(a)).log().requests, 2U) << key;
    EXPECT_EQ(read_log(prisma_log_format(), line(a, "t") + line(b, "t")).log().requests, 1U) << key;
  }
  const std::string nested = R"("service":{"name":"a"},)";
  EXPECT_EQ(read_log(prisma_log_format(), line(nested) + line("")).log().requests, 2U);
}

TEST(QueryLogBuilder, ReadsPrismasRustEngine) {
  const LogRead log = read_log(
      prisma_log_format(),
      R"({"timestamp":"2023-01-01T00:00:00Z","level":"INFO","fields":{"message":"","query":"SELECT a FROM t WHERE b = $1","item_type":"query","is_query":true,"params":"[1]","duration_ms":4},"target":"quaint::connector::metrics"})"
      "\n"
      R"({"timestamp":"2023-01-01T00:00:00Z","level":"INFO","fields":{"message":"Started query engine http server"},"target":"query_engine::server"})"
      "\n");
  EXPECT_TRUE(log.recognised);
  EXPECT_EQ(log.log().form, "prisma-engine");
  EXPECT_EQ(log.log().statements, 1U);
  EXPECT_EQ(log.log().shapes.at(0).total_ms, 4);
  EXPECT_EQ(log.input.message.find("parameters"), std::string::npos);
}

TEST(QueryLogBuilder, AnImplicitCommitIsNoStatement) {
  const LogRead log =
      read_log(prisma_log_format(), R"({"query":"-- Implicit \"COMMIT\" query via underlying driver","params":"[]"})"
                                    "\n"
                                    R"({"query":"SELECT a FROM t","params":"[]"})"
                                    "\n");
  EXPECT_EQ(log.log().statements, 1U);
  EXPECT_EQ(log.log().shapes.size(), 1U);
}

TEST(QueryLogBuilder, AFunctionThatIsCalledMayChangeWhatReadsSee) {
  const auto most_repeated = [](const std::string& between) {
    const std::string read = R"({"reqId":"1","query":"SELECT a FROM t WHERE b = $1","params":"[1]"})";
    const std::string called = R"({"reqId":"1","query":")" + between + R"(","params":"[\"x\"]"})";
    const LogRead log = read_log(prisma_log_format(), called + "\n" + read + "\n" + called + "\n" + read + "\n");
    std::uint64_t most = 0;
    for (const Repeat& repeat : log.log().repeats) {
      most = log.log().shapes.at(repeat.shape).table == "t" ? repeat.most_repeated : most;
    }
    return most;
  };
  EXPECT_EQ(most_repeated("SELECT set_config('app.tenant', $1, TRUE)"), 1U) << "another tenant's rows";
  EXPECT_EQ(most_repeated("SELECT c FROM u WHERE d = $1"), 2U);
}

}  // namespace
}  // namespace budgetcheck
