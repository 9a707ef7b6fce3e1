#include "results/read_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "budget/catalogue.h"
#include "report/format.h"
#include "report/formats/comment.h"
#include "unit/report/sample_report.h"

namespace budgetcheck {
namespace {

using testing::HasSubstr;

ExpectedAll<Report> read(const std::string& text) {
  MemoryFileSystem files;
  files.add("r.json", text);
  ExpectedAll<ReadReports> all = read_reports(files, "r.json", shipped_metrics());
  if (!all) {
    return tl::unexpected(std::move(all.error()));
  }
  return std::move(all->reports.front());
}

TEST(ReadReport, WhatIsReadBackMakesTheSameComment) {
  for (Report report : {sample_report(), green_report(), big_report(50), hostile_report()}) {
    const auto back = read(render_json(report, {}));
    ASSERT_TRUE(back.has_value()) << to_string(back.error().front());
    EXPECT_EQ(back->verdicts.size(), report.verdicts.size());
    EXPECT_EQ(back->findings.size(), report.findings.size());
    EXPECT_EQ(back->exit_code, report.exit_code);
    EXPECT_EQ(markdown_title(*back), markdown_title(report));
    EXPECT_EQ(is_quiet(*back), is_quiet(report));
    // Rules of the sample are not the shipped ones, and are no part of the file.
    report.rules = back->rules;
    report.commit = back->commit;
    report.base.commit = back->base.commit;
    report.budgets_path = back->budgets_path;
    EXPECT_EQ(markdown_details(*back, 60'000), markdown_details(report, 60'000));
  }
}

TEST(ReadReport, WhatNamesNoCommitIsLeftOut) {
  Report report = green_report();
  report.commit = "$(rm -rf /)";
  report.base.commit = "--upload-pack=x";
  const auto back = read(render_json(report, {}));
  ASSERT_TRUE(back.has_value());
  EXPECT_EQ(back->commit, "");
  EXPECT_EQ(back->base.commit, "");
}

TEST(ReadReport, ParentsAreCommitsAndFew) {
  Report report = green_report();
  report.parents = {std::string(40, 'a'), "main; rm", std::string(40, 'b')};
  EXPECT_EQ(read(render_json(report, {}))->parents,
            (std::vector<std::string>{std::string(40, 'a'), std::string(40, 'b')}));
  report.parents.assign(1000, std::string(40, 'c'));
  EXPECT_LE(read(render_json(report, {}))->parents.size(), 100U);
}

TEST(ReadReport, WhatIsNotOursIsRefused) {
  for (const auto& [text, words] : std::vector<std::pair<std::string, std::string>>{
           {"", "empty"},
           {"[1]", "not a results file of budgetcheck"},
           {R"({"version":1,"samples":[]})", "not a results file of budgetcheck"},
           {R"({"version":2,"tool":{"name":"budgetcheck"}})", "newer version"},
           {R"({"version":1,"tool":{"name":"budgetcheck"},"samples":[]})", "contains no verdicts"},
           {R"({"version":1,"tool":{"name":"budgetcheck"},"outcome":"pass","exit":0,"findings":[],"verdicts":[{}]})",
            "budget"},
           {R"({"version":1,"tool":{"name":"budgetcheck"},"outcome":"pass","exit":"0","findings":[],"verdicts":[]})",
            "exit"}}) {
    const auto back = read(text);
    ASSERT_FALSE(back.has_value()) << text;
    EXPECT_THAT(to_string(back.error().front()), HasSubstr(words));
    EXPECT_EQ(back.error().front().kind, ErrorKind::kInput);
    EXPECT_EQ(back.error().front().location.file, "r.json");
    EXPECT_FALSE(back.error().front().hint.empty());
  }
  MemoryFileSystem none;
  EXPECT_FALSE(read_reports(none, "r.json", shipped_metrics()).has_value());
}

TEST(ReadReport, ErrorsAreFew) {
  std::string text =
      R"({"version":1,"tool":{"name":"budgetcheck"},"outcome":"pass","exit":0,"findings":[],"verdicts":[{})";
  for (int i = 0; i < 50; ++i) {
    text += ",{}";
  }
  const auto back = read(text + "]}");
  ASSERT_FALSE(back.has_value());
  EXPECT_EQ(back.error().size(), 5U);
  EXPECT_THAT(back.error().back().message, HasSubstr("errors more"));
}

}  // namespace
}  // namespace budgetcheck
