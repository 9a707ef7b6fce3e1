#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "base/text.h"
#include "report/format.h"
#include "unit/report/sample_report.h"

namespace budgetcheck {
namespace {

TEST(OpenMetrics, LinesThatBothReadersTake) {
  const std::regex line_form(R"re(^[a-zA-Z_]\w*(\{([a-zA-Z_]\w*="[^"\\'#`]*"(,|(?=\})))+\})? -?\d+(\.\d+)?$)re");
  for (const Report& report : {sample_report(), hostile_report(), green_report(), Report{}}) {
    std::set<std::string> names;
    const std::string text = render_openmetrics(report, {});
    ASSERT_TRUE(text.ends_with('\n'));
    for (const std::string_view line : split(trim(text), '\n')) {
      EXPECT_TRUE(std::regex_match(std::string(line), line_form)) << line;
      EXPECT_TRUE(names.insert(std::string(line.substr(0, line.rfind(' ')))).second) << line;
    }
  }
}

TEST(OpenMetrics, ValuesAreWhatWasMeasured) {
  Report report;
  report.app = "shop";
  Verdict v;
  v.budget = "main-js";
  v.metric = "bundle.gzip";
  v.where = {{"entry", "a#b\"c'd\\e"}, {"app", "x"}};
  v.unit = Unit::kBytes;
  v.value = 1234567.5;
  report.verdicts = {v, v};
  const std::string text = render_openmetrics(report, {});
  EXPECT_THAT(text,
              testing::HasSubstr("\nbudgetcheck_bundle_gzip_bytes{app=\"shop\",budget=\"main-js\",where_app=\"x\","
                                 "entry=\"a%23b%22c%27d/e\",stat=\"median\"} 1234567.5\n"));
  EXPECT_EQ(text.find("bundle_gzip"), text.rfind("bundle_gzip"));
  EXPECT_THAT(text,
              testing::StartsWith("budgetcheck_exit_code{app=\"shop\"} 0\nbudgetcheck_budgets{app=\"shop\"} 1\n"));
}

TEST(OpenMetrics, NoExponents) {
  Report report;
  Verdict v;
  v.metric = "x.y";
  v.value = 1e21;
  report.verdicts = {v};
  v.metric = "x.z";
  v.value = 1e-7;
  report.verdicts.push_back(v);
  const std::string text = render_openmetrics(report, {});
  EXPECT_THAT(text, testing::HasSubstr(" 1000000000000000000000\n"));
  EXPECT_THAT(text, testing::HasSubstr(" 0.0000001\n"));
}

}  // namespace
}  // namespace budgetcheck
