#include "results/environment.h"

#include <gtest/gtest.h>

#include "json/document.h"

namespace budgetcheck {
namespace {

Environment sample() { return {"ci-large", true, {1760, 1800.5}, {{"lighthouse", "12"}, {"gzip", "zlib 9"}}}; }

TEST(ResultsEnvironment, IsReadBackAsItWasWritten) {
  json::Writer writer;
  write_environment(writer, sample());
  const auto document = json::read_json("e.json", writer.take());
  ASSERT_TRUE(document);
  EXPECT_EQ(read_environment(*document), sample());
}

TEST(ResultsEnvironment, PassesOverWhatIsOfAnotherType) {
  const auto document = json::read_json(
      "e.json",
      R"({"key": 7, "paired": "yes", "benchmark_index": [1, "x", null], "parts": {"a": 1, "b": "c"}, "x": {}})");
  ASSERT_TRUE(document);
  EXPECT_EQ(read_environment(*document), (Environment{"", false, {1}, {{"b", "c"}}}));
  EXPECT_TRUE(read_environment(json::Value(3.0)).empty());
}

}  // namespace
}  // namespace budgetcheck
