#include "collect/account.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

TEST(Account, JoinsSentencesAndKeepsTheFirstHint) {
  Input input;
  Account account(input);
  account.note("3 requests failed");
  EXPECT_EQ(input.state, InputState::kRead);
  account.incomplete("2 entries have no URL", "record the capture again");
  account.incomplete("it has no page", "name one");
  EXPECT_EQ(input.state, InputState::kIncomplete);
  EXPECT_EQ(input.message, "3 requests failed; 2 entries have no URL; it has no page");
  EXPECT_EQ(input.hint, "record the capture again");
}

TEST(Account, ANoteMayHaveAHint) {
  Input input;
  Account account(input);
  account.note("some statements name no request", "await them inside the request");
  EXPECT_EQ(input.state, InputState::kRead);
  EXPECT_EQ(input.hint, "await them inside the request");
}

TEST(Account, CountsWhatIsTooMuch) {
  Input input;
  Account account(input, 2);
  account.note("one");
  account.note("two");
  EXPECT_EQ(input.message, "one; two");
  account.note("three");
  EXPECT_EQ(input.message, "one; two; 1 more note");
  account.note("four");
  EXPECT_EQ(input.message, "one; two; 2 more notes");
}

TEST(Account, GoesOnAfterWhatWasSaid) {
  Input input;
  input.message = "one";
  Account(input).note("two");
  EXPECT_EQ(input.message, "one; two");
}

TEST(Account, SaysWhichMetricsHaveNoValue) {
  Input input;
  Facts facts;
  Account(input).incomplete("no transfer", "write one line per transfer", "payload.", Location::of("t.ndjson"), facts);
  ASSERT_EQ(facts.unmeasured.size(), 1U);
  EXPECT_EQ(facts.unmeasured[0].metric, "payload.");
  EXPECT_EQ(facts.unmeasured[0].reason, "no transfer");
  EXPECT_EQ(facts.unmeasured[0].hint, "write one line per transfer");
  EXPECT_EQ(facts.unmeasured[0].location.file, "t.ndjson");
  EXPECT_TRUE(facts.unmeasured[0].input_at_fault);
}

}  // namespace
}  // namespace budgetcheck
