#include "detect/trace/request_waterfall.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/detect/trace/trace_rules_testing.h"

namespace budgetcheck {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

SerialCalls serial_calls(double saved_share = 0.5, std::uint64_t requests = 3, std::uint64_t of = 3) {
  SerialCalls made;
  made.at = shop_place();
  made.calls = {{"GET users/:id", true}, {"GET rooms", true}, {"GET prices", true}};
  made.requests = requests;
  made.route_requests = of;
  made.saved_ms = 40;
  made.saved_share = saved_share;
  return made;
}

std::vector<Finding> waterfalls(const SerialCalls& serial, std::vector<std::string> ignore = {}) {
  TraceFacts traces;
  traces.serial = {serial};
  return found_in_traces(detect_request_waterfall, "request-waterfall", std::move(traces), std::move(ignore));
}

TEST(RequestWaterfall, FiresWhereIndependentCallsWaitForOneAnother) {
  const auto findings = waterfalls(serial_calls());
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].level, Level::kWarning);
  EXPECT_EQ(findings[0].message,
            "'/cart' of shop-web makes 3 calls one after the other in all 3 requests, though none needs what the "
            "others answer as far as their URLs show: 40 ms of a request (50%) could be saved");
  EXPECT_EQ(findings[0].subject, "/cart");
  EXPECT_EQ(findings[0].evidence.count, 3U);
  EXPECT_EQ(findings[0].evidence.line, 7U);
  EXPECT_EQ(detail(findings[0], "calls"), "GET users/:id, GET rooms, GET prices");
  EXPECT_EQ(detail(findings[0], "trace"), "4bf92f3577b34da6a3ce929d0e0e4736");
  EXPECT_THAT(findings[0].fix.text, HasSubstr("Promise.all"));
}

TEST(RequestWaterfall, FiresFromThirtyPercentOnThatCouldBeSaved) {
  EXPECT_EQ(waterfalls(serial_calls(0.3)).size(), 1U);
  EXPECT_THAT(waterfalls(serial_calls(0.299)), IsEmpty());
}

TEST(RequestWaterfall, FiresWhereHalfOfTheRequestsHaveTheChain) {
  const auto half = waterfalls(serial_calls(0.5, 2, 4));
  ASSERT_EQ(half.size(), 1U);
  EXPECT_THAT(half[0].message, HasSubstr("in 2 of 4 requests"));
  EXPECT_THAT(waterfalls(serial_calls(0.5, 2, 5)), IsEmpty());
}

TEST(RequestWaterfall, AChainThatDependsOnItsAnswersIsANoteHoweverMuchItTakes) {
  SerialCalls dependent = serial_calls(0.9);
  dependent.calls[1].independent = false;
  const auto findings = waterfalls(dependent);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].level, Level::kNote);
  EXPECT_THAT(findings[0].message, HasSubstr("each for what the one before answered"));
  EXPECT_THAT(findings[0].fix.text, testing::Not(HasSubstr("Promise.all")));
}

TEST(RequestWaterfall, OnlyTheIndependentOnesOfAChainAreNamed) {
  SerialCalls mixed = serial_calls();
  mixed.calls.insert(mixed.calls.begin() + 1, {"GET teams/:id", false});
  const auto findings = waterfalls(mixed);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].level, Level::kWarning);
  EXPECT_EQ(findings[0].evidence.count, 3U);
  EXPECT_EQ(detail(findings[0], "calls"), "GET users/:id, GET rooms, GET prices");
}

TEST(RequestWaterfall, ARouteMayBeExempt) {
  EXPECT_THAT(waterfalls(serial_calls(), {"/cart"}), IsEmpty());
  EXPECT_EQ(waterfalls(serial_calls(), {"/checkout"}).size(), 1U);
}

TEST(RequestWaterfall, TheKeyIsOfTheChainAndNotOfItsTimes) {
  const auto first = waterfalls(serial_calls(0.5));
  const auto slower = waterfalls(serial_calls(0.8, 3, 4));
  SerialCalls longer = serial_calls();
  longer.calls.push_back({"GET stock", true});
  ASSERT_EQ(first.size() + slower.size(), 2U);
  EXPECT_EQ(first[0].key, slower[0].key);
  EXPECT_NE(first[0].key, waterfalls(longer).at(0).key);
}

}  // namespace
}  // namespace budgetcheck
