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
    builder.report("otlp", {}, input, facts);
    return std::to_string(facts.queries.logs[0].statements) + " " + std::to_string(facts.queries.logs[0].requests) +
           " " + std::to_string(spans.split());
  };
  EXPECT_EQ(run({"a", "b", "c", "d"}), "4 4 0");
  EXPECT_EQ(run({"a", "b", "c", "d", "e", "f"}), "6 6 0");
  EXPECT_EQ(run({"a", "b", "c", "a", "d", "a"}), "6 4 0");
  EXPECT_EQ(run({"a", "b", "b", "c", "c", "a"}), "6 3 1");
  EXPECT_EQ(run({"a", "a", "a", "a", "a", "a", "a"}), "7 1 1");
}

}  // namespace
}  // namespace budgetcheck
