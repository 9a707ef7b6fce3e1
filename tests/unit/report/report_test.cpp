#include <gtest/gtest.h>
#include <tinyxml2.h>

#include <chrono>
#include <cmath>
#include <limits>
#include <regex>
#include <set>

#include "base/text.h"
#include "json/writer.h"
#include "model/exit_code.h"
#include "report/format.h"
#include "report/words/markup.h"
#include "report/words/order.h"
#include "report/words/wording.h"
#include "unit/report/sample_report.h"

namespace budgetcheck {
namespace {

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

std::size_t count_of(const std::string& text, std::string_view part) {
  std::size_t n = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) {
    ++n;
  }
  return n;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out;
  for (const std::string_view line : split(text, '\n')) {
    out.emplace_back(line);
  }
  return out;
}

/// Nothing that a terminal, an XML reader or a person would stumble over, but line feeds.
void expect_clean(const std::string& text, std::string_view name) {
  for (const std::string& line : lines_of(text)) {
    ASSERT_EQ(printable(line), line) << name;
  }
}

std::string without_colour(const std::string& text) {
  return std::regex_replace(text, std::regex("\x1b\\[[0-9;]*m"), "");
}

TEST(Reports, EveryFormatIsAFunctionOfTheReport) {
  for (const Report& report : {sample_report(), hostile_report(), green_report(), Report{}}) {
    for (const ReportFormat& format : report_formats()) {
      const std::string text = format.render(report, {});
      EXPECT_EQ(text, format.render(report, {})) << format.name;
      EXPECT_TRUE(text.ends_with("\n")) << format.name;
      EXPECT_EQ(valid_utf8(text), text) << format.name;
    }
  }
}

TEST(Reports, HostileNamesLeaveNoControlCharacters) {
  for (const ReportFormat& format : report_formats()) {
    if (format.name == "junit" || format.name == "markdown" || format.name == "text") {
      expect_clean(format.render(hostile_report(), {}), format.name);
    }
    if (format.name == "sarif" || format.name == "json") {
      const json::Value back = read_back(format.render(hostile_report(), {}));
      EXPECT_TRUE(back.is_object());
    }
  }
}

TEST(Reports, ANumberThatIsNotFiniteIsNeverShown) {
  Report report = sample_report();
  for (const double bad : {std::nan(""), std::numeric_limits<double>::infinity()}) {
    for (std::size_t i = 0; i < report.verdicts.size(); ++i) {
      (i % 3 == 0 ? report.verdicts[i].value : i % 3 == 1 ? report.verdicts[i].limit : report.verdicts[i].base) = bad;
      report.verdicts[i].delta.reset();
    }
    report.samples[0].value = bad;
    report.samples[1].value = Runs{1, bad};
    report.findings[0].magnitude = bad;
    for (const ReportFormat& format : report_formats()) {
      const std::string text = lower(format.render(report, {}));
      EXPECT_FALSE(std::regex_search(text, std::regex("\\bnan\\b|\\binf\\b"))) << format.name;
    }
    const std::string json = render_json(report, {});
    EXPECT_EQ(read_back(json).find("samples")->array()->size(), report.samples.size() - 2);
    EXPECT_EQ(count_of(json, "is left out: it has no value"), 2U);
  }
}

TEST(Reports, ManyVerdictsAreFastAndBounded) {
  const Report report = big_report(6000);
  const auto begin = std::chrono::steady_clock::now();
  const std::string markdown = render_markdown(report, {});
  const json::Value sarif = read_back(render_sarif(report, {}));
  render_text(report, {});
  render_junit(report, {});
  render_json(report, {});
  // Some 0.2 s in a release build; quadratic work on 12,000 items would take minutes.
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));

  EXPECT_LE(markdown.size(), 65'000U);
  EXPECT_GT(markdown.size(), 50'000U);
  EXPECT_TRUE(has(markdown, " rows more left out here"));
  EXPECT_EQ(count_of(markdown, "<details>"), count_of(markdown, "</details>"));

  const json::Value& run = (*sarif.find("runs")->array())[0];
  EXPECT_EQ(run.find("results")->array()->size(), 5000U);
  const std::string invocation = json::to_json(*run.find("invocations"));
  EXPECT_TRUE(has(invocation, "5002 results left out, the least severe of 10002.")) << invocation;
}

// ---- text

TEST(Text, NoLineIsWiderThanTheTerminal) {
  for (const std::size_t width : {20U, 40U, 79U, 80U, 120U, 200U}) {
    for (const Report& report : {sample_report(), hostile_report(), green_report(), big_report(100)}) {
      for (const std::string& line : lines_of(render_text(report, {.width = width}))) {
        ASSERT_LE(display_width(line), width) << line;
      }
    }
  }
}

TEST(Text, NoNameIsAnOrderToGithubsRunner) {
  Report report = sample_report();
  for (Verdict& v : report.verdicts) {
    v.budget = "::add-mask::x";
    v.message =
        "a long sentence ::stop-commands::y and another ::error file=a::b ##[add-mask]z and so it goes on and on";
    v.owner = "::set-output name=a::b";
  }
  report.notes.push_back("::warning::w");
  for (std::size_t width = 20; width < 120; ++width) {
    const std::string text = render_text(report, {.width = width});
    EXPECT_FALSE(has(text, "##["));
    for (const std::string& line : lines_of(text)) {
      ASSERT_FALSE(trim(line).starts_with("::")) << line;
      ASSERT_LE(display_width(line), width);
    }
  }
}

TEST(Text, NothingIsWrappedWithoutAWidth) {
  for (const std::size_t width : {std::size_t{0}, std::size_t{100'000}}) {
    const std::string text = render_text(sample_report(), {.width = width});
    EXPECT_TRUE(has(text, "WHERE (\"public\".\"User\".\"id\" = ? AND ? = ?) LIMIT ? OFFSET ?\n"));
  }
}

TEST(Text, ColourChangesNoText) {
  const std::string plain = render_text(sample_report(), {});
  const std::string coloured = render_text(sample_report(), {.colour = true});
  EXPECT_FALSE(has(plain, "\x1b"));
  EXPECT_NE(plain, coloured);
  EXPECT_EQ(without_colour(coloured), plain);
}

TEST(Text, AsciiOnlyWhereUnicodeIsNotSpoken) {
  for (const char c : render_text(hostile_report(), {.unicode = false})) {
    ASSERT_LT(static_cast<unsigned char>(c), 0x80);
  }
  EXPECT_TRUE(has(render_text(sample_report(), {.unicode = false}), "2.41 s -> 2.81 s"));
}

TEST(Text, SaysWhatWhereByHowMuchAndWhatToDo) {
  const std::string text = render_text(sample_report(), {.width = 0});
  EXPECT_TRUE(has(text,
                  "FAIL     lighthouse.lcp, page=/, device=mobile (median of 5)\n"
                  "         2.41 s → 2.81 s, +400 ms (+16.6%), limit 2.5 s: over by 310 ms (12.4%)\n"
                  "         budget  home-lcp at budgets.yml:12:5, measured in reports/lhr-mobile-1.json, owner @web\n"
                  "         why     conversion drops above 2.5 s\n"
                  "         do      Make it smaller, or raise the limit in a change of its own with a reason.\n"))
      << text;
  // Worst first: problems, budgets, findings, inputs, and what passed at the end.
  std::size_t at = 0;
  for (const char* part :
       {"'max_increse' is unknown", "FAIL     lighthouse.lcp", "ERROR    payload", "UNCLEAR  ", "WARN     queries.time",
        "n-plus-one: One query", "WARN     lodash", "the file is empty", "WAIVED   bundle.brotli", "Within budget (3)",
        "41 measurements have no budget", "base: 9efa7e5, --base base.json", "ERROR: 2 of 9 budgets failed, 1 wrong"}) {
    const std::size_t next = text.find(part, at);
    ASSERT_NE(next, std::string::npos) << part << "\n" << text;
    at = next;
  }
}

TEST(Text, TheLastLineSaysOutcomeAndExitCode) {
  Report report = sample_report();
  report.problems.clear();
  report.inputs.resize(1);
  std::erase_if(report.verdicts,
                [](const Verdict& v) { return v.status != Status::kFail && v.status != Status::kPass; });
  report.findings.resize(2);
  report.outcome = Outcome::kFail;
  report.exit_code = kExitFailed;
  EXPECT_TRUE(render_text(report, {}).ends_with("\nFAILED: 2 of 5 budgets, 2 findings (exit 1)\n"));
  report.outcome = Outcome::kPass;
  report.exit_code = kExitPass;
  report.fail_level = Level::kOff;
  EXPECT_TRUE(has(render_text(report, {}), "(exit 0: nothing is enforced)"));
  EXPECT_TRUE(
      render_text(green_report(), {}).ends_with("base: none, absolute limits only\nPASSED: 3 budgets kept (exit 0)\n"));
}

TEST(Text, ManyPassedAreSummedUp) {
  Report report = green_report();
  const Verdict model = report.verdicts[1];
  report.verdicts.clear();
  for (int i = 0; i < 20; ++i) {
    report.verdicts.push_back(model);
    report.verdicts.back().metric = "bundle.part" + std::to_string(i);
  }
  EXPECT_FALSE(has(render_text(report, {}), "further from their limits"));
  report.verdicts.push_back(model);
  report.verdicts.back().value = 39.5;
  report.verdicts.back().metric = "bundle.nearest";
  const std::string text = render_text(report, {});
  EXPECT_TRUE(has(text, "Within budget (21)"));
  EXPECT_TRUE(has(text, "bundle.nearest"));
  EXPECT_TRUE(has(text, "and 11 more, further from their limits"));
}

// ---- junit

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
  EXPECT_TRUE(has(lcp->body, "what to do: Make it smaller"));
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

// ---- markdown

/// Cells of a table row as GitHub splits them: at every pipe that no backslash precedes.
std::size_t cells_of(const std::string& row) {
  std::size_t n = 0;
  for (std::size_t i = 0; i < row.size(); ++i) {
    n += row[i] == '|' && (i == 0 || row[i - 1] != '\\') ? 1U : 0U;
  }
  return n - 1;
}

TEST(Markdown, BeginsWithTheHiddenMarker) {
  EXPECT_EQ(lines_of(render_markdown(sample_report(), {}))[0], "<!-- budgetcheck v1 app=storefront job=default -->");
  const std::string hostile = lines_of(render_markdown(hostile_report(), {}))[0];
  EXPECT_EQ(count_of(hostile, "--"), 2U) << hostile;
  EXPECT_EQ(count_of(hostile, ">"), 1U) << hostile;
}

TEST(Markdown, ListsBreachedAndChangedRowsWorstFirst) {
  const std::string text = render_markdown(sample_report(), {});
  EXPECT_TRUE(has(text,
                  "| ❌ fail | `home-lcp`<br>`page=/, device=mobile` | 2.41 s | 2.81 s | +400 ms (+16.6%) | ≤ 2.5 s | "
                  "−310 ms (12.4%) |\n"))
      << text;
  EXPECT_LT(text.find("`home-lcp`"), text.find("`orders-time`"));
  EXPECT_LT(text.find("`orders-time`"), text.find("`a11y`"));
  EXPECT_LT(text.find("`a11y`"), text.find("#### Findings"));
  EXPECT_LT(text.find("Within budget, unchanged (2)"), text.find("`files`"));
  EXPECT_TRUE(has(text, "base: 9efa7e5, --base base.json"));
  EXPECT_TRUE(has(text, "run `budgetcheck check --budgets budgets.yml --base 9efa7e5"));
}

TEST(Markdown, HostileNamesAreNoMarkup) {
  const std::string text = render_markdown(hostile_report(), {});
  EXPECT_LE(text.size(), 65'000U);
  for (const std::string& line : lines_of(text)) {
    if (line.starts_with("|")) {
      EXPECT_EQ(cells_of(line), 7U) << line;
    }
    EXPECT_FALSE(line.starts_with("## ")) << line;
    EXPECT_FALSE(line.starts_with("/")) << line;
  }
  const std::string outside_code =
      std::regex_replace(std::regex_replace(text, std::regex("<code>.*?</code>"), ""), std::regex("`[^`\n]*`"), "");
  EXPECT_FALSE(std::regex_search(outside_code, std::regex("@[a-z0-9]"))) << outside_code;
  EXPECT_FALSE(std::regex_search(outside_code, std::regex("[^&]#[0-9]"))) << outside_code;
  EXPECT_FALSE(has(text, "<b>"));
  EXPECT_FALSE(has(text, "]("));
  EXPECT_FALSE(has(text, "http://"));
}

TEST(Markup, CodeHoldsAnyName) {
  EXPECT_EQ(markdown_code("a @b #1 *c*"), "`a @b #1 *c*`");
  EXPECT_EQ(markdown_code("a|b"), "<code>a&#124;b</code>");
  EXPECT_EQ(markdown_code("a`b@c"), "<code>a&#96;b&#64;c</code>");
  EXPECT_EQ(markdown_code("a\\"), "<code>a&#92;</code>");
  EXPECT_EQ(markdown_code(""), "");
}

TEST(Markup, TextIsReadAsItIs) {
  EXPECT_EQ(markdown_text("max_increase of 3 kB"), "max_increase of 3 kB");
  EXPECT_EQ(markdown_text("_i_ *b* <x>"), "&#95;i&#95; &#42;b&#42; &#60;x&#62;");
  EXPECT_EQ(markdown_text("@me #12 !3"), "@&#8203;me #&#8203;12 !&#8203;3");
  EXPECT_EQ(markdown_text("Add @@index([a, b(ops: raw(\"x\"))]) to A."),
            "Add `@@index([a, b(ops: raw(\"x\"))])` to A.");
  EXPECT_EQ(markdown_text("@@index([a"), "@@&#8203;index(&#91;a");
  EXPECT_EQ(markdown_text("@@me @@x(`"), "@@&#8203;me @@&#8203;x(&#96;");
  EXPECT_EQ(markdown_text("http://x www.y"), "http:&#8203;//x www.&#8203;y");
}

}  // namespace
}  // namespace budgetcheck
