#include "judge/change/part_changes.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

namespace budgetcheck {
namespace {

using Change = Cause::Change;

Part part(const std::string& kind, const std::string& name, double size, std::vector<std::string> importers = {}) {
  return {"bundle.", {}, kind, name, Unit::kBytes, size, std::move(importers)};
}

std::vector<Cause> changes(const std::vector<Part>& base, const std::vector<Part>& head) {
  const auto pointers = [](const std::vector<Part>& parts) {
    std::vector<const Part*> all;
    for (const Part& one : parts) {
      all.push_back(&one);
    }
    return all;
  };
  return part_changes(pointers(base), pointers(head));
}

double net(const std::vector<Cause>& causes) {
  return std::accumulate(causes.begin(), causes.end(), 0.0,
                         [](double sum, const Cause& c) { return sum + c.now - c.base; });
}

TEST(PartChanges, NamesWhatIsNewGoneBiggerAndSmallerTheBiggestFirst) {
  const std::vector<Cause> causes = changes(
      {part("package", "a", 10), part("package", "b", 500), part("module", "src/x", 70), part("module", "y", 1)},
      {part("package", "a", 40), part("package", "moment", 700, {"src/date.ts"}), part("module", "src/x", 50),
       part("module", "y", 1)});
  ASSERT_EQ(causes.size(), 4U);
  EXPECT_EQ(causes[0].name, "moment");
  EXPECT_EQ(causes[0].change, Change::kNew);
  EXPECT_EQ(causes[0].importer, "src/date.ts");
  EXPECT_EQ(causes[1].name, "b");
  EXPECT_EQ(causes[1].change, Change::kGone);
  EXPECT_EQ(causes[2].name, "a");
  EXPECT_EQ(causes[2].change, Change::kBigger);
  EXPECT_EQ(causes[3].name, "src/x");
  EXPECT_EQ(causes[3].change, Change::kSmaller);
}

TEST(PartChanges, AProjectsFirstPackageIsNew) {
  const std::vector<Cause> causes =
      changes({part("module", "src/a", 5)}, {part("module", "src/a", 5), part("package", "p", 9)});
  ASSERT_EQ(causes.size(), 1U);
  EXPECT_EQ(causes[0].change, Change::kNew);
}

TEST(PartChanges, WhatOneSideDoesNotTellIsNoDifference) {
  EXPECT_TRUE(changes({part("asset", "main.js", 5)}, {part("module", "src/a", 5), part("package", "p", 9)}).empty());
  EXPECT_TRUE(changes({}, {part("package", "p", 9)}).empty());
  EXPECT_TRUE(changes({part("package", "p", 9)}, {}).empty());
}

TEST(PartChanges, WhatMayHaveBeenSummedUpIsNotCalledNew) {
  const std::vector<Part> base{part("module", "big", 1000), part("module", "kept", 100),
                               part("module", "other modules", 300)};
  const std::vector<Part> head{part("module", "big", 1000), part("module", "grown", 640), part("module", "kept", 100),
                               part("module", "other modules", 250)};
  const std::vector<Cause> causes = changes(base, head);
  ASSERT_EQ(causes.size(), 2U);
  EXPECT_EQ(causes[0].name, "grown");
  EXPECT_TRUE(causes[0].at_least);
  EXPECT_EQ(causes[0].change, Change::kBigger);
  EXPECT_EQ(causes[0].now - causes[0].base, 540) << "it had at most 100 before, as the smallest that was kept";
  EXPECT_EQ(net(causes), 590) << "the whole difference is told";
}

TEST(PartChanges, WhatMayBeSummedUpNowIsNotCalledGone) {
  const std::vector<Cause> causes = changes({part("module", "a", 500), part("module", "b", 90)},
                                            {part("module", "a", 500), part("module", "other modules", 40)});
  ASSERT_FALSE(causes.empty());
  EXPECT_EQ(causes[0].change, Change::kSmaller);
  EXPECT_TRUE(causes[0].at_least);
  EXPECT_EQ(net(causes), -50);
}

TEST(PartChanges, LessThanAByteIsNoDifference) {
  EXPECT_TRUE(changes({part("field", "a", 10.4)}, {part("field", "a", 10)}).empty());
}

TEST(PartChanges, ANewUnnamedFileIsOneCause) {
  const std::vector<Cause> causes =
      changes({part("asset", "[hash].js", 500), part("asset", "[hash:2].js", 300)},
              {part("asset", "[hash].js", 900), part("asset", "[hash:2].js", 500), part("asset", "[hash:3].js", 310)});
  ASSERT_EQ(causes.size(), 2U);
  EXPECT_EQ(causes[0].change, Change::kNew);
  EXPECT_EQ(causes[0].now, 900);
  EXPECT_EQ(causes[1].change, Change::kBigger);
  EXPECT_EQ(causes[1].base, 300);
  EXPECT_EQ(net(causes), 910);
}

TEST(PartChanges, ModulesSayMoreThanFiles) {
  const std::vector<Cause> causes = changes({part("asset", "main.js", 5), part("module", "src/a", 5)},
                                            {part("asset", "main.js", 9), part("module", "src/a", 9)});
  ASSERT_EQ(causes.size(), 1U);
  EXPECT_EQ(causes[0].kind, "module");
}

}  // namespace
}  // namespace budgetcheck
