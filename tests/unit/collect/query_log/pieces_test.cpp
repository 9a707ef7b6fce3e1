#include <gtest/gtest.h>

#include <string>

#include "collect/logs/json_lines.h"

// A log that is read in pieces on several threads gives what one thread reads.
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
  EXPECT_NE(one.input.message.find("no whole JSON object"), std::string::npos) << one.input.message;
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

TEST(QueryLogCosts, AreKeptByModelAndOperationToo) {
  const std::string text =
      R"({"reqId":"1","route":"/a","query":"SELECT id FROM posts WHERE id = 1","params":"[]","duration":2}
{"reqId":"1","route":"/a","query":"SELECT title FROM posts WHERE id = 2","params":"[]","duration":3}
{"reqId":"1","route":"/a","query":"UPDATE posts SET a = 1 WHERE id = 2","params":"[]","duration":10}
{"reqId":"2","route":"/a","query":"SELECT id FROM posts WHERE id = 1","params":"[]","duration":7}
{"reqId":"2","route":"/a","query":"SELECT id FROM tags","params":"[]","duration":1}
)";
  const auto content = content_from_string(text);
  MemoryFileSystem files;
  files.add("schema.prisma", "model Post {\n  id Int @id\n  title String\n  @@map(\"posts\")\n}\n");
  Source source;
  source.path = "app.log";
  source.content = content.get();
  source.settings.set("schema", "schema.prisma");
  Input input;
  Facts facts;
  Facts before;
  const Format format = prisma_log_format();
  format.prepare(source, files, before);
  CollectContext context;
  context.before = &before;
  ASSERT_TRUE(format.collect(source, context, input, facts).has_value());
  const auto of = [&](std::string_view metric, const Labels& where, Stat stat) {
    for (const Sample& sample : facts.samples) {
      if (sample.metric == metric && sample.where == where) {
        return aggregate(sample, stat);
      }
    }
    return -1.0;
  };
  const Labels reads{{"route", "/a"}, {"model", "Post"}, {"operation", "select"}};
  const Labels writes{{"route", "/a"}, {"model", "Post"}, {"operation", "update"}};
  EXPECT_EQ(of("queries.count", {{"route", "/a"}}, Stat::kMax), 3);
  EXPECT_EQ(of("queries.count", reads, Stat::kMax), 2);
  EXPECT_EQ(of("queries.count", reads, Stat::kMin), 1);
  EXPECT_EQ(of("queries.distinct", reads, Stat::kMax), 2);
  EXPECT_EQ(of("queries.time", reads, Stat::kMin), 5);
  EXPECT_EQ(of("queries.duration", reads, Stat::kMax), 7);
  EXPECT_EQ(of("queries.duration", {{"route", "/a"}}, Stat::kMax), 10);
  EXPECT_EQ(of("queries.duration", writes, Stat::kMax), 10);
  EXPECT_EQ(of("queries.count", writes, Stat::kMax), 1);
  // A table that the schema does not have keeps its name.
  EXPECT_EQ(of("queries.count", {{"route", "/a"}, {"model", "tags"}, {"operation", "select"}}, Stat::kMax), 1);
}

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

}  // namespace
}  // namespace budgetcheck
