#include "report/html/html_links.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "report/html/html_sections.h"

namespace budgetcheck {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Part part(Labels where, std::string kind, std::string name, double size) {
  const Unit unit = kind == "query" ? Unit::kCount : Unit::kBytes;
  return {"", std::move(where), std::move(kind), std::move(name), unit, size, {}};
}

Exchange request(std::string page, std::string route, double start, std::string pointer) {
  Exchange e;
  e.method = "GET";
  e.page = std::move(page);
  e.route = std::move(route);
  e.path = "/";
  e.status = 200;
  e.start_ms = start;
  e.location.file = "home.har";
  e.location.pointer = std::move(pointer);
  return e;
}

Report report_with_all() {
  Report r;
  r.parts = {part({}, "package", "immer", 10),
             part({{"entry", "main"}}, "package", "react", 10),
             part({{"route", "GET /api/users"}}, "field", "users[].bio", 10),
             part({{"route", "/api/posts"}}, "query", "SELECT * FROM Post", 30),
             part({{"route", "/api/posts"}}, "query", "SELECT … FROM Author WHERE id = ? [0123abcd]", 20),
             part({{"route", "/api/other"}}, "query", "SELECT * FROM Post", 1)};
  r.exchanges = {request("/", "GET /late", 100, "/log/entries/0"), request("/", "GET /api/users", 0, "/log/entries/1")};
  return r;
}

std::vector<std::string> targets(const std::vector<PageLink>& links) {
  std::vector<std::string> out;
  for (const PageLink& link : links) {
    out.push_back(link.target);
  }
  return out;
}

std::vector<std::string> of_verdict(const Report& report, std::string metric, Labels where) {
  Verdict v;
  v.metric = std::move(metric);
  v.where = std::move(where);
  return targets(HtmlReport(report).links.of(v));
}

Finding finding(std::string subject, std::string route, std::string sql, std::string pointer) {
  Finding f;
  f.subject = std::move(subject);
  f.evidence.route = std::move(route);
  f.evidence.sql = std::move(sql);
  f.location.file = "home.har";
  f.location.pointer = std::move(pointer);
  return f;
}

std::vector<std::string> of_finding(const Report& report, const Finding& f) {
  return targets(HtmlReport(report).links.of(f));
}

TEST(PageLinks, ABudgetOnABundleLeadsToThePartsOfItsEntry) {
  const Report r = report_with_all();
  EXPECT_THAT(of_verdict(r, "bundle.gzip", {{"entry", "main"}, {"type", "js"}}), ElementsAre("p1"));
  EXPECT_THAT(of_verdict(r, "bundle.gzip", {{"entry", "admin"}}), ElementsAre("p0"));  // the whole build has it
  EXPECT_THAT(of_verdict(r, "bundle.gzip", {}), ElementsAre("p0"));
}

TEST(PageLinks, ABudgetOnPayloadsLeadsToItsFieldsAndRequests) {
  const Report r = report_with_all();
  EXPECT_THAT(of_verdict(r, "payload.decoded", {{"route", "GET /api/users"}}), ElementsAre("p2", "r0-0"));
  EXPECT_THAT(of_verdict(r, "payload.transfer", {{"page", "/"}, {"type", "image"}}), ElementsAre("r0"));
  EXPECT_THAT(of_verdict(r, "payload.transfer", {{"page", "/other"}}), IsEmpty());
}

TEST(PageLinks, ABudgetOnQueriesLeadsToTheStatementsOfItsRoute) {
  const Report r = report_with_all();
  EXPECT_THAT(of_verdict(r, "queries.count", {{"route", "/api/posts"}}), ElementsAre("q3"));
  EXPECT_THAT(of_verdict(r, "queries.count", {{"route", "/unknown"}}), IsEmpty());
  EXPECT_THAT(of_verdict(r, "lighthouse.lcp", {{"page", "/"}}), IsEmpty());
}

TEST(PageLinks, AFindingLeadsToItsStatementRequestOrPackage) {
  const Report r = report_with_all();
  EXPECT_THAT(of_finding(r, finding("Post", "/api/posts", "SELECT * FROM Post", "")), ElementsAre("q3-0"));
  EXPECT_THAT(of_finding(r, finding("Post", "/api/other", "SELECT * FROM Post", "")), ElementsAre("q4-0"));
  // The key that is behind a shortened name is not part of the statement.
  const std::string columns = "id, name, email, biography, picture, created_at, updated_at";
  EXPECT_THAT(of_finding(r, finding("", "", "SELECT " + columns + " FROM Author WHERE id = ?", "")),
              ElementsAre("q3-1"));
  EXPECT_THAT(of_finding(r, finding("", "/api/posts", "SELECT * FROM Unlisted", "")), ElementsAre("q3"));
  EXPECT_THAT(of_finding(r, finding("", "", "", "/log/entries/0")), ElementsAre("r0-1"));
  EXPECT_THAT(of_finding(r, finding("react", "", "", "")), ElementsAre("p1"));
  EXPECT_THAT(of_finding(r, finding("lodash", "", "", "")), IsEmpty());
}

TEST(PageLinks, WhatThePageHasNoRoomForIsNotLinked) {
  Report r;
  for (int i = 0; i < 120; ++i) {
    r.exchanges.push_back(request("/", "GET /r" + std::to_string(i), i, "/log/entries/" + std::to_string(i)));
  }
  EXPECT_THAT(of_verdict(r, "payload.decoded", {{"route", "GET /r99"}}), ElementsAre("r0-99"));
  EXPECT_THAT(of_verdict(r, "payload.decoded", {{"route", "GET /r100"}}), ElementsAre("r0"));
  for (int i = 0; i < 45; ++i) {
    r.parts.push_back(part({{"route", "/a"}}, "query", "SELECT " + std::to_string(i), 100 - i));
  }
  EXPECT_THAT(of_finding(r, finding("", "/a", "SELECT 39", "")), ElementsAre("q0-39"));
  EXPECT_THAT(of_finding(r, finding("", "/a", "SELECT 40", "")), ElementsAre("q0"));
}

TEST(PageLinks, EveryTargetIsInThePage) {
  const Report r = report_with_all();
  const HtmlReport html(r);
  const std::string page = html_bundles(html) + html_requests(html) + html_queries(html);
  for (const char* target : {"p0", "p1", "p2", "q4", "q4-0", "q3", "q3-0", "q3-1", "r0", "r0-0", "r0-1"}) {
    EXPECT_THAT(page, HasSubstr(" id=\"" + std::string(target) + "\" tabindex=\""));  // takes the keyboard, too
  }
}

}  // namespace
}  // namespace budgetcheck
