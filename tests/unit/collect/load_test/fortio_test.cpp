#include "collect/load_test/fortio.h"

#include "unit/collect/load_test/load_read.h"

namespace budgetcheck {
namespace {

using testing::format_of;
using testing::read_load;

std::string result(const std::string& codes, const std::string& percentiles) {
  return R"({"RunType":"HTTP","RequestedQPS":"50","ActualQPS":50.5,"ActualDuration":8000000000,"NumThreads":4,)"
         R"("DurationHistogram":{"Count":400,"Min":0.00079,"Max":0.039,"Sum":4.01,"Avg":0.01,"Data":[],"Percentiles":)" +
         percentiles + R"(},"ErrorsDurationHistogram":{"Count":24},"RetCodes":{)" + codes + "}}";
}
const std::string kPercentiles = R"([{"Percentile":50,"Value":0.0089},{"Percentile":99.9,"Value":0.0382}])";

TEST(Fortio, SecondsAndThePercentilesThatWereAskedFor) {
  const std::string text = result(R"("200":376,"503":22,"-1":2)", kPercentiles);
  EXPECT_EQ(format_of(text), "fortio");
  const auto got = read_load(fortio_format(), text);
  ASSERT_TRUE(got.result);
  EXPECT_EQ(got.errors(), (Rate{24, 400}));
  EXPECT_DOUBLE_EQ(got.value("load.throughput"), 47);
  EXPECT_NEAR(*got.duration(0.5), 8.9, 1e-9);
  EXPECT_NEAR(*got.duration(0.999), 38.2, 1e-9);
  EXPECT_EQ(got.duration(0.95), std::nullopt);
}

TEST(Fortio, WithoutPercentilesOnlyExtremesAreTold) {
  const auto got = read_load(fortio_format(), result(R"("200":400)", "null"));
  ASSERT_NE(got.sample("load.duration"), nullptr);
  EXPECT_EQ(got.duration(0.5), std::nullopt);
}

TEST(Fortio, GrpcSaysItInAWord) {
  EXPECT_EQ(read_load(fortio_format(), result(R"("SERVING":399,"ERROR":1)", kPercentiles)).errors(), (Rate{1, 400}));
}

TEST(Fortio, APercentileThatIsNoNumberIsAnError) {
  const auto got = read_load(fortio_format(), result(R"("200":400)", R"([{"Percentile":50,"Value":"fast"}])"));
  ASSERT_FALSE(got.result);
  EXPECT_EQ(got.result.error().location.pointer, "/DurationHistogram/Percentiles/0/Value");
}

}  // namespace
}  // namespace budgetcheck
