#include <gtest/gtest.h>

#include "unit/budget/loading_testing.h"

namespace budgetcheck {
namespace {

TEST(WaiversSection, WaiversMustBeWholeAndNameABudget) {
  const std::string budget = "version: 1\nbudgets: [{id: js-home, metric: bundle.gzip, max: 170 kB}]\nwaivers:\n";
  const auto incomplete = load(budget + "  - {budget: js-home, owner: ' ', reason: r}\n");
  ASSERT_TRUE(incomplete) << "a verdict says it";
  EXPECT_EQ(incomplete->waivers[0].missing, (std::vector<std::string>{"owner", "expires"}));
  EXPECT_NE(deferred_errors(*incomplete).at(0).message.find("has no 'owner' and no 'expires'"), std::string::npos);
  EXPECT_EQ(deferred_errors(*incomplete).at(0).code, "WAIVER_INCOMPLETE");
  EXPECT_SAYS(budget + "  - {budget: js-home, owner: o, reason: r, ceiling: x}\n",
              "the waiver for 'js-home' has no 'expires'");  // all are listed
  EXPECT_SAYS(budget + "  - {budget: js-hoem, owner: o, reason: r, expires: 2026-12-31}\n",
              "no budget has the id 'js-hoem' (did you mean 'js-home'?)");
  EXPECT_SAYS(budget + "  - {budget: js-home, owner: o, reason: r, expires: 2026-12-31, ceiling: 185}\n",
              "'ceiling': '185' needs a unit");
  EXPECT_SAYS(budget + "  - {budget: js-home, owner: o, reason: r, expires: 2026-12-31, ceiling: 160 kB}\n",
              "stricter than the limit");
  EXPECT_SAYS(budget + "  - {budget: js-home, owner: o, reason: r, expires: 2026-12-31, where: {pgae: x}}\n",
              "has no label 'pgae'");
  const std::string whole = "  - {budget: js-home, owner: o, reason: r, expires: 2026-12-31, ceiling: 185 kB}\n";
  EXPECT_TRUE(load(budget + whole));
  EXPECT_SAYS(budget + whole + whole, "a second waiver");
}

TEST(WaiversSection, ALimitOfAQueueCanBeWaived) {
  const std::string queues = "version: 1\nqueues: [{queue: mail, max_depth: 10}]\nwaivers:\n";
  EXPECT_TRUE(
      load(queues + "  - {budget: queues.mail.max_depth, owner: o, reason: r, expires: 2026-12-31, ceiling: 20}\n"));
  EXPECT_SAYS(queues + "  - {budget: queues.mail.max_depth, owner: o, reason: r, expires: 2026-12-31, ceiling: 9}\n",
              "stricter than the limit");
  EXPECT_SAYS(queues + "  - {budget: queues.mail.max_wait, owner: o, reason: r, expires: 2026-12-31}\n",
              "no budget has the id 'queues.mail.max_wait'");
}

TEST(WaiversSection, NothingIsSaidThatFollowsFromAnotherError) {
  const std::string waiver = "waivers: [{ budget: js, owner: o, reason: r, expires: 2026-12-31 }]\n";
  EXPECT_EQ(errors_of("version: 1\nbudgets: [{ id: js, metrc: bundle.gzip, max: 1 kB }]\n" + waiver),
            "2:21: unknown key 'metrc' in a budget (did you mean 'metric'?)\n");
  EXPECT_EQ(errors_of("version: 1\nbudgets: [{ idd: js, metric: bundle.gzip, max: 1 kB }]\n" + waiver),
            "2:13: unknown key 'idd' in a budget (did you mean 'id'?)\n");
  EXPECT_EQ(errors_of("version: 1\nbudgets: x\n" + waiver), "2:10: 'budgets' is 'x' but must be a list of budgets\n");
  EXPECT_EQ(errors_of("version: 1\nbudget: [{ id: js, metric: bundle.gzip, max: 1 kB }]\n" + waiver),
            "2:1: unknown key 'budget' in a budgets file (did you mean 'budgets'?)\n");
  const std::string budget = "version: 1\nbudgets: [{ id: js, metric: bundle.gzip, max: 1 kB }]\n";
  EXPECT_EQ(errors_of(budget + "waivers: [{ budget: js, owner: o, resaon: r, expires: 2026-12-31 }]\n"),
            "3:35: unknown key 'resaon' in a waiver (did you mean 'reason'?)\n");
}

TEST(WaiversSection, AnIdThatIsDerivedFromAnUnknownMetricIsNotASecondError) {
  const std::string text =
      "version: 1\nbudgets: [{ metric: bundle.gzp, max: 1 kB }]\n"
      "waivers: [{ budget: bundle.gzip, owner: o, reason: r, expires: 2026-12-31 }]\n";
  EXPECT_EQ(errors_of(text),
            "2:11: there is no metric 'bundle.gzp' (did you mean "
            "'bundle.gzip'?)\n");
}

}  // namespace
}  // namespace budgetcheck
