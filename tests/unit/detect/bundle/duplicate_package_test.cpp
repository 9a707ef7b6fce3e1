#include "detect/bundle/duplicate_package.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

Rule rule(double min_copies = 2, double min_bytes = 1000) {
  Rule made;
  made.id = "duplicate-package";
  made.level = Level::kWarning;
  made.params = {{"min_copies", Unit::kCount, min_copies, 2, 1000, ""},
                 {"min_bytes", Unit::kBytes, min_bytes, 0, 1e9, ""}};
  return made;
}

Facts copies(double bytes, double smaller) {
  Facts facts;
  facts.bundle.duplicate_packages.push_back(
      {"lodash",
       {{"node_modules/lodash", "", bytes, "src/main.js"},
        {"node_modules/a/node_modules/lodash", "", smaller, "node_modules/a/index.js"}},
       {"dist/stats.json", 1, 0, {}}});
  return facts;
}

std::vector<Finding> find(const Facts& facts, const Rule& rule) {
  std::vector<Finding> findings;
  detect_duplicate_package(facts, rule, findings);
  return findings;
}

TEST(DuplicatePackage, FiresAndNamesCopiesImportersAndRemedy) {
  const auto findings = find(copies(5000, 3000), rule());
  ASSERT_EQ(findings.size(), 1U);
  const Finding& finding = findings[0];
  EXPECT_EQ(finding.subject, "lodash");
  EXPECT_NE(finding.message.find("'lodash' is bundled 2 times"), std::string::npos) << finding.message;
  EXPECT_NE(finding.message.find("node_modules/a/node_modules/lodash"), std::string::npos);
  EXPECT_NE(finding.fix.text.find("npm dedupe"), std::string::npos);
  EXPECT_NE(finding.fix.text.find("(src/main.js or a)"), std::string::npos) << finding.fix.text;
  EXPECT_EQ(finding.magnitude, 3000);
  EXPECT_EQ(finding.key, find(copies(9000, 8000), rule())[0].key);
}

TEST(DuplicatePackage, BytesOfTheSmallerCopiesDecide) {
  EXPECT_TRUE(find(copies(900'000, 999), rule()).empty());
  EXPECT_EQ(find(copies(900'000, 1000), rule()).size(), 1U);
}

TEST(DuplicatePackage, CopiesBelowTheSettingAreLetBe) {
  EXPECT_TRUE(find(copies(5000, 5000), rule(3)).empty());
  EXPECT_EQ(find(copies(5000, 5000), rule(2)).size(), 1U);
}

TEST(DuplicatePackage, OneCopyIsNone) {
  Facts facts = copies(5000, 5000);
  facts.bundle.duplicate_packages[0].copies.pop_back();
  EXPECT_TRUE(find(facts, rule(2, 0)).empty());
}

TEST(DuplicatePackage, IgnoredNamesAreLetBe) {
  Rule ignoring = rule();
  ignoring.ignore = {"lod*"};
  EXPECT_TRUE(find(copies(5000, 5000), ignoring).empty());
}

TEST(DuplicatePackage, PnpmProjectsAreToldPnpmsCommand) {
  Facts facts = copies(5000, 5000);
  facts.bundle.duplicate_packages[0].copies[0] = {"node_modules/.pnpm/lodash@4.17.21/node_modules/lodash", "4.17.21",
                                                  5000, ""};
  const auto findings = find(facts, rule());
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].fix.text.rfind("Run 'pnpm dedupe'.", 0), 0U) << findings[0].fix.text;
  EXPECT_NE(findings[0].message.find("(4.17.21)"), std::string::npos);
}

}  // namespace
}  // namespace budgetcheck
