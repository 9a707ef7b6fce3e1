#include "results/causes.h"

#include <gtest/gtest.h>

#include "json/document.h"

namespace budgetcheck {
namespace {

std::string written(const std::vector<Cause>& causes) {
  json::Writer writer;
  writer.begin_object();
  write_causes(writer, causes);
  writer.end_object();
  return writer.take();
}

TEST(Causes, AreReadBackAsTheyWereWritten) {
  Cause cause;
  cause.change = Cause::Change::kBigger;
  cause.kind = "package";
  cause.name = "lodash";
  cause.unit = Unit::kBytes;
  cause.base = 1'000;
  cause.now = 72'000;
  cause.importer = "src/a.js";
  cause.at_least = true;
  const std::string text = written({cause});
  const auto document = json::read_json("c.json", text);
  ASSERT_TRUE(document);
  const std::vector<Cause> back = read_causes(*document);
  ASSERT_EQ(back.size(), 1U);
  EXPECT_EQ(back[0].name, "lodash");
  EXPECT_EQ(written(back), text);
}

TEST(Causes, NoneAreNotWritten) { EXPECT_EQ(written({}), "{}\n"); }

}  // namespace
}  // namespace budgetcheck
