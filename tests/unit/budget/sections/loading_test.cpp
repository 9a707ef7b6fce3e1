#include "budget/sections/loading.h"

#include <gtest/gtest.h>

#include "json/document.h"

namespace budgetcheck {
namespace {

json::Value read(std::string_view text) { return std::move(*json::read_document("b.yml", text)); }

Faults at(std::uint32_t line, std::uint32_t column) {
  return Faults({{ErrorKind::kUsage, "m", Location{"b.yml", line, column, {}}, ""}});
}

TEST(Faults, AreFoundAtAnyDepth) {
  const json::Value document = read("a:\n  b: [1, { c: 2 }]\nd: 3\n");
  EXPECT_TRUE(at(2, 15).within(document)) << "the value of c";
  EXPECT_TRUE(at(2, 12).within(*document.find("a"))) << "the key c";
  EXPECT_FALSE(at(2, 12).within(*document.find("d")));
  EXPECT_FALSE(Faults().within(document));
  EXPECT_TRUE(at(3, 1).at((*document.object())[1]));
}

TEST(Loading, IsCertainOfWhatHasNoFault) {
  const MemoryFileSystem files;
  BudgetsFile file;
  Errors errors;
  Loading loading{files, file, errors};
  const json::Value entry = read("metric: m\nwher: { page: / }\nmax: [1]\n");
  EXPECT_TRUE(loading.is_certain(entry, {"metric", "where", "max"})) << "the schema has no complaint";
  loading.faults = at(2, 1);  // the key wher
  EXPECT_TRUE(loading.is_certain(entry, {"metric", "max", "stat"}));
  EXPECT_FALSE(loading.is_certain(entry, {"metric", "where"}));
  loading.faults = at(3, 7);
  EXPECT_FALSE(loading.is_certain(entry, {"max"}));
  EXPECT_TRUE(loading.is_certain(entry, {"where"}));
}

TEST(Loading, IsMisspelt) {
  EXPECT_TRUE(is_misspelt("wher", "where"));
  EXPECT_TRUE(is_misspelt("metric", "metrics"));
  EXPECT_FALSE(is_misspelt("owner", "where"));
}

}  // namespace
}  // namespace budgetcheck
