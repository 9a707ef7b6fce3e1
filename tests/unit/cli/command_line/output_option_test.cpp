#include "cli/command_line/output_option.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

using testing::HasSubstr;

const std::vector<OutputFormat> kFormats{{"text", ""}, {"json", ""}, {"github", ""}, {"html", "page.html"}};

std::string errors_of(const std::vector<std::string>& values) {
  std::vector<OutputSpec> to;
  std::string out;
  for (const Error& error : output_option(kFormats, to).set(values)) {
    out += to_string(error) + "\n";
  }
  return out;
}

TEST(OutputOption, AFormatWithoutAPathHasADefault) {
  std::vector<OutputSpec> to;
  EXPECT_TRUE(output_option(kFormats, to).set({"json=o=1.json", "html", "text"}).empty());
  ASSERT_EQ(to.size(), 3U);
  EXPECT_EQ(to[0].path, "o=1.json");
  EXPECT_EQ(to[1].path, "page.html");
  EXPECT_EQ(to[2].path, "-");
}

TEST(OutputOption, AnnotationsGoBesideTheTextAndNothingElse) {
  EXPECT_EQ(errors_of({"text", "github"}), "");
  EXPECT_EQ(errors_of({"github"}), "");
  EXPECT_THAT(errors_of({"json", "github"}), HasSubstr("standard output"));
  EXPECT_THAT(errors_of({"text", "json"}), HasSubstr("standard output"));
}

TEST(OutputOption, AnUnknownFormatNamesTheNearest) {
  EXPECT_EQ(errors_of({"jsn"}), "unknown output format 'jsn' (did you mean 'json'?)\n");
  EXPECT_EQ(errors_of({"yaml"}), "unknown output format 'yaml' (formats: text, json, github, html)\n");
  EXPECT_THAT(errors_of({"json="}), HasSubstr("names no file"));
}

TEST(OutputOption, AnOutputOverwritesNeitherAnInputNorAnother) {
  EXPECT_THAT(to_string(overwritten({{"json", "./x.json"}}, {"", "x.json"}).front()),
              HasSubstr("would overwrite 'x.json', which is read"));
  EXPECT_THAT(to_string(overwritten({{"json", "r"}, {"sarif", "./r"}}, {}).front()), HasSubstr("another output"));
  EXPECT_TRUE(overwritten({{"json", "y.json"}, {"text", "-"}, {"github", "-"}}, {"x.json", "-"}).empty());
}

}  // namespace
}  // namespace budgetcheck
