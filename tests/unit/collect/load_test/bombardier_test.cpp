#include "collect/load_test/bombardier.h"

#include "unit/collect/load_test/load_read.h"

namespace budgetcheck {
namespace {

using testing::format_of;
using testing::read_load;

std::string result(const std::string& counts) {
  return R"({"spec":{"numberOfConnections":12,"url":"http://127.0.0.1/"},"result":{"timeTakenSeconds":4.0,)" + counts +
         R"("errors":[{"description":"closed","count":1}],)"
         R"("latency":{"mean":7230.2,"max":16892,"percentiles":{"50":6930,"75":8599,"90":10388,"99":13669}}}})";
}

TEST(Bombardier, MicrosecondsAndErrorsOnce) {
  const std::string text = result(R"("req1xx":0,"req2xx":880,"req3xx":0,"req4xx":0,"req5xx":19,"others":1,)");
  EXPECT_EQ(format_of(text), "bombardier");
  const auto got = read_load(bombardier_format(), text);
  ASSERT_TRUE(got.result);
  EXPECT_EQ(got.errors(), (Rate{20, 900}));
  EXPECT_DOUBLE_EQ(got.value("load.throughput"), 220);
  EXPECT_NEAR(*got.duration(0.99), 13.669, 1e-9);
  EXPECT_EQ(got.duration(0.95), std::nullopt);
}

TEST(Bombardier, NothingWasAnswered) {
  const auto got =
      read_load(bombardier_format(), result(R"("req1xx":0,"req2xx":0,"req3xx":0,"req4xx":0,"req5xx":0,"others":900,)"));
  EXPECT_EQ(got.errors(), (Rate{900, 900}));
  EXPECT_EQ(got.sample("load.duration"), nullptr);
}

}  // namespace
}  // namespace budgetcheck
