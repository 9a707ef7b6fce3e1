#include "collect/load_test/oha.h"

#include "unit/collect/load_test/load_read.h"

namespace budgetcheck {
namespace {

using testing::format_of;
using testing::read_load;

std::string result(const std::string& errors, const std::string& more = "") {
  return R"({"summary":{"successRate":0.978,"total":4.0,"slowest":0.03,"fastest":0.0002,"average":0.0079},)" + more +
         R"("latencyPercentiles":{"p10":0.0005,"p50":0.0079,"p95":0.0216,"p99":0.0274,"p99.9":0.03},)"
         R"("statusCodeDistribution":{"429":208,"200":280},"errorDistribution":{)" +
         errors + "}}";
}

/// successRate is of answers, whatever they are.
TEST(Oha, SecondsAndEveryErrorCounts) {
  const std::string text = result(R"("connection reset":12)");
  EXPECT_EQ(format_of(text), "oha");
  const auto got = read_load(oha_format(), text);
  ASSERT_TRUE(got.result);
  EXPECT_EQ(got.errors(), (Rate{220, 500}));
  EXPECT_DOUBLE_EQ(got.value("load.throughput"), 70);
  EXPECT_NEAR(*got.duration(0.95), 21.6, 1e-9);
  EXPECT_NEAR(*got.duration(0.999), 30, 1e-9);
  EXPECT_FALSE(got.of_successes());
}

TEST(Oha, DurationsOfSuccessesWhereItTellsThem) {
  const auto got = read_load(oha_format(), result("", R"("latencyPercentilesSuccessful":{"p50":0.012,"p95":0.0250},)"));
  EXPECT_TRUE(got.of_successes());
  EXPECT_NEAR(*got.duration(0.95), 25, 1e-9);
  EXPECT_EQ(got.duration(0.99), std::nullopt);
}

TEST(Oha, WhatTheDeadlineCutOffIsNoError) {
  const auto got = read_load(oha_format(), result(R"("aborted due to deadline":50)"));
  EXPECT_EQ(got.errors(), (Rate{208, 488}));
  EXPECT_TRUE(got.says("50 requests")) << got.input.message;
}

TEST(Oha, WithoutAnAnswer) {
  const auto got = read_load(
      oha_format(),
      R"({"summary":{"successRate":null,"total":1.0,"slowest":null,"fastest":null,"average":null},)"
      R"("latencyPercentiles":{"p50":null,"p95":null},"statusCodeDistribution":{},"errorDistribution":{"refused":9}})");
  ASSERT_TRUE(got.result);
  EXPECT_EQ(got.errors(), (Rate{9, 9}));
  EXPECT_EQ(got.sample("load.duration"), nullptr);
}

}  // namespace
}  // namespace budgetcheck
