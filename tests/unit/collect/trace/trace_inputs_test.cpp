#include "collect/trace/trace_inputs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/collect/trace/trace_testing.h"

namespace budgetcheck {
namespace {

using namespace trace_testing;
using testing::HasSubstr;

SpanText statement(const std::string& id, const std::string& parent, double start, double end,
                   const std::string& scope = "pg", const std::string& sql = "SELECT a FROM t WHERE b = $1") {
  return {id, parent, "pg.query", start, end, 3, {{"db.query.text", sql}, {"db.system.name", "postgresql"}}, scope};
}

TEST(TraceInputs, ARequestIsWhatIsBelowItInItsOwnService) {
  SpanText other = server("b1", "/stock");
  other.parent = "a2";
  other.service = "stock";
  SpanText foreign = statement("b2", "b1", 3, 4);
  foreign.service = "stock";
  const TraceRead read = read_spans({server("a1", "/cart", 50), call("a2", "a1", "http://stock/stock", 1, 20), other,
                                     foreign, statement("a3", "a1", 21, 25), statement("a4", "a1", 24, 30)});
  EXPECT_EQ(read.of("trace.duration", "/cart"), 50);
  EXPECT_EQ(read.of("trace.db_calls", "/cart"), 2);
  EXPECT_EQ(read.of("trace.db_time", "/cart"), 9) << "what runs at the same time counts once";
  EXPECT_EQ(read.of("trace.http_calls", "/cart"), 1);
  EXPECT_EQ(read.of("trace.http_time", "/cart"), 19);
  EXPECT_EQ(read.of("trace.spans", "/cart"), 4);
  ASSERT_NE(read.sample("trace.db_calls", "/stock", "stock"), nullptr);
  EXPECT_EQ(aggregate(*read.sample("trace.db_calls", "/stock", "stock"), Stat::kMax), 1);
}

TEST(TraceInputs, ATraceMayLieInSeveralFilesInAnyOrder) {
  const std::string child = to_line(statement("a2", "a1", 1, 2));
  const std::string parent = to_line(server("a1", "/cart"));
  for (const auto& files : {std::vector<std::string>{child, parent}, {parent, child}, {child + parent}}) {
    const TraceRead read = read_files(files);
    EXPECT_EQ(read.of("trace.db_calls", "/cart"), 1);
    ASSERT_EQ(read.facts.traces.orphans.size(), 1U);
    EXPECT_EQ(read.facts.traces.orphans[0].spans, 0U);
    EXPECT_EQ(read.facts.traces.orphans[0].all, 2U);
  }
  const TraceRead read = read_files({parent, child});
  EXPECT_EQ(read.facts.queries.logs.at(0).shapes.at(0).first.file, "b.jsonl");
  EXPECT_EQ(read.facts.queries.logs.at(0).shapes.at(0).first.line, 1U);
  EXPECT_EQ(read.sample("trace.spans", "/cart")->location.file, "a.jsonl");
}

TEST(TraceInputs, OneStatementInTwoSpansIsOneCall) {
  const auto calls = [](const std::vector<SpanText>& spans) {
    std::vector<SpanText> all{server("a1", "/cart")};
    all.insert(all.end(), spans.begin(), spans.end());
    return read_spans(all).of("trace.db_calls", "/cart");
  };
  EXPECT_EQ(calls({statement("b", "a1", 1, 9, "knex", "select a from t where b = ?"), statement("c", "b", 2, 8)}), 1);
  EXPECT_EQ(calls({statement("b", "a1", 1, 9, "sqlalchemy"), statement("c", "a1", 2, 8, "psycopg2")}), 1);
  EXPECT_EQ(calls({statement("b", "a1", 1, 9), statement("c", "a1", 2, 8)}), 2) << "of one instrumentation";
  EXPECT_EQ(calls({statement("b", "a1", 1, 4, "sqlalchemy"), statement("c", "a1", 5, 8, "psycopg2")}), 2)
      << "one after the other";
}

TEST(TraceInputs, AnErrorIsAStatusOf500OrMoreOrOneThatSaysSo) {
  const auto errors = [](const std::string& code, int status) {
    SpanText span = server("a1", "/cart");
    span.attributes.emplace_back("http.response.status_code", code);
    span.status = status;
    const TraceRead read = read_spans({span});
    return std::get<Rate>(read.sample("trace.errors", "/cart")->value).events;
  };
  EXPECT_EQ(errors("200", 0), 0U);
  EXPECT_EQ(errors("404", 0), 0U);
  EXPECT_EQ(errors("499", 1), 0U);
  EXPECT_EQ(errors("500", 0), 1U);
  EXPECT_EQ(errors("200", 2), 1U);
}

TEST(TraceInputs, WithoutARouteARequestIsUnrouted) {
  SpanText span = server("a1", "/cart");
  span.attributes = {{"http.request.method", "GET"}, {"url.path", "/cart/7"}};
  EXPECT_EQ(read_spans({span}).of("trace.duration", "unrouted"), 100);
  SpanText job{"a1", "", "process", 0, 5, 5, {{"messaging.destination.name", "mail"}}};
  EXPECT_EQ(read_spans({job}).of("trace.duration", "mail"), 5);
}

TEST(TraceInputs, ARequestThatEndsBeforeItBeginsIsSaidAndNotMeasured) {
  const TraceRead read = read_spans({server("a1", "/cart", -5)});
  EXPECT_EQ(read.sample("trace.duration", "/cart"), nullptr);
  EXPECT_EQ(read.inputs[0].state, InputState::kIncomplete);
  EXPECT_THAT(read.inputs[0].message, HasSubstr("1 request ends before it begins, the first in line 1 of 'a.jsonl'"));
  ASSERT_FALSE(read.facts.unmeasured.empty());
  EXPECT_EQ(read.facts.unmeasured[0].metric, "trace.");
}

TEST(TraceInputs, ExportsOfOtherSignalsInAFileOfSpansAreSaid) {
  const std::string logs = R"({"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"stringValue":"x"}}]}]}]})";
  const TraceRead mixed =
      read_files({logs + "\n" + to_line(server("a1", "/cart")) + R"({"resourceMetrics":[]})" + "\n"});
  EXPECT_EQ(mixed.of("trace.spans", "/cart"), 1);
  EXPECT_EQ(mixed.inputs[0].state, InputState::kRead);
  EXPECT_THAT(mixed.inputs[0].message, HasSubstr("2 exports of log records or metrics passed over"));
  EXPECT_EQ(read_spans({server("a1", "/cart")}).inputs[0].message, "");
}

TEST(TraceInputs, AFileThatIsNoJsonTakesNothingFromTheOthers) {
  const TraceRead read = read_files({to_line(server("a1", "/cart")), "{\"resourceSpans\":[\n{\"resource\":"});
  EXPECT_FALSE(read.ok);
  EXPECT_EQ(read.of("trace.duration", "/cart"), 100);
}

}  // namespace
}  // namespace budgetcheck
