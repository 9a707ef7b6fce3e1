#include "cli/list/list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/cli/parsed.h"

namespace budgetcheck {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

TEST(ListCommand, StoresWhatItTakes) {
  const auto line = parsed(list_command, {"list", "a.log", "--metric", "queries.*", "--metric", "bundle.gzip",
                                          "--where", "route=/a=b", "--where", "model=User", "--output", "budgets"});
  ASSERT_TRUE(line) << line.errors;
  EXPECT_THAT(line->arguments, ElementsAre("a.log"));
  EXPECT_THAT(line->metrics, ElementsAre("queries.*", "bundle.gzip"));
  EXPECT_THAT(line->where, ElementsAre(Pair("route", "/a=b"), Pair("model", "User")));
  ASSERT_EQ(line->outputs.size(), 1U);
  EXPECT_EQ(line->outputs[0].format, "budgets");
}

TEST(ListCommand, AFilterHasALabelAndAValue) {
  for (const char* wrong : {"page", "=x", "page="}) {
    EXPECT_THAT(errors_of({"list", "--where", wrong}), HasSubstr("--where takes a label and its value")) << wrong;
  }
}

TEST(ListCommand, NoOutputOverwritesWhatIsRead) {
  EXPECT_THAT(errors_of({"list", "a.json", "--output", "json=a.json"}), HasSubstr("would overwrite 'a.json'"));
}

}  // namespace
}  // namespace budgetcheck
