#include "report/words/groups.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "budget/catalogue.h"
#include "report/words/group_words.h"

namespace budgetcheck {
namespace {

using testing::ElementsAre;

Verdict over(std::string budget, std::string metric, Labels where, double value = 200, double limit = 100) {
  Verdict v;
  v.budget = std::move(budget);
  v.metric = std::move(metric);
  v.where = std::move(where);
  v.status = Status::kFail;
  v.code = "LIMIT_EXCEEDED";
  v.unit = Unit::kBytes;
  v.value = value;
  v.limit = limit;
  v.hint = "make it smaller";
  v.location = {"budgets.yml", 3, 5, {}};
  return v;
}

Finding found(std::string rule, std::string route, std::string subject = "x") {
  Finding f;
  f.rule = std::move(rule);
  f.level = Level::kError;
  f.message = "found " + subject;
  f.subject = std::move(subject);
  f.evidence.route = std::move(route);
  f.fix.text = "fix " + f.subject;
  return f;
}

RuleSet rules() {
  Rule loop;
  loop.id = "n-plus-one";
  loop.explains = {"queries.count", "queries.time"};
  Rule copies;
  copies.id = "duplicate-package";
  copies.explains = {"bundle.gzip", "bundle.raw", "bundle.duplicates"};
  Rule build;
  build.id = "failed-build";
  build.explains = {"bundle."};
  Rule repeated;
  repeated.id = "duplicate-request";
  repeated.explains = {"payload.requests"};
  return RuleSet({loop, copies, build, repeated});
}

Report report_of(std::vector<Verdict> verdicts, std::vector<Finding> findings) {
  Report report;
  report.verdicts = std::move(verdicts);
  report.findings = std::move(findings);
  report.rules = rules();
  return report;
}

/// "a,b + rule" of each group: what it holds, by budgets and rules.
std::vector<std::string> shapes(const Report& report) {
  std::vector<std::string> out;
  for (const Group& group : problem_groups(report)) {
    std::string shape;
    for (const Verdict* verdict : group.verdicts) {
      shape += (shape.empty() ? "" : ",") + verdict->budget;
    }
    for (const Finding* finding : group.findings) {
      shape += (shape.empty() ? "" : " + ") + finding->rule;
    }
    out.push_back(shape + (group.is_list ? " (list)" : ""));
  }
  return out;
}

TEST(Groups, AFindingAndTheBudgetItBreaksAreOneProblem) {
  const Report report =
      report_of({over("a", "queries.count", {{"route", "/posts"}}), over("b", "queries.count", {{"route", "/users"}})},
                {found("n-plus-one", "/posts")});
  EXPECT_THAT(shapes(report), ElementsAre("a + n-plus-one", "b"));
}

TEST(Groups, AnotherMetricOrRouteIsAnotherProblem) {
  EXPECT_THAT(shapes(report_of({over("a", "queries.rows_read", {{"route", "/posts"}})},
                               {found("n-plus-one", "/posts"), found("n-plus-one", "", "y")})),
              ElementsAre("a", "n-plus-one", "n-plus-one"));
}

TEST(Groups, TheImagesOfAPageAreOneProblemWhoeverMeasuredThem) {
  const Report report = report_of(
      {over("lh", "lighthouse.resource.image.bytes", {{"page", "/"}, {"device", "mobile"}}),
       over("har", "payload.transfer", {{"page", "/"}, {"type", "image"}}),
       over("other page", "payload.transfer", {{"page", "/a"}, {"type", "image"}}),
       over("third party", "lighthouse.resource.image.bytes", {{"page", "/"}, {"origin", "https://cdn.example"}}),
       over("number", "payload.requests", {{"page", "/"}, {"type", "image"}})},
      {});
  EXPECT_THAT(shapes(report), ElementsAre("lh,har", "other page", "third party", "number"));
}

TEST(Groups, CompressionsOfOneBundleAreOneProblem) {
  const Labels main{{"entry", "main"}};
  EXPECT_THAT(shapes(report_of({over("gzip", "bundle.gzip", main), over("raw", "bundle.raw", main),
                                over("files", "bundle.files", main), over("admin", "bundle.raw", {{"entry", "admin"}})},
                               {})),
              ElementsAre("gzip,raw", "files", "admin"));
}

TEST(Groups, ACopyBelongsToTheBundleThatHoldsIt) {
  Report report = report_of({over("main", "bundle.gzip", {{"entry", "main"}, {"type", "js"}}),
                             over("admin", "bundle.gzip", {{"entry", "admin"}, {"type", "js"}}),
                             over("styles", "bundle.gzip", {{"entry", "main"}, {"type", "css"}})},
                            {found("duplicate-package", "", "immer")});
  report.parts = {{"bundle.", {{"entry", "main"}}, "package", "immer", Unit::kBytes, 10, {}},
                  {"bundle.", {{"entry", "admin"}}, "package", "react", Unit::kBytes, 10, {}}};
  EXPECT_THAT(shapes(report), ElementsAre("main + duplicate-package", "admin", "styles"));
  report.findings[0].location.file = "other/stats.json";
  EXPECT_THAT(shapes(report), ElementsAre("main", "admin", "styles", "duplicate-package"));
}

TEST(Groups, AFailedBuildIsBehindAllThatItMeasures) {
  EXPECT_THAT(shapes(report_of({over("js", "bundle.raw", {{"type", "js"}}), over("n", "bundle.files", {})},
                               {found("failed-build", "", "stats.json")})),
              ElementsAre("js,n + failed-build"));
}

TEST(Groups, APageIsNamedByItsDetail) {
  Finding twice = found("duplicate-request", "GET /me");
  twice.evidence.details = {{"page", "/users"}};
  EXPECT_THAT(shapes(report_of({over("a", "payload.requests", {{"page", "/users"}, {"type", "fetch"}}),
                                over("b", "payload.requests", {{"page", "/"}, {"type", "fetch"}})},
                               {twice})),
              ElementsAre("a + duplicate-request", "b"));
}

TEST(Groups, AppsOfOneReportAreNeverOneProblem) {
  Report report = report_of({over("web: lh", "lighthouse.resource.image.bytes", {{"page", "/"}}),
                             over("admin: har", "payload.transfer", {{"page", "/"}, {"type", "image"}}),
                             over("web: queries", "queries.count", {{"route", "/posts"}})},
                            {found("n-plus-one", "/posts"), found("n-plus-one", "/posts")});
  for (Verdict& verdict : report.verdicts) {
    verdict.app = verdict.budget.substr(0, verdict.budget.find(':'));
  }
  report.findings[0].key = "admin/0123";
  report.findings[1].key = "web/0123";
  EXPECT_THAT(shapes(report), ElementsAre("web: lh", "admin: har", "web: queries + n-plus-one", "n-plus-one"));
}

TEST(Groups, WhatOneReasonLeavesUnmeasuredIsOneProblem) {
  Report report = report_of({over("js", "bundle.gzip", {{"type", "js"}}), over("css", "bundle.gzip", {{"type", "css"}}),
                             over("lcp", "lighthouse.lcp", {{"page", "/"}})},
                            {});
  for (Verdict& verdict : report.verdicts) {
    verdict.status = Status::kInconclusive;
    verdict.code = "NO_MATCH";
    verdict.value.reset();
    verdict.message = "not measured: dist: there is no such file";
  }
  report.verdicts[2].message = "not measured: the page failed to load";
  EXPECT_THAT(shapes(report), ElementsAre("js,css", "lcp"));
  const std::vector<GroupLine> lines = group_lines(problem_groups(report)[0]);
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].text, "not measured: dist: there is no such file (2 budgets: js, css)");
  // What was measured is never told as if it was not.
  report.verdicts[0].value = 5;
  EXPECT_THAT(shapes(report), ElementsAre("js", "css", "lcp"));
}

TEST(Groups, OneRuleAtOnePlaceIsOneProblem) {
  Finding other_way = found("n-plus-one", "/x");
  other_way.fix.text = "another fix";
  Finding elsewhere = found("n-plus-one", "/y", "y");
  EXPECT_THAT(shapes(report_of({}, {found("n-plus-one", "/x"), other_way, elsewhere})),
              ElementsAre("n-plus-one + n-plus-one", "n-plus-one"));
}

TEST(Groups, WhatMendsThePartMendsTheWhole) {
  const auto with = [](double whole) {
    return shapes(report_of({over("whole", "payload.transfer", {{"page", "/"}}, 100 + whole),
                             over("part", "payload.transfer", {{"page", "/"}, {"type", "image"}}, 190)},
                            {}));
  };
  EXPECT_THAT(with(90), ElementsAre("whole,part"));
  EXPECT_THAT(with(91), ElementsAre("whole", "part"));  // more than the images is too much
}

TEST(Groups, WhatGrewByTheSamePackageIsOneProblem) {
  Report report = report_of({over("entry", "bundle.raw", {{"entry", "main"}}), over("all", "bundle.raw", {}, 900, 100),
                             over("other", "bundle.raw", {{"entry", "admin"}})},
                            {});
  Cause moment;
  moment.kind = "package";
  moment.name = "moment";
  report.verdicts[0].causes = {moment};
  report.verdicts[1].causes = {moment};
  report.verdicts[2].causes = {moment};
  report.verdicts[2].causes[0].name = "react";
  EXPECT_THAT(shapes(report), ElementsAre("entry,all", "other"));
  report.verdicts[0].causes[0].name = report.verdicts[1].causes[0].name = rest_name("package");
  EXPECT_THAT(shapes(report), ElementsAre("entry", "all", "other"));
}

TEST(Groups, WhatIsAloneAndSaysTheSameIsOneList) {
  std::vector<Verdict> verdicts;
  for (const char* route : {"/a", "/b", "/c"}) {
    verdicts.push_back(over("every-route", "queries.count", {{"route", route}}));
  }
  Finding first = found("uncompressed-response", "GET /a", "/a");
  Finding second = found("uncompressed-response", "GET /b", "/b");
  second.fix = first.fix;
  const Finding third = found("uncompressed-response", "GET /c", "/c");  // another fix
  const Report report = report_of(verdicts, {found("n-plus-one", "/b"), first, second, third});
  EXPECT_THAT(shapes(report),
              ElementsAre("every-route,every-route (list)", "every-route + n-plus-one",
                          "uncompressed-response + uncompressed-response (list)", "uncompressed-response"));
}

TEST(Groups, TheWorstComesFirstAndNothingIsLost) {
  Report report = report_of({over("warns", "a.b", {}), over("fails", "c.d", {}), over("kept", "e.f", {})},
                            {found("n-plus-one", "/x", "old")});
  report.verdicts[0].status = Status::kWarn;
  report.verdicts[2].status = Status::kPass;
  report.findings[0].state = FindingState::kSame;
  EXPECT_THAT(shapes(report), ElementsAre("fails", "warns"));
}

TEST(Groups, AFixReplacesTheGeneralHintButNotThatOfAnotherCode) {
  Report report = report_of({over("a", "queries.count", {{"route", "/posts"}})}, {found("n-plus-one", "/posts")});
  EXPECT_THAT(group_actions(problem_groups(report)[0], report.rules), ElementsAre("fix x"));
  report.verdicts[0].code = "LIMIT_STRADDLED";
  EXPECT_THAT(group_actions(problem_groups(report)[0], report.rules), ElementsAre("fix x", "make it smaller"));
  report.findings.clear();
  report.verdicts.push_back(report.verdicts[0]);
  EXPECT_THAT(group_actions(problem_groups(report)[0], report.rules), ElementsAre("make it smaller"));
}

TEST(Groups, PlacesNameTheCodeThenWhatWasMeasuredThenTheBudget) {
  Report report = report_of({over("a", "queries.count", {{"route", "/posts"}})}, {found("n-plus-one", "/posts")});
  report.findings[0].location = {"logs/app.ndjson", 2, 0, {}};
  report.verdicts[0].owner = "@api";
  report.verdicts[0].sample_location = Location::of("logs/app.ndjson");
  EXPECT_THAT(group_places(problem_groups(report)[0]),
              ElementsAre("logs/app.ndjson:2 n-plus-one", "budgets.yml:3:5 a @api"));
  report.verdicts[0].sample_location = Location::of("logs/other.ndjson");
  EXPECT_THAT(group_places(problem_groups(report)[0]),
              ElementsAre("logs/app.ndjson:2 n-plus-one", "logs/other.ndjson", "budgets.yml:3:5 a @api"));
}

TEST(Groups, PlacesOfACaptureAreItsRequests) {
  Finding first = found("static-cache-headers", "");
  first.location = {"home.har", 0, 0, "/log/entries/1"};
  Finding second = first;
  second.location.pointer = "/log/entries/5";
  EXPECT_THAT(group_places(problem_groups(report_of({}, {first, second}))[0]),
              ElementsAre("home.har (request 2, 6) static-cache-headers"));
}

TEST(Groups, GeneralAdviceGivesWayToWhatIsKnown) {
  Report report = report_of({over("lh", "lighthouse.resource.image.bytes", {{"page", "/"}}),
                             over("har", "payload.transfer", {{"page", "/"}, {"type", "image"}})},
                            {});
  const std::string general = shipped_metrics().find("lighthouse.resource.image.bytes")->advice;
  report.verdicts[0].hint = general;
  report.verdicts[1].hint = "compress, resize, drop or load later what is biggest: /logo.png (192 kB)";
  EXPECT_THAT(group_actions(problem_groups(report)[0], {}), ElementsAre(report.verdicts[1].hint));
  report.verdicts.pop_back();
  EXPECT_THAT(group_actions(problem_groups(report)[0], {}), ElementsAre(general));
}

}  // namespace
}  // namespace budgetcheck
