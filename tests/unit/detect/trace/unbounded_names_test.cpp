#include "detect/trace/unbounded_names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/detect/trace/trace_rules_testing.h"

namespace budgetcheck {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using Named = UnboundedName::What;

UnboundedName names_of(const std::string& form, std::uint64_t names, Named what = Named::kSpanName) {
  UnboundedName made;
  made.what = what;
  made.service = "shop-web";
  made.form = form;
  made.names = names;
  made.example = shop_place();
  return made;
}

std::vector<Finding> unbounded(std::vector<UnboundedName> names, std::vector<std::string> ignore = {}) {
  TraceFacts traces;
  traces.names = std::move(names);
  return found_in_traces(detect_unbounded_names, "unbounded-names", std::move(traces), std::move(ignore));
}

TEST(UnboundedNames, FiveNamesOfOneFormAreTooManyAndFourAreNot) {
  const auto findings = unbounded({names_of("load chart {id}", 5)});
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].level, Level::kWarning);
  EXPECT_EQ(findings[0].message, "'shop-web' names 5 spans of the form 'load chart {id}'");
  EXPECT_EQ(findings[0].subject, "load chart {id}");
  EXPECT_EQ(findings[0].evidence.count, 5U);
  EXPECT_EQ(findings[0].evidence.route, "");
  EXPECT_EQ(detail(findings[0], "form"), "load chart {id}");
  EXPECT_THAT(findings[0].fix.text, HasSubstr("put the id into an attribute"));
  EXPECT_THAT(unbounded({names_of("load chart {id}", 4)}), IsEmpty());
}

TEST(UnboundedNames, NumbersThatCountOnFromASmallOneAreWorkers) {
  UnboundedName workers = names_of("worker {id}", 64);
  workers.dense = true;
  EXPECT_THAT(unbounded({workers}), IsEmpty());
  workers.dense = false;
  EXPECT_EQ(unbounded({workers}).size(), 1U);
}

TEST(UnboundedNames, ARouteSaysWhatTheNameOfItsSpanSays) {
  const auto both = unbounded({names_of("GET /receipts/{id}", 5), names_of("/receipts/{id}", 5, Named::kRoute)});
  ASSERT_EQ(both.size(), 1U);
  EXPECT_EQ(both[0].message, "'shop-web' names 5 routes of the form '/receipts/{id}'");
  EXPECT_THAT(both[0].fix.text, HasSubstr("http.route"));
  EXPECT_EQ(unbounded({names_of("GET /receipts/{id}", 5), names_of("/receipts/{id}", 4, Named::kRoute)}).size(), 1U)
      << "too few routes say nothing, so the name does";
  UnboundedName foreign = names_of("/receipts/{id}", 5, Named::kRoute);
  foreign.service = "billing";
  EXPECT_EQ(unbounded({names_of("GET /receipts/{id}", 5), foreign}).size(), 2U);
}

TEST(UnboundedNames, AFormMayBeExempt) {
  EXPECT_THAT(unbounded({names_of("load chart {id}", 50)}, {"load chart *"}), IsEmpty());
}

}  // namespace
}  // namespace budgetcheck
