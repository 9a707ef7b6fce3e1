#include "cli/check/combine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/exit_code.h"
#include "report/format.h"
#include "report/words/order.h"
#include "results/outcome.h"
#include "results/read.h"

namespace budgetcheck {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// An app with one budget, one measurement and one finding, which are called the same in every app.
Report app(const std::string& name, Status status, int exit_code) {
  Report out;
  out.app = name;
  out.tool_version = "1";
  Verdict verdict;
  verdict.budget = "main-js";
  verdict.metric = "bundle.gzip";
  verdict.where = {{"entry", "main"}};
  verdict.status = status;
  verdict.code = "LIMIT_EXCEEDED";
  verdict.value = 1;
  out.verdicts.push_back(verdict);
  Sample sample;
  sample.metric = "bundle.gzip";
  sample.where = {{"entry", "main"}};
  sample.value = 1.0;
  out.samples.push_back(sample);
  Finding finding;
  finding.rule = "n-plus-one";
  finding.message = "30 queries of one shape";
  finding.key = "abc";
  out.findings.push_back(finding);
  out.exit_code = exit_code;
  out.outcome = exit_code == kExitPass     ? Outcome::kPass
                : exit_code == kExitFailed ? Outcome::kFail
                : exit_code == kExitUsage  ? Outcome::kError
                                           : Outcome::kInconclusive;
  return out;
}

Report two() {
  Report root;
  root.project = root.app = "shop";
  root.tool_version = "1";
  return combine(root, false, {app("web", Status::kPass, kExitPass), app("admin", Status::kFail, kExitFailed)});
}

TEST(Combine, ThingsOfOneNameInTwoAppsStayApart) {
  const Report whole = two();
  ASSERT_EQ(whole.verdicts.size(), 2U);
  EXPECT_EQ(whole.verdicts[0].budget, "admin: main-js") << "worst first";
  EXPECT_EQ(whole.verdicts[0].app, "admin");
  EXPECT_EQ(to_string(whole.verdicts[0].where), "app=admin, entry=main");
  EXPECT_EQ(whole.verdicts[1].budget, "web: main-js");
  EXPECT_EQ(tally(whole).budgets, 2U);
  EXPECT_EQ(tally(whole).failed, 1U);
  EXPECT_EQ(to_string(whole.samples[0].where), "app=web, entry=main");
  EXPECT_EQ(whole.findings[0].message, "web: 30 queries of one shape");
  EXPECT_NE(whole.findings[0].key, whole.findings[1].key);
}

TEST(Combine, EachAppIsKeptAsItIs) {
  const Report whole = two();
  ASSERT_EQ(whole.apps.size(), 2U) << "a root that only names apps is none";
  EXPECT_EQ(whole.apps[0].verdicts[0].budget, "main-js");
  EXPECT_EQ(whole.apps[0].findings[0].key, "abc");
}

TEST(Combine, ABuildsOwnLabelStaysBehindTheApps) {
  Report one = app("web", Status::kPass, kExitPass);
  one.samples[0].where.set("app", "client");
  EXPECT_EQ(to_string(combine(Report(), false, {one}).samples[0].where), "app=web/client, entry=main");
}

TEST(Combine, TheExitCodeIsTheFirstByPrecedence) {
  const auto exit_of = [](const std::vector<int>& codes) {
    std::vector<Report> apps;
    for (const int code : codes) {
      apps.push_back(app("a" + std::to_string(apps.size()), Status::kPass, code));
    }
    return combine(Report(), false, apps).exit_code;
  };
  EXPECT_EQ(exit_of({kExitPass, kExitPass}), kExitPass);
  EXPECT_EQ(exit_of({kExitNoBase, kExitPass}), kExitNoBase);
  EXPECT_EQ(exit_of({kExitNoBase, kExitCannotJudge}), kExitCannotJudge);
  EXPECT_EQ(exit_of({kExitFailed, kExitCannotJudge}), kExitFailed) << "1 wins over 3";
  EXPECT_EQ(exit_of({kExitFailed, kExitUsage, kExitCannotJudge}), kExitUsage) << "2 wins over 1";
  Report root;
  root.problems.push_back({ErrorKind::kUsage, "x", {}, {}});
  root.exit_code = kExitUsage;
  root.outcome = Outcome::kError;
  const Report broken = combine(root, false, {app("web", Status::kPass, kExitPass)});
  EXPECT_EQ(broken.exit_code, kExitUsage);
  EXPECT_EQ(broken.outcome, Outcome::kError);
  ASSERT_EQ(broken.apps.size(), 2U) << "a root with something to say is one of them";
  EXPECT_EQ(broken.problems.front().message, "x") << "of the command line, and of no app";
}

TEST(Combine, SaysWhatBecameOfEachApp) { EXPECT_THAT(two().notes, ElementsAre("2 apps: admin failed; web passed")); }

TEST(Combine, ANoteOfAllAppsIsSaidOnce) {
  Report a = app("a", Status::kPass, kExitPass);
  Report b = app("b", Status::kPass, kExitPass);
  a.notes = {"the clone is shallow", "routes were inferred"};
  b.notes = {"the clone is shallow"};
  a.gate = {"it adds the waiver for 'x'"};
  const Report whole = combine(Report(), false, {a, b});
  EXPECT_THAT(whole.notes, ElementsAre("2 apps: a, b passed", "the clone is shallow", "a: routes were inferred"));
  EXPECT_THAT(whole.gate, ElementsAre("a: it adds the waiver for 'x'"));
}

TEST(Combine, TheBaseIsThatOfAllOrThatOfEach) {
  Report a = app("a", Status::kPass, kExitPass);
  Report b = app("b", Status::kPass, kExitPass);
  a.base = b.base = {"note", std::string(40, '1'), "branch point", 0};
  EXPECT_EQ(combine(Report(), false, {a, b}).base.kind, "note");
  b.base = {"none", "", "nothing is stored", 0};
  const BaseInfo base = combine(Report(), false, {a, b}).base;
  EXPECT_EQ(base.kind, "several");
  EXPECT_EQ(base.how, "a: 1111111, branch point; b: none (nothing is stored), absolute limits only");
}

TEST(Combine, TheResultsFileGivesEachAppBack) {
  const std::string text = render_json(two(), {});
  const auto web = read_results("r.json", text, "web");
  ASSERT_TRUE(web) << to_string(web.error().front());
  EXPECT_EQ(web->app, "web");
  ASSERT_EQ(web->samples.size(), 1U);
  EXPECT_EQ(to_string(web->samples[0].where), "entry=main");
  EXPECT_EQ(web->findings[0].key, "abc");
  EXPECT_EQ(read_outcome("r.json", text, "admin")->outcome, "fail");
  EXPECT_EQ(read_outcome("r.json", text, "web")->outcome, "pass");
  EXPECT_THAT(apps_in_results("r.json", text), ElementsAre("web", "admin"));
  EXPECT_THAT(apps_in_results("r.json", render_json(app("web", Status::kPass, 0), {})), IsEmpty());
  const auto none = read_results("r.json", text);
  ASSERT_FALSE(none) << "an app that nobody named is not no results";
  EXPECT_EQ(none.error().front().code, kNoSuchApp);
  EXPECT_THAT(none.error().front().message, HasSubstr("several apps, 'web', 'admin'"));
  EXPECT_FALSE(read_results("r.json", text, "other"));
}

}  // namespace
}  // namespace budgetcheck
