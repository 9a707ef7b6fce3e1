#include "collect/http/request_parts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

using testing::ElementsAre;

std::vector<std::string> words(const RequestParts& requests, std::string_view own = "") {
  std::vector<Part> parts;
  requests.append_to(parts, own, [](const std::string& type) { return RequestParts::Place{"m." + type, {}}; });
  std::vector<std::string> out;
  for (const Part& part : parts) {
    out.push_back(part.metric + " " + part.name + " " + std::to_string(static_cast<int>(part.size)));
  }
  return out;
}

TEST(RequestParts, AreToldOfEachTypeAndOfAll) {
  RequestParts requests;
  requests.add("image", "shop.example/logo.png", 30);
  requests.add("image", "shop.example/logo.png", 10);
  requests.add("script", "cdn.example/a.js", 50);
  EXPECT_THAT(words(requests, "shop.example"), ElementsAre("m.image /logo.png 40", "m.script cdn.example/a.js 50",
                                                           "m. cdn.example/a.js 50", "m. /logo.png 40"));
}

TEST(RequestParts, AHostThatOnlyBeginsLikeTheOwnIsAnother) {
  RequestParts requests;
  requests.add("image", "shop.example.org/logo.png", 30);
  EXPECT_THAT(words(requests, "shop.example"),
              ElementsAre("m.image shop.example.org/logo.png 30", "m. shop.example.org/logo.png 30"));
}

TEST(RequestParts, WhatHasNoSizeIsNoPart) {
  RequestParts requests;
  requests.add("image", "/a", -1);
  requests.add("image", "", 5);
  EXPECT_TRUE(words(requests).empty());
}

TEST(RequestParts, ManyNamesAreSummedUpAndTheTotalStaysTrue) {
  RequestParts requests;
  const std::size_t all = RequestParts::kMostNames + 5;
  for (std::size_t i = 0; i < all; ++i) {
    requests.add("image", "/" + std::to_string(i), 1);
  }
  std::vector<Part> parts;
  requests.append_to(parts, "", [](const std::string& type) { return RequestParts::Place{type, {}}; });
  double total = 0;
  std::size_t of_all = 0;
  for (const Part& part : parts) {
    if (part.metric.empty()) {
      total += part.size;
      ++of_all;
    }
  }
  EXPECT_EQ(total, static_cast<double>(all));
  EXPECT_EQ(of_all, RequestParts::kMostOfPlace + 1);
}

TEST(RequestParts, NamesAreStableOverBuilds) {
  EXPECT_EQ(request_name("a.example", "/assets/index-0a1b2c3d4e5f6071.js"), "a.example/assets/index-[hash].js");
}

}  // namespace
}  // namespace budgetcheck
