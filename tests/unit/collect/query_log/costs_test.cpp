#include "collect/query_log/costs.h"

#include <gtest/gtest.h>

#include <string>

#include "base/file_system.h"
#include "collect/logs/json_lines.h"

namespace budgetcheck {
namespace {

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

}  // namespace
}  // namespace budgetcheck
