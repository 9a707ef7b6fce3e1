#include "collect/trace/span_traces.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace budgetcheck {
namespace {

TEST(SpanTraces, TheTraceLongestWithoutANewSpanIsClosedWhenThereAreTooMany) {
  const auto content = content_from_string("");
  Source source;
  source.path = "x";
  source.content = content.get();
  const auto run = [&](const std::vector<std::string>& traces) {
    QueryLogBuilder builder(source, {});
    SpanTraces spans(builder, 4);
    std::uint64_t id = 1;
    for (const std::string& trace : traces) {
      Span span;
      span.id = id++;
      span.statement = "SELECT a FROM t";
      spans.add(trace, std::move(span));
    }
    spans.finish();
    Input input;
    Facts facts;
    Account account(input);
    builder.describe({}, {}, account);
    builder.report({}, account, facts);
    return std::to_string(facts.queries.logs[0].statements) + " " + std::to_string(facts.queries.logs[0].requests) +
           " " + std::to_string(spans.split());
  };
  EXPECT_EQ(run({"a", "b", "c", "d"}), "4 4 0");
  EXPECT_EQ(run({"a", "b", "c", "d", "e", "f"}), "6 6 0");
  EXPECT_EQ(run({"a", "b", "c", "a", "d", "a"}), "6 4 0");
  EXPECT_EQ(run({"a", "b", "b", "c", "c", "a"}), "6 3 1");
  EXPECT_EQ(run({"a", "a", "a", "a", "a", "a", "a"}), "7 1 1");
}

TEST(SpanTraces, CallsWithNothingAroundThemSayNothingOfTheirRequest) {
  const auto content = content_from_string("");
  Source source;
  source.path = "x";
  source.content = content.get();
  const auto run = [&](std::uint64_t around) {
    QueryLogBuilder builder(source, {});
    SpanTraces spans(builder);
    for (std::uint64_t i = 1; i <= 6; ++i) {
      Span call;
      call.id = 100 + i;
      call.parent = around;
      call.is_operation = call.is_client = true;
      spans.add("t" + std::to_string(i), std::move(call));
      Span span;
      span.id = i;
      span.parent = 100 + i;
      span.start = i * 2'000'000;
      span.end = span.start + 1'000'000;
      span.statement = i == 1 ? "SELECT id FROM p" : "UPDATE t SET a = $1 WHERE id = $2";
      spans.add("t" + std::to_string(i), std::move(span));
    }
    spans.finish();
    Input input;
    Facts facts;
    Account account(input);
    builder.describe({}, {}, account);
    builder.report({}, account, facts);
    const QueryLog& log = facts.queries.logs[0];
    return std::to_string(log.requests) + " requests, " +
           (log.repeats.empty() ? "no loop" : std::to_string(log.repeats[0].count) + " in a loop");
  };
  EXPECT_EQ(run(0), "0 requests, 5 in a loop");
  EXPECT_EQ(run(77), "6 requests, no loop") << "what is around them is in another file";
}

}  // namespace
}  // namespace budgetcheck
