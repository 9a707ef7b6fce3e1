#include "collect/collector/settings.h"

#include <gtest/gtest.h>

#include "json/document.h"

namespace budgetcheck::collector {
namespace {

json::Value setting(const std::string& yaml) {
  auto document = json::read_yaml("c.yaml", yaml, json::YamlMerges::kFollowed);
  EXPECT_TRUE(document) << yaml;
  return document ? *document : json::Value();
}

TEST(CollectorSettings, VariablesHaveThreeForms) {
  for (const std::string text : {"${env:X}", "a-${X}", "${file:/run/x}", "$HOST:4317", "${env:X:-0.0.0.0}", "$$${X}"}) {
    EXPECT_TRUE(is_variable(json::Value(text))) << text;
  }
  for (const std::string text : {"", "$", "a$", "$$", "$${X}", "$1", "5 $ each", "$lower"}) {
    EXPECT_FALSE(is_variable(json::Value(text))) << text;
  }
  EXPECT_FALSE(is_variable(json::Value(true)));
  EXPECT_FALSE(is_variable(nullptr));
}

TEST(CollectorSettings, WhatAVariableStandsForIsNotKnown) {
  const json::Value object = setting("a: ${env:X}\nb: true\nc: 'False'\nd: 2.5\ne: '7'\nf:\ng: [x]\n");
  EXPECT_EQ(truth_of(object.find("a"), true), std::nullopt);
  EXPECT_EQ(truth_of(object.find("b"), false), true);
  EXPECT_EQ(truth_of(object.find("c"), true), false);
  EXPECT_EQ(truth_of(object.find("f"), true), true) << "empty is the fallback";
  EXPECT_EQ(truth_of(object.find("z"), true), true);
  EXPECT_EQ(truth_of(object.find("g"), true), std::nullopt);
  EXPECT_EQ(number_of(object.find("a"), 1), std::nullopt);
  EXPECT_EQ(number_of(object.find("d"), 1), 2.5);
  EXPECT_EQ(number_of(object.find("e"), 1), 7);
  EXPECT_EQ(number_of(object.find("z"), 1), 1);
  EXPECT_EQ(text_of(object.find("a")), "");
  EXPECT_EQ(text_of(object.find("e")), "7");
}

TEST(CollectorSettings, AListWithAVariableHasNoKnownLength) {
  const json::Value object = setting("a: [x, y]\nb: [x, '${Y}']\nc: ${env:LIST}\nd: []\n");
  EXPECT_EQ(length_of(object.find("a")), 2U);
  EXPECT_EQ(length_of(object.find("b")), std::nullopt);
  EXPECT_EQ(length_of(object.find("c")), std::nullopt);
  EXPECT_EQ(length_of(object.find("d")), 0U);
  EXPECT_EQ(length_of(object.find("z")), 0U);
}

TEST(CollectorSettings, APlaceIsThatOfTheKeyAlsoBehindAnAnchor) {
  const json::Value object = setting("base: &b\n  endpoint: x\nother:\n  <<: *b\n  tls: {}\n");
  const Location otherwise = Location::of("c.yaml");
  EXPECT_EQ(place_of("c.yaml", *object.find("base"), "endpoint", otherwise).line, 2U);
  EXPECT_EQ(place_of("c.yaml", *object.find("other"), "endpoint", otherwise).line, 2U);
  EXPECT_EQ(place_of("c.yaml", *object.find("other"), "tls", otherwise).line, 5U);
  EXPECT_EQ(place_of("c.yaml", *object.find("other"), "none", otherwise).line, 0U);
}

}  // namespace
}  // namespace budgetcheck::collector
