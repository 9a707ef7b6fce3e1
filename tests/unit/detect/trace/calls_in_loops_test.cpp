#include "detect/trace/calls_in_loops.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/detect/trace/trace_rules_testing.h"

namespace budgetcheck {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

RepeatedCalls repeated_calls(std::uint64_t count, std::uint64_t requests = 1, std::uint64_t of = 1) {
  RepeatedCalls made;
  made.at = shop_place("/orders");
  made.call = "GET users/:id";
  made.count = count;
  made.requests = requests;
  made.route_requests = of;
  made.serial = true;
  return made;
}

std::vector<Finding> loops(const RepeatedCalls& repeated, std::vector<std::string> ignore = {}) {
  TraceFacts traces;
  traces.repeated = {repeated};
  return found_in_traces(detect_calls_in_loops, "n-plus-one-api", std::move(traces), std::move(ignore));
}

TEST(CallsInLoops, FiveIdsInOneRequestAreALoopAndFourAreNone) {
  const auto findings = loops(repeated_calls(5));
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].rule, "n-plus-one-api");
  EXPECT_EQ(findings[0].level, Level::kWarning);
  EXPECT_EQ(findings[0].message,
            "'/orders' of shop-web calls 'GET users/:id' for 5 different ids in one request, one after the other");
  EXPECT_EQ(findings[0].evidence.count, 5U);
  EXPECT_EQ(detail(findings[0], "call"), "GET users/:id");
  EXPECT_THAT(findings[0].fix.text, HasSubstr("takes a list of ids"));
  EXPECT_THAT(loops(repeated_calls(4)), IsEmpty());
}

TEST(CallsInLoops, SaysInHowManyRequestsAndWhetherTheyWait) {
  RepeatedCalls parallel = repeated_calls(8, 3, 4);
  parallel.serial = false;
  const auto findings = loops(parallel);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_THAT(findings[0].message, HasSubstr("some at the same time (in 3 of 4 requests)"));
}

TEST(CallsInLoops, ARouteMayBeExempt) { EXPECT_THAT(loops(repeated_calls(30), {"/orders"}), IsEmpty()); }

TEST(CallsInLoops, TheKeyHoldsNoCounts) {
  EXPECT_EQ(loops(repeated_calls(5)).at(0).key, loops(repeated_calls(9, 2, 3)).at(0).key);
}

}  // namespace
}  // namespace budgetcheck
