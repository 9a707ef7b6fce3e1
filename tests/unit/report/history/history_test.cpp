#include "report/history/history.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "json/document.h"
#include "report/words/sparkline.h"

namespace budgetcheck {
namespace {

using testing::HasSubstr;
using testing::Not;

BudgetSeries series() {
  BudgetSeries out;
  out.budget = "home-lcp";
  out.metric = "lighthouse.lcp";
  out.where = Labels{{"page", "/"}};
  out.unit = Unit::kMilliseconds;
  out.limit = 2500;
  out.points = {{"a1", "2026-11-01T10:00:00Z", 20'000, 2000}, {"b2", "2026-11-20T10:00:00Z", 20'019, 2140}};
  out.trend = Trend{30, 12, 48, "2027-03-01", "2027-09-14"};
  out.drift = Drift{0.07, 2000, 2140, 70};
  return out;
}

BudgetHistory history(BudgetSeries one) {
  BudgetHistory out;
  out.app = "shop";
  out.from = "from 1a2b3c4 (HEAD)";
  out.records = 2;
  out.series = {std::move(one)};
  return out;
}

TEST(Sparkline, GoesFromLowToHigh) {
  EXPECT_EQ(sparkline({1, 2, 3, 4, 5, 6, 7, 8}, 20, true), "▁▂▃▄▅▆▇█");
  EXPECT_EQ(sparkline({1, 2, 3, 4}, 20, false), "_.-^");
  EXPECT_EQ(sparkline({5, 5}, 20, true), "▅▅") << "flat";
  EXPECT_EQ(sparkline({1, std::numeric_limits<double>::quiet_NaN(), 2}, 20, false), "_ ^");
  EXPECT_EQ(sparkline({}, 20, true), "");
}

TEST(Sparkline, ShowsTheNewestOfALongSeries) { EXPECT_EQ(sparkline({100, 1, 2}, 2, false), "_^"); }

TEST(HistoryText, SaysValueTrendAndDrift) {
  const std::string text = render_history_text(history(series()), {false, true, 200});
  EXPECT_THAT(text, HasSubstr("home-lcp"));
  EXPECT_THAT(text, HasSubstr("▁█"));
  EXPECT_THAT(text, HasSubstr("2.14 s, limit 2.5 s: 360 ms (14%) left"));
  EXPECT_THAT(text,
              HasSubstr("+30 ms in 30 days (+12 ms to +48 ms): reaches its limit between 2027-03-01 and 2027-09-14"));
  EXPECT_THAT(text, HasSubstr("7% worse than 70 records ago: 2 s → 2.14 s"));
  EXPECT_THAT(text, HasSubstr("2 records of shop, from 1a2b3c4 (HEAD)"));
}

TEST(HistoryText, ABreachOnOneDay) {
  BudgetSeries steep = series();
  steep.trend->breach_to = steep.trend->breach_from;
  EXPECT_THAT(series_trend(steep), HasSubstr("reaches its limit on 2027-03-01"));
  steep.trend->breach_to = "";
  EXPECT_THAT(series_trend(steep), HasSubstr("may reach its limit from 2027-03-01 on"));
}

TEST(HistoryText, WithoutATrendSaysWhy) {
  BudgetSeries flat = series();
  flat.trend.reset();
  flat.drift.reset();
  flat.remark = "it does not tell from noise";
  const std::string text = render_history_text(history(flat), {false, true, 200});
  EXPECT_THAT(text, HasSubstr("no trend: it does not tell from noise"));
  EXPECT_THAT(text, Not(HasSubstr("drifted")));
}

TEST(HistoryText, ALimitThatIsPassed) {
  BudgetSeries over = series();
  over.limit = 2000;
  EXPECT_THAT(series_numbers(over), HasSubstr("over by 140 ms (7%)"));
  over.limit_is_min = true;
  EXPECT_THAT(series_numbers(over), HasSubstr("minimum 2 s: 140 ms (7%) left"));
}

TEST(HistoryJson, HoldsEveryPoint) {
  const auto document = json::read_json("h.json", render_history_json(history(series()), {}));
  ASSERT_TRUE(document);
  const json::Value& one = document->find("series")->array()->at(0);
  EXPECT_EQ(one.find("points")->array()->size(), 2U);
  EXPECT_EQ(*one.at({"trend", "per_30_days"})->number(), 30);
  EXPECT_EQ(one.find("trend")->string_or("breach_from", ""), "2027-03-01");
}

TEST(HistoryPages, EscapeHostileNames) {
  BudgetSeries hostile = series();
  hostile.budget = "<script>alert(1)</script> @all | \" '";
  hostile.where = Labels{{"page", "</svg><img src=x onerror=alert(1)>"}};
  const std::string html = render_history_html(history(hostile), {});
  EXPECT_THAT(html, Not(HasSubstr("<script")));
  EXPECT_THAT(html, Not(HasSubstr("<img")));
  EXPECT_THAT(html, HasSubstr("&lt;script&gt;"));
  const std::string markdown = render_history_markdown(history(hostile), {});
  EXPECT_THAT(markdown, Not(HasSubstr("<script")));
  EXPECT_THAT(markdown, HasSubstr("| so far |"));
}

TEST(HistoryPages, StayBounded) {
  BudgetHistory big = history(series());
  big.series.assign(5000, series());
  EXPECT_LT(render_history_markdown(big, {}).size(), 65'000U);
  EXPECT_THAT(render_history_markdown(big, {}), HasSubstr("more series"));
  EXPECT_LT(render_history_html(big, {}).size(), 2'000'000U);
  EXPECT_THAT(render_history_text(big, {}), HasSubstr("4900 more series"));
}

}  // namespace
}  // namespace budgetcheck
