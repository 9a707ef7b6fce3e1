#include "collect/trace/printed_spans.h"

#include <gtest/gtest.h>

#include "unit/collect/database/database_log_testing.h"

namespace budgetcheck {
namespace {

std::string span(const std::string& name, const std::string& id, const std::string& parent, int kind,
                 const std::string& attributes, int at) {
  return "{\n  resource: {\n    attributes: {\n      'service.name': 'api'\n    }\n  },\n"
         "  instrumentationScope: { name: 'prisma', version: undefined, schemaUrl: undefined },\n"
         "  traceId: '0af7651916cd43dd8448eb211c80319c',\n  parentSpanContext: " +
         (parent.empty() ? "undefined"
                         : "{\n    traceId: '0af7651916cd43dd8448eb211c80319c',\n    spanId: '" + parent +
                               "',\n    traceFlags: 1\n  }") +
         ",\n  traceState: undefined,\n  name: '" + name + "',\n  id: '" + id + "',\n  kind: " + std::to_string(kind) +
         ",\n  timestamp: 17954168368560" + std::to_string(at) + ",\n  duration: 2300.5,\n  attributes: {\n    " +
         attributes +
         "\n  },\n  status: { code: 0 },\n  events: [],\n"
         "  links: []\n}\n";
}

TEST(PrintedSpans, AreReadAsSpansOfOtlpAre) {
  const std::string sql = "'db.system.name': 'postgresql',\n    'db.query.text': 'SELECT a FROM t WHERE b = $1'";
  std::string text = "Listening on 3000\n";
  for (int i = 10; i < 16; ++i) {
    const std::string id = "00f067aa0ba902" + std::to_string(i);
    text += span("pg.query:SELECT", "11f067aa0ba902" + std::to_string(i), id, 2,
                 "'db.statement': 'SELECT a FROM t WHERE b = $1'", i);
    text += span("prisma:client:db_query", id, "b7ad6b7169203331", 2, sql, i) + "GET /a 200\n";
  }
  text += span("GET /posts", "b7ad6b7169203331", "", 1, "'http.route': '/posts'", 10);
  const testing::ReadText read = testing::read_text(text);
  EXPECT_EQ(read.input.format, "otlp");
  EXPECT_EQ(read.input.state, InputState::kRead) << read.input.message;
  EXPECT_EQ(read.log().statements, 6U) << "both instrumentations saw each";
  EXPECT_EQ(read.log().requests, 1U);
  ASSERT_EQ(read.log().shapes.size(), 1U);
  EXPECT_EQ(read.log().shapes[0].route, "/posts");
  EXPECT_NEAR(read.log().shapes[0].total_ms, 6 * 2.3005, 0.01);
}

TEST(PrintedSpans, OtherObjectsAreNone) {
  EXPECT_FALSE(PrintedSpans::are_in("{\n  traceId: 'a',\n  query: 'SELECT 1'\n}\n"));
  const auto content = content_from_string("{\n  a: 1\n}\nx {\n  b: [\n");
  PrintedSpans spans(*content);
  EXPECT_FALSE(spans.next());
}

}  // namespace
}  // namespace budgetcheck
