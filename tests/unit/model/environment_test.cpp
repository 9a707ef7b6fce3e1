#include "model/environment.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

Environment sample() { return {"ci-large", true, {1760, 1800.5}, {{"lighthouse", "12"}, {"gzip", "zlib 9"}}}; }

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
