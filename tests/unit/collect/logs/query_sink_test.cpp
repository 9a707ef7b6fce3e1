// A log that is read in pieces on several threads gives what one thread reads.
#include <gtest/gtest.h>

#include <string>

#include "collect/logs/json_lines.h"
#include "unit/query/prisma/prisma_testing.h"

namespace budgetcheck {
namespace {

/// 18 MB: requests that lie across the borders of pieces, more statements than are remembered, broken lines.
std::string big_log() {
  std::string text;
  for (int i = 0; text.size() < (std::size_t{18} << 20); ++i) {
    const int request = i / 40;
    text += R"({"level":30,"reqId":"r)" + std::to_string(request) + R"(","route":"/r)" + std::to_string(request % 7) +
            R"(","query":"SELECT \"a\", \"b\" FROM \"t\" WHERE \"x\" = $1 AND \"note\" = 'n)" +
            std::to_string(i % 40 < 30 ? 0 : i) + R"(' LIMIT $2","params":"[)" + std::to_string(i) +
            R"(,\"1\"]","duration":)" + std::to_string(i % 100) + "}\n";
    text += i % 50'000 == 49'999 ? "cut off {\n" : "";
  }
  return text;
}

struct Outcome {
  Input input;
  Facts facts;
};

Outcome read(const FileContent& content, unsigned threads) {
  Source source;
  source.path = "app.log";
  source.content = &content;
  CollectContext context;
  context.threads = threads;
  Outcome outcome;
  EXPECT_TRUE(prisma_log_format().collect(source, context, outcome.input, outcome.facts).has_value());
  return outcome;
}

TEST(QueryLogPieces, GiveWhatOneThreadReads) {
  const auto content = content_from_string(big_log());
  const Outcome one = read(*content, 1);
  ASSERT_EQ(one.facts.queries.logs.size(), 1U);
  ASSERT_GT(one.facts.queries.logs[0].statements, 50'000U);
  EXPECT_NE(one.input.message.find("not a complete JSON object"), std::string::npos) << one.input.message;
  for (const unsigned threads : {2U, 4U}) {
    const Outcome many = read(*content, threads);
    EXPECT_EQ(many.input.message, one.input.message);
    ASSERT_EQ(many.facts.queries.logs.size(), 1U);
    const QueryLog& a = one.facts.queries.logs[0];
    const QueryLog& b = many.facts.queries.logs[0];
    EXPECT_EQ(b.statements, a.statements);
    EXPECT_EQ(b.requests, a.requests);
    ASSERT_EQ(b.shapes.size(), a.shapes.size());
    for (std::size_t i = 0; i < a.shapes.size(); ++i) {
      EXPECT_EQ(b.shapes[i].text, a.shapes[i].text);
      EXPECT_EQ(b.shapes[i].executions, a.shapes[i].executions);
      EXPECT_EQ(b.shapes[i].first.line, a.shapes[i].first.line);
    }
    ASSERT_EQ(b.repeats.size(), a.repeats.size());
    for (std::size_t i = 0; i < a.repeats.size(); ++i) {
      EXPECT_EQ(b.repeats[i].scope, a.repeats[i].scope);
      EXPECT_EQ(b.repeats[i].count, a.repeats[i].count);
      EXPECT_EQ(b.repeats[i].distinct_params, a.repeats[i].distinct_params);
      EXPECT_EQ(b.repeats[i].first.line, a.repeats[i].first.line);
    }
    ASSERT_EQ(many.facts.samples.size(), one.facts.samples.size());
    for (std::size_t i = 0; i < one.facts.samples.size(); ++i) {
      EXPECT_EQ(to_string(many.facts.samples[i].where), to_string(one.facts.samples[i].where));
      EXPECT_EQ(aggregate(many.facts.samples[i], Stat::kP95), aggregate(one.facts.samples[i], Stat::kP95));
      EXPECT_EQ(aggregate(many.facts.samples[i], Stat::kMax), aggregate(one.facts.samples[i], Stat::kMax));
    }
  }
}

/// The queries per request of /x in a log of a process whose numbers begin again.
std::vector<double> counts(const std::string& text) {
  const auto content = content_from_string(text);
  for (const Sample& sample : read(*content, 1).facts.samples) {
    if (sample.metric == "queries.count" && sample.where == Labels{{"route", "/x"}}) {
      return std::get<Distribution>(sample.value).values();
    }
  }
  return {};
}

TEST(QuerySink, ARequestThatEndedAndBeginsAgainIsAnother) {
  const auto line = [](const std::string& time, const std::string& more) {
    return R"({"level":30,"time":)" + time + R"(,"pid":1,"hostname":"h","reqId":"req-1",)" + more + "}\n";
  };
  const auto query = [&](const std::string& time) {
    return line(time, R"("route":"/x","query":"SELECT a FROM t WHERE b = $1","params":"[1]","duration":1,"msg":"q")");
  };
  const auto begin = [&](const std::string& time) {
    return line(time, R"("req":{"method":"GET","url":"/x"},"msg":"incoming request")");
  };
  const auto end = [&](const std::string& time) {
    return line(time, R"("res":{"statusCode":200},"responseTime":5,"msg":"request completed")");
  };
  const std::vector<double> two{2, 1};
  EXPECT_EQ(
      counts(begin("1000") + query("1001") + query("1002") + end("1005") + begin("2000") + query("2001") + end("2005")),
      two);
  EXPECT_EQ(counts(query("1001") + query("1002") + end("1005") + query("90000") + end("90005")), two)
      << "nothing says that it began, but it is too late";
  const std::vector<double> three{3};
  EXPECT_EQ(counts(begin("1000") + query("1001") + query("1002") + end("1005") + query("1300")), three)
      << "a statement may follow the answer";
  EXPECT_EQ(counts(begin("1000") + query("1001") + query("1002") + begin("1003") + query("1004")), three)
      << "another program may log that the same request reached it";
}

}  // namespace
}  // namespace budgetcheck
