#include "model/part.h"

#include <gtest/gtest.h>

#include <numeric>

namespace budgetcheck {
namespace {

Part part(const std::string& kind, const std::string& name, double size, Labels where = {{"entry", "main"}}) {
  return {"bundle.", std::move(where), kind, name, Unit::kBytes, size, {}};
}

double total(const std::vector<Part>& parts) {
  return std::accumulate(parts.begin(), parts.end(), 0.0, [](double sum, const Part& p) { return sum + p.size; });
}

TEST(Part, KeepsTheBiggestAndSumsUpTheRest) {
  std::vector<Part> parts{part("module", "b", 20), part("module", "other modules", 7), part("module", "c", 30),
                          part("module", "a", 20)};
  keep_biggest(parts, 2);
  ASSERT_EQ(parts.size(), 3U);
  EXPECT_EQ(parts[0].name, "c");
  EXPECT_EQ(parts[1].name, "a") << "equal sizes go by name";
  EXPECT_TRUE(is_rest(parts[2]));
  EXPECT_EQ(parts[2].size, 27) << "what was summed up before stays part of the rest";
  EXPECT_EQ(parts[2].where, (Labels{{"entry", "main"}}));
}

TEST(Part, NothingIsSummedUpWhereAllFit) {
  std::vector<Part> parts{part("module", "b", 20), part("module", "a", 30)};
  keep_biggest(parts, 2);
  EXPECT_EQ(parts.size(), 2U);
  EXPECT_FALSE(is_rest(parts[1]));
}

TEST(Part, ARecordIsBoundedAndItsTotalsStayTrue) {
  std::vector<Part> parts;
  for (int entry = 0; entry < 40; ++entry) {
    for (int i = 0; i < 1000; ++i) {
      parts.push_back(part(i % 2 == 0 ? "module" : "package", "n" + std::to_string(i), 10.0 + i,
                           {{"entry", "e" + std::to_string(entry)}}));
    }
  }
  const std::vector<Part> record = parts_for_record(parts);
  EXPECT_LE(record.size(), kRecordParts + 40U * 2 * 2);
  EXPECT_EQ(total(record), total(parts));
  EXPECT_EQ(parts_for_record(record), record) << "a record of a record is the same";
}

TEST(Part, ASmallRecordKeepsEverything) {
  std::vector<Part> parts{part("package", "react", 10.4), part("module", "src/a.ts", 3)};
  parts[0].importers = {"src/a.ts", "src/b.ts"};
  const std::vector<Part> record = parts_for_record(parts);
  ASSERT_EQ(record.size(), 2U);
  EXPECT_EQ(record[1].name, "react");
  EXPECT_EQ(record[1].size, 10) << "sizes are whole";
  EXPECT_TRUE(record[1].importers.empty()) << "the newer side tells who asks for a part";
}

TEST(Part, OfTwoInputsTheBiggerStays) {
  std::vector<Part> parts{part("field", "a", 1), part("field", "a", 5), part("field", "b", 2)};
  merge_parts(parts);
  ASSERT_EQ(parts.size(), 2U);
  EXPECT_EQ(parts[0].size, 5);
}

}  // namespace
}  // namespace budgetcheck
