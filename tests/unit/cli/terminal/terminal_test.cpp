#include "cli/terminal/terminal.h"

#include <gtest/gtest.h>

#include <map>

namespace budgetcheck {
namespace {

Variables environment(std::map<std::string, std::string> variables) {
  return [variables](const char* name) {
    const auto found = variables.find(name);
    return found == variables.end() ? nullptr : found->second.c_str();
  };
}

constexpr Stream kPipe{};
constexpr Stream kTerminal{true, 132};

bool colour(const Stream& stream, std::map<std::string, std::string> variables) {
  return rendering_for(stream, environment(std::move(variables))).colour;
}
bool unicode(std::map<std::string, std::string> variables) {
  return rendering_for(kTerminal, environment(std::move(variables))).unicode;
}
std::size_t width(const Stream& stream, std::map<std::string, std::string> variables) {
  return rendering_for(stream, environment(std::move(variables))).width;
}

TEST(Terminal, ColoursATerminalAndNoPipe) {
  EXPECT_TRUE(colour(kTerminal, {}));
  EXPECT_FALSE(colour(kPipe, {}));
  EXPECT_FALSE(colour(kTerminal, {{"TERM", "dumb"}}));
  EXPECT_FALSE(colour(kTerminal, {{"CLICOLOR", "0"}}));
  EXPECT_FALSE(colour(kTerminal, {{"FORCE_COLOR", "0"}}));
}

TEST(Terminal, NoColorWinsUnlessEmpty) {
  EXPECT_FALSE(colour(kTerminal, {{"NO_COLOR", "1"}}));
  EXPECT_FALSE(colour(kTerminal, {{"NO_COLOR", "1"}, {"FORCE_COLOR", "1"}}));
  EXPECT_TRUE(colour(kTerminal, {{"NO_COLOR", ""}}));
}

TEST(Terminal, ColourCanBeAskedForInAPipe) {
  EXPECT_TRUE(colour(kPipe, {{"FORCE_COLOR", "1"}}));
  EXPECT_TRUE(colour(kPipe, {{"CLICOLOR_FORCE", "1"}}));
  EXPECT_FALSE(colour(kPipe, {{"CLICOLOR_FORCE", "0"}}));
  EXPECT_FALSE(colour(kPipe, {{"FORCE_COLOR", ""}}));
}

TEST(Terminal, TheFirstLocaleThatIsSetDecides) {
  EXPECT_TRUE(unicode({}));
  EXPECT_TRUE(unicode({{"LC_ALL", ""}}));
  EXPECT_TRUE(unicode({{"LANG", "C.UTF-8"}}));
  EXPECT_TRUE(unicode({{"LC_ALL", "de_DE.utf8"}, {"LANG", "C"}}));
  EXPECT_FALSE(unicode({{"LC_ALL", "C"}, {"LANG", "de_DE.UTF-8"}}));
  EXPECT_FALSE(unicode({{"LC_CTYPE", "POSIX"}}));
  EXPECT_FALSE(unicode({{"LANG", "de_DE.ISO-8859-1"}}));
}

TEST(Terminal, TheWidthIsTheTerminalsThenColumnsThenEighty) {
  EXPECT_EQ(width(kTerminal, {{"COLUMNS", "60"}}), 132U);
  EXPECT_EQ(width({true, 0}, {{"COLUMNS", "60"}}), 60U);
  EXPECT_EQ(width(kPipe, {}), 80U);
  EXPECT_EQ(width(kPipe, {{"COLUMNS", "wide"}}), 80U);
  EXPECT_EQ(width(kPipe, {{"COLUMNS", "-1"}}), 80U);
}

}  // namespace
}  // namespace budgetcheck
