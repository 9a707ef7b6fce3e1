// Builds of one App Router with every special file in folders, groups and slots, compared with the files that Chromium
// asked for before its load event (fixtures/next). Files are as big as recorded and filled here.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <map>
#include <sstream>

#include "json/document.h"
#include "unit/collect/bundle/bundle_testing.h"

namespace budgetcheck {
namespace {

using namespace bundle_testing;

const std::string kFolder = std::string(BUDGETCHECK_SOURCE_DIR) + "/fixtures/next/";

std::string text_of(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

struct Recorded {
  const char* version;
  bool styles;  ///< of these too: before 15, those of loading files come when they are shown
};

class NextRecorded : public testing::TestWithParam<Recorded> {
 protected:
  void SetUp() override {
    const std::string folder = kFolder + GetParam().version + "/";
    const auto build = json::read_json("build.json", text_of(folder + "build.json"));
    ASSERT_TRUE(build && build->is_object());
    for (const json::Member& file : *build->object()) {
      files_.add(file.key, *file.value.string());
    }
    std::istringstream sizes(text_of(folder + "sizes.txt"));
    std::size_t size = 0;
    for (std::string name; sizes >> size && std::getline(sizes >> std::ws, name);) {
      sizes_[name] = static_cast<double>(size);
      files_.add(".next/" + name, std::string(size, 'a'));
    }
  }

  double loaded(const json::Value& names, std::string_view end) const {
    double sum = 0;
    for (const json::Value& name : *names.array()) {
      sum += name.string()->ends_with(end) ? sizes_.at(*name.string()) : 0;
    }
    return sum;
  }

  MemoryFileSystem files_;
  std::map<std::string, double> sizes_;
};

TEST_P(NextRecorded, IsWhatABrowserLoads) {
  const Collected got = collect_from(files_, ".next/build-manifest.json");
  EXPECT_EQ(got.input().state, InputState::kRead) << got.input().message;
  const auto routes = json::read_json("loaded.json", text_of(kFolder + GetParam().version + "/loaded.json"));
  ASSERT_TRUE(routes && routes->is_object());
  for (const json::Member& route : *routes->object()) {
    EXPECT_EQ(got.value("bundle.raw", {{"route", route.key}, {"type", "js"}}), loaded(route.value, ".js")) << route.key;
    if (const double styles = loaded(route.value, ".css"); GetParam().styles && styles > 0) {
      EXPECT_EQ(got.value("bundle.raw", {{"route", route.key}, {"type", "css"}}), styles) << route.key;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Versions, NextRecorded,
                         testing::Values(Recorded{"13", false}, Recorded{"14", false}, Recorded{"15", true},
                                         Recorded{"16-webpack", true}),
                         [](const auto& version) {
                           std::string name = version.param.version;
                           return "Next" + name.substr(0, 2);
                         });

}  // namespace
}  // namespace budgetcheck
