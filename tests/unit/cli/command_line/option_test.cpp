#include "cli/command_line/option.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

std::string error_of(const Option& option, const std::string& value) {
  const Errors errors = option.set({value});
  return errors.empty() ? "" : to_string(errors.front());
}

TEST(Option, ANumberIsWholeAndWithinItsBounds) {
  std::uint64_t to = 7;
  const Option option = number_option("keep", "", to, 100'000);
  for (const char* wrong : {"0", "-1", "2.5", "many", "1e9"}) {
    EXPECT_EQ(error_of(option, wrong),
              "--keep takes a whole number from 1 to 100000, not '" + std::string(wrong) + "'");
  }
  EXPECT_EQ(to, 7U);
  EXPECT_EQ(error_of(option, "20"), "");
  EXPECT_EQ(to, 20U);
}

TEST(Option, ADateIsADayThatExists) {
  std::string to;
  const Option option = date_option("today", "", to);
  for (const char* wrong : {"2026-13-01", "2026-02-29", "2026-04-31", "tomorrow"}) {
    EXPECT_NE(error_of(option, wrong).find("--today takes a date"), std::string::npos) << wrong;
  }
  EXPECT_EQ(error_of(option, "2028-02-29"), "");
  EXPECT_EQ(to, "2028-02-29");
}

TEST(Option, AChoiceIsOneOfTheWords) {
  std::string to;
  const Option option = choice_option("when-green", "edit|delete|hide", "", to);
  EXPECT_EQ(error_of(option, "no"), "--when-green takes edit, delete or hide, not 'no'");
  EXPECT_EQ(error_of(option, "hide"), "");
  EXPECT_EQ(to, "hide");
}

TEST(Option, AListKeepsEveryValueAndASwitchHasNone) {
  std::vector<std::string> list;
  bool on = false;
  EXPECT_TRUE(list_option("from", "FILE", "", list).set({"a", "b"}).empty());
  EXPECT_EQ(list, (std::vector<std::string>{"a", "b"}));
  EXPECT_TRUE(switch_option("paired", "", on).set({}).empty());
  EXPECT_TRUE(on);
}

}  // namespace
}  // namespace budgetcheck
