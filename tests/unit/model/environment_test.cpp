#include "model/environment.h"

#include <gtest/gtest.h>

#include "json/document.h"

namespace budgetcheck {
namespace {

Environment sample() { return {"ci-large", true, {1760, 1800.5}, {{"lighthouse", "12"}, {"gzip", "zlib 9"}}}; }

TEST(Environment, IsReadBackAsItWasWritten) {
  json::Writer writer;
  write_environment(writer, sample());
  const auto document = json::read_json("e.json", writer.take());
  ASSERT_TRUE(document);
  EXPECT_EQ(read_environment(*document), sample());
}

TEST(Environment, PassesOverWhatIsOfAnotherType) {
  const auto document = json::read_json(
      "e.json",
      R"({"key": 7, "paired": "yes", "benchmark_index": [1, "x", null], "parts": {"a": 1, "b": "c"}, "x": {}})");
  ASSERT_TRUE(document);
  EXPECT_EQ(read_environment(*document), (Environment{"", false, {1}, {{"b", "c"}}}));
  EXPECT_TRUE(read_environment(json::Value(3.0)).empty());
}

TEST(Environment, JoiningKeepsContradictionsVisible) {
  Environment joined = sample();
  add_environment(joined, {"ci-large", false, {1700}, {{"lighthouse", "13"}, {"brotli", "brotli 11"}}});
  EXPECT_EQ(joined.key, "ci-large");
  EXPECT_TRUE(joined.paired);
  EXPECT_EQ(joined.benchmark_index.size(), 3U);
  EXPECT_EQ(joined.parts.at("lighthouse"), "12 or 13");
  EXPECT_EQ(joined.parts.at("brotli"), "brotli 11");

  Environment other;
  add_environment(other, {"", false, {}, {{"lighthouse", "13"}}});
  add_environment(other, {"", false, {}, {{"lighthouse", "12"}}});
  EXPECT_EQ(other.parts.at("lighthouse"), "12 or 13") << "in whatever order";
}

}  // namespace
}  // namespace budgetcheck
