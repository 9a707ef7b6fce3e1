#include "cli/explain/docs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <sstream>

#include "base/file_system.h"
#include "base/text.h"
#include "budget/catalogue.h"
#include "detect/detect.h"
#include "unit/cli/explain/sample_rule.h"

namespace budgetcheck {
namespace {

using testing::HasSubstr;

const std::string kDocs = std::string(BUDGETCHECK_SOURCE_DIR) + "/docs";

std::string committed(const std::string& path) {
  const auto file = DiskFileSystem().open(kDocs + "/" + path);
  EXPECT_TRUE(file) << path;
  return file ? std::string((*file)->bytes()) : std::string();
}

TEST(Docs, TheCommittedPagesAreThoseThatTheDataMakes) {
  for (const GeneratedPage& page : generated_pages()) {
    EXPECT_EQ(committed(page.path), page.content)
        << "docs/" << page.path << " is stale: run 'budgetcheck explain --docs docs'";
  }
}

TEST(Docs, NoPageIsLeftOfARuleThatIsGone) {
  std::set<std::string> made;
  for (const GeneratedPage& page : generated_pages()) {
    made.insert(page.path);
  }
  for (const DirEntry& entry : DiskFileSystem().list(kDocs + "/rules")) {
    EXPECT_EQ(made.count("rules/" + entry.name), 1U) << entry.name;
  }
}

TEST(Docs, ARulePageHasEverySection) {
  Rule rule = many_repeats_rule();
  rule.since = "0.1.0";
  rule.tags = {"queries"};
  rule.params = {{"min_repeats", Unit::kCount, 5, 2, 100, "a | b"}, {"min_size", Unit::kBytes, 10'000, 0, 1e18, "x"}};
  const std::string page = render_rule_page(rule);
  for (const char* text :
       {"# Many repeats\n", "`many-repeats`, level warning by default, since version 0.1.0. Tags: queries.",
        "## What it finds\n\nSomething repeats.\n", "## Why it matters\n\nIt costs time.\n",
        "## How to fix it\n\nDo it once.\n", "## When it is wrong\n\nA poller repeats on purpose.\n",
        "| `min_repeats` | 5 | from 2 to 100 | a \\| b |\n", "| `min_size` | 10 kB | from 0 B | x |\n",
        "rules:\n  many-repeats: { level: warning, min_repeats: 5, min_size: 10 kB, ignore: ["}) {
    EXPECT_THAT(page, HasSubstr(text));
  }
}

TEST(Docs, TheMetricsPageHasEveryMetric) {
  const std::string page = render_metrics_page(shipped_metrics());
  for (const Metric& metric : shipped_metrics().all()) {
    EXPECT_THAT(page, HasSubstr("### `" + metric.id + "`\n"));
  }
}

TEST(Docs, WritesIntoAFolderAndSaysWhenItCannot) {
  const std::string folder = testing::TempDir() + "budgetcheck_docs/deep";
  std::ostringstream out;
  std::ostringstream err;
  ASSERT_EQ(write_docs(folder, out, err), 0);
  const auto file = DiskFileSystem().open(folder + "/metrics.md");
  ASSERT_TRUE(file);
  EXPECT_EQ((*file)->bytes(), render_metrics_page(shipped_metrics()));
  EXPECT_EQ(write_docs("/dev/null/docs", out, err), 2);
  EXPECT_THAT(err.str(), HasSubstr("cannot be written"));
}

/// The code blocks of one language in a Markdown text.
std::vector<std::string> blocks(const std::string& text, const std::string& language) {
  std::vector<std::string> out;
  const std::string fence = "```" + language + "\n";
  for (std::size_t at = text.find(fence); at != std::string::npos; at = text.find(fence, at)) {
    at += fence.size();
    const std::size_t end = text.find("\n```", at);
    out.push_back(text.substr(at, end - at));
    at = end;
  }
  return out;
}

TEST(Docs, TheRulesOfCustomRulesWorkAsTheyStandThere) {
  const std::string page = committed("custom-rules.md");
  const std::vector<std::string> files = blocks(page, "json");
  ASSERT_EQ(files.size(), 2U);
  RuleSet rules;
  for (const std::string& text : files) {
    const auto rule = read_rule("perf/rules/x.json", text);
    ASSERT_TRUE(rule) << to_string(rule.error().front());
    EXPECT_THAT(page, HasSubstr("`perf/rules/" + rule->id + ".json`"));
    rules.add(*rule);
  }
  Facts facts;
  facts.bundle.packages = {{"moment", 290'000, "src/date.ts", {}}, {"react", 1, "", {}}};
  facts.samples = {{"bundle.raw", {{"asset", "main.js"}, {"type", "js"}}, Unit::kBytes, 250'001.0, false, "", {}},
                   {"bundle.raw", {{"asset", "small.js"}, {"type", "js"}}, Unit::kBytes, 250'000.0, false, "", {}},
                   {"bundle.raw", {{"asset", "big.css"}, {"type", "css"}}, Unit::kBytes, 999'999.0, false, "", {}},
                   {"bundle.raw", {}, Unit::kBytes, 9'999'999.0, false, "", {}}};
  const auto findings = detect(facts, rules).all;
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[0].rule, "no-moment");
  EXPECT_EQ(findings[0].subject, "moment");
  EXPECT_EQ(findings[0].level, Level::kError);
  EXPECT_EQ(findings[1].rule, "big-asset");
  EXPECT_EQ(findings[1].subject, "main.js");
}

}  // namespace
}  // namespace budgetcheck
