#include "collect/load_test/text/jmeter.h"

#include "unit/collect/load_test/text/load_text.h"

namespace budgetcheck {
namespace {

using testing::load_text_is_read_by;
using testing::LoadText;
using testing::read_load_text;

TEST(JMeter, StatisticsOfTheDashboard) {
  const std::string text =
      R"({"GET /events":{"transaction":"GET /events","sampleCount":180,"errorCount":9,"errorPct":5.0,"meanResTime":26.5,)"
      R"("medianResTime":24.0,"minResTime":0.0,"maxResTime":99.0,"pct1ResTime":42.0,"pct2ResTime":55.0,"pct3ResTime":79.0,)"
      R"("throughput":12.0},"Total":{"transaction":"Total","sampleCount":180,"errorCount":9,"errorPct":5.0,)"
      R"("meanResTime":26.5,"medianResTime":24.0,"pct1ResTime":42.0,"pct2ResTime":55.0,"pct3ResTime":79.0,"throughput":12.0}})";
  EXPECT_EQ(load_text_is_read_by(text), "jmeter");
  const LoadText got = read_load_text(jmeter_format(), text);
  ASSERT_TRUE(got.result) << got.error();
  EXPECT_EQ(got.errors(), (Rate{9, 180}));  // errorPct is a percentage
  EXPECT_NEAR(got.number("load.throughput"), 12 * 171.0 / 180, 1e-9);
  EXPECT_EQ(got.duration(Stat::kP95), 55);
  EXPECT_FALSE(got.duration(Stat::kP75));
  EXPECT_EQ(got.errors("GET /events"), (Rate{9, 180}));
  EXPECT_EQ(got.find("load.requests", "Total"), nullptr);
  EXPECT_NE(got.input.message.find("aggregate_rpt_pct1"), std::string::npos);
  EXPECT_FALSE(read_load_text(jmeter_format(), text.substr(0, text.size() - 9)).result);
}

TEST(JMeter, ATableWithoutNamesIsExplained) {
  const auto content =
      content_from_string("1795912345046,24,GET /events,200,OK,Users 1-1,text,true,,408,128,6,6,http://x,22,0,1\n");
  const auto other = jmeter_format().explain(sniff("a.jtl", *content, true));
  ASSERT_TRUE(other);
  EXPECT_NE(other->give.find("print_field_names"), std::string::npos);
}

}  // namespace
}  // namespace budgetcheck
