#include "model/input_spec.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

InputSettings of_file() {
  json::Object object;
  json::Member root;
  root.key = "root";
  root.value = json::Value(std::string("dist"));
  object.push_back(root);
  return InputSettings(json::Value(std::move(object)));
}

TEST(InputSettings, PathsOfTheFileAreSeenFromItsFolder) {
  InputSettings settings = of_file();
  EXPECT_EQ(settings.path("root"), "dist");
  settings.set_folder("web");
  EXPECT_EQ(settings.path("root"), "web/dist");
  EXPECT_EQ(settings.text("root"), "dist");
  EXPECT_EQ(settings.path("schema"), "");
}

TEST(InputSettings, TheCommandLineWinsAndItsPathsAreSeenFromHere) {
  InputSettings settings = of_file();
  settings.set_folder("web");
  settings.set("root", "out");
  EXPECT_EQ(settings.path("root"), "out");
  settings.set("root", "build");
  EXPECT_EQ(settings.path("root"), "build");
}

TEST(InputSettings, AFlagIsTrueOrNotGiven) {
  InputSettings settings;
  EXPECT_FALSE(settings.is_true("precompressed"));
  settings.set("precompressed", json::Value(true));
  EXPECT_TRUE(settings.is_true("precompressed"));
  settings.set("precompressed", "true");
  EXPECT_FALSE(settings.is_true("precompressed"));
}

}  // namespace
}  // namespace budgetcheck
