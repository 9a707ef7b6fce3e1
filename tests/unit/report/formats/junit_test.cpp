#include <gtest/gtest.h>
#include <tinyxml2.h>

#include <algorithm>
#include <set>

#include "report/format.h"
#include "unit/report/report_testing.h"
#include "unit/report/sample_report.h"

namespace budgetcheck {
namespace {

struct Case {
  std::string suite, classname, name, file, result, message, body;
};

std::vector<Case> cases_of(const std::string& xml, int* wrong_counts = nullptr) {
  tinyxml2::XMLDocument document;
  EXPECT_EQ(document.Parse(xml.c_str(), xml.size()), tinyxml2::XML_SUCCESS) << document.ErrorStr();
  std::vector<Case> out;
  const tinyxml2::XMLElement* root = document.RootElement();
  for (const auto* suite = root->FirstChildElement("testsuite"); suite != nullptr;
       suite = suite->NextSiblingElement("testsuite")) {
    int tests = 0;
    int red = 0;
    for (const auto* c = suite->FirstChildElement("testcase"); c != nullptr; c = c->NextSiblingElement("testcase")) {
      Case found;
      found.suite = suite->Attribute("name");
      found.classname = c->Attribute("classname");
      found.name = c->Attribute("name");
      found.file = c->Attribute("file") == nullptr ? "" : c->Attribute("file");
      EXPECT_STREQ(c->Attribute("time"), "0");
      for (const auto* part = c->FirstChildElement(); part != nullptr; part = part->NextSiblingElement()) {
        found.result = part->Name();
        found.message = part->Attribute("message") == nullptr ? "" : part->Attribute("message");
        found.body = part->GetText() == nullptr ? "" : part->GetText();
      }
      ++tests;
      red += found.result == "failure" || found.result == "error" ? 1 : 0;
      out.push_back(found);
    }
    const bool right =
        suite->IntAttribute("tests") == tests && suite->IntAttribute("failures") + suite->IntAttribute("errors") == red;
    if (wrong_counts != nullptr && !right) {
      ++*wrong_counts;
    }
  }
  return out;
}

const Case* find_case(const std::vector<Case>& cases, std::string_view name) {
  for (const Case& c : cases) {
    if (has(c.name, name)) {
      return &c;
    }
  }
  return nullptr;
}

TEST(Junit, EachStatusHasItsResult) {
  int wrong_counts = 0;
  const std::vector<Case> cases = cases_of(render_junit(sample_report(), {}), &wrong_counts);
  EXPECT_EQ(wrong_counts, 0);
  const auto result = [&](std::string_view name) {
    const Case* found = find_case(cases, name);
    return found == nullptr ? "missing" : found->result;
  };
  EXPECT_EQ(result("home-lcp"), "failure");
  EXPECT_EQ(result("prodcts-payload"), "error");
  EXPECT_EQ(result("cls"), "error");
  EXPECT_EQ(result("orders-time"), "system-out");
  EXPECT_EQ(result("vendor-js"), "skipped");
  EXPECT_EQ(result("files"), "system-out");
  EXPECT_EQ(result("GET /api/posts"), "failure");
  EXPECT_EQ(result("lodash"), "system-out");
  EXPECT_EQ(result("GET /admin"), "skipped");
  EXPECT_EQ(result("dist/stats.json"), "error");
  EXPECT_EQ(result("captures/home.har"), "error");
  EXPECT_EQ(result("max_increse"), "error");
  EXPECT_EQ(result("The build failed"), "");
  EXPECT_EQ(result("Not looked for"), "missing");
  const Case* lcp = find_case(cases, "home-lcp");
  EXPECT_EQ(lcp->suite, "storefront lighthouse");
  EXPECT_EQ(lcp->classname, "lighthouse.lcp");
  EXPECT_EQ(lcp->file, "budgets.yml");
  EXPECT_TRUE(has(lcp->body, "budgets.yml:12:5: lighthouse.lcp is 2.81 s")) << lcp->body;
  EXPECT_TRUE(has(lcp->body, "how to fix: Make it smaller"));
  EXPECT_TRUE(has(find_case(cases, "orders-time")->body, "warning: "));
}

TEST(Junit, AWarningFailsWhenTheRunFailsAtWarnings) {
  Report report = sample_report();
  report.fail_level = Level::kWarning;
  const std::vector<Case> cases = cases_of(render_junit(report, {}));
  EXPECT_EQ(find_case(cases, "orders-time")->result, "failure");
  EXPECT_EQ(find_case(cases, "lodash")->result, "failure");
  EXPECT_EQ(find_case(cases, "react")->result, "system-out");
}

TEST(Junit, HostileNamesStayInTheirPlaces) {
  int wrong_counts = 0;
  const std::vector<Case> cases = cases_of(render_junit(hostile_report(), {}), &wrong_counts);
  EXPECT_EQ(wrong_counts, 0);
  EXPECT_GT(cases.size(), 15U);
  std::set<std::string> names;
  for (const Case& c : cases) {
    EXPECT_TRUE(names.insert(c.suite + "\n" + c.classname + "\n" + c.name).second) << c.name;
    for (const std::string& attribute : {c.suite, c.classname, c.name, c.file, c.message}) {
      EXPECT_EQ(printable(attribute), attribute);
      EXPECT_LE(display_width(attribute), 2100U);
    }
  }
}

TEST(Junit, NoRedExitCodeWithoutARedTestAndNoEmptyGreen) {
  for (const int exit_code : {1, 2, 3, 4, 5, 70}) {
    Report report = green_report();
    report.exit_code = exit_code;
    const std::vector<Case> cases = cases_of(render_junit(report, {}));
    EXPECT_EQ(std::count_if(cases.begin(), cases.end(), [](const Case& c) { return c.result == "error"; }), 1);
  }
  const std::vector<Case> nothing = cases_of(render_junit(Report{}, {}));
  ASSERT_EQ(nothing.size(), 1U);
  EXPECT_EQ(nothing[0].result, "skipped");
  for (const Case& c : cases_of(render_junit(green_report(), {}))) {
    EXPECT_TRUE(c.result.empty() || c.result == "system-out") << c.name;
  }
}

}  // namespace
}  // namespace budgetcheck
