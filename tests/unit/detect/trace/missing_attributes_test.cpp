#include "detect/trace/missing_attributes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/detect/trace/trace_rules_testing.h"

namespace budgetcheck {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using Asked = TelemetryRequirement::On;

MissingAttribute lacking(std::uint64_t missing, std::uint64_t spans, double min = 100) {
  MissingAttribute made;
  made.attribute = "tenant.id";
  made.service = "shop-web";
  made.min_percent = min;
  made.spans = spans;
  made.missing = missing;
  if (missing != 0) {
    made.routes = {{"/cart", spans, missing}};
  }
  made.example = shop_place();
  return made;
}

std::vector<Finding> without_attribute(const MissingAttribute& missing, std::vector<std::string> ignore = {}) {
  TraceFacts traces;
  traces.missing = {missing};
  return found_in_traces(detect_missing_attributes, "missing-attributes", std::move(traces), std::move(ignore));
}

TEST(MissingAttributes, FiresWithTheRoutesThatLackIt) {
  MissingAttribute missing = lacking(3, 8);
  missing.routes = {{"/reviews", 2, 2}, {"/cart", 6, 1}};
  const auto findings = without_attribute(missing);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].level, Level::kWarning);
  EXPECT_EQ(findings[0].message, "3 of 8 requests of 'shop-web' have no tenant.id: /reviews, /cart (1 of 6)");
  EXPECT_EQ(findings[0].subject, "tenant.id");
  EXPECT_EQ(findings[0].evidence.count, 3U);
  EXPECT_EQ(findings[0].evidence.route, "") << "it is about more than one";
  EXPECT_EQ(detail(findings[0], "attribute"), "tenant.id");
  EXPECT_EQ(detail(findings[0], "routes"), "/reviews, /cart (1 of 6)");
  EXPECT_EQ(findings[0].location.line, 7U) << "of one example";
}

TEST(MissingAttributes, AtTheMinimumItIsSilent) {
  EXPECT_THAT(without_attribute(lacking(0, 8)), IsEmpty());
  EXPECT_THAT(without_attribute(lacking(1, 100, 99)), IsEmpty());
  EXPECT_EQ(without_attribute(lacking(2, 100, 99)).size(), 1U);
  EXPECT_EQ(without_attribute(lacking(1, 100, 99.5)).size(), 1U);
}

TEST(MissingAttributes, SaysWhatLacksItAndWhereToSetIt) {
  MissingAttribute missing = lacking(1, 1);
  missing.on = Asked::kDb;
  missing.scope = TelemetryRequirement::Scope::kSpan;
  EXPECT_THAT(without_attribute(missing).at(0).message, HasSubstr("1 of 1 statement of 'shop-web' has no tenant.id"));
  EXPECT_THAT(without_attribute(missing).at(0).fix.text, HasSubstr("Set it on the span itself"));
  missing.on = Asked::kClient;
  EXPECT_THAT(without_attribute(missing).at(0).message, HasSubstr("1 of 1 call of"));
  missing.on = Asked::kConsumer;
  EXPECT_THAT(without_attribute(missing).at(0).message, HasSubstr("1 of 1 message of"));
  missing.attribute = "http.route";
  EXPECT_THAT(without_attribute(missing).at(0).fix.text, HasSubstr("instrumentation-express"));
}

TEST(MissingAttributes, OfManyRoutesSomeAreNamed) {
  MissingAttribute missing = lacking(9, 9);
  missing.routes.clear();
  for (int i = 0; i < 9; ++i) {
    missing.routes.push_back({"/r" + std::to_string(i), 1, 1});
  }
  EXPECT_THAT(without_attribute(missing).at(0).message, HasSubstr("/r7, 1 more"));
}

TEST(MissingAttributes, AnAttributeMayBeExempt) {
  EXPECT_THAT(without_attribute(lacking(1, 1), {"tenant.*"}), IsEmpty());
}

}  // namespace
}  // namespace budgetcheck
