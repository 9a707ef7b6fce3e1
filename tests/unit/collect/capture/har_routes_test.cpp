#include "unit/collect/capture/har_testing.h"

namespace budgetcheck {
namespace {

using namespace har_testing;

std::vector<Exchange> exchanges_of(const std::vector<std::string>& paths, RouteNames names = {}) {
  std::string entries;
  for (const std::string& path : paths) {
    entries += (entries.empty() ? "" : ",") + entry("http://h" + path, kSized);
  }
  const auto content = content_from_string(har(entries));
  const RouteTable routes({}, std::move(names));
  Outcome outcome;
  outcome.result =
      har_format().collect({"shop.har", "shop.har", content.get()}, {nullptr, &routes}, outcome.input, outcome.facts);
  EXPECT_TRUE(outcome.result);
  return outcome.facts.capture.exchanges;
}

TEST(HarRoutes, APageThatABudgetNamesStaysApartFromItsLikes) {
  std::vector<std::string> paths;
  for (int i = 0; i < 25; ++i) {
    paths.push_back("/docs/the-page-" + std::to_string(i));
  }
  RouteNames names;
  names.selected = {"GET /docs/the-page-3"};
  const std::vector<Exchange> exchanges = exchanges_of(paths, names);
  ASSERT_EQ(exchanges.size(), 25U);
  EXPECT_EQ(exchanges[3].route, "GET /docs/the-page-3");
  EXPECT_FALSE(exchanges[3].route_inferred);
  EXPECT_EQ(exchanges[4].route, "GET /docs/:slug");
}

TEST(HarRoutes, AYearAmongIdsIsOne) {
  const std::vector<Exchange> exchanges = exchanges_of({"/book/17", "/book/1984", "/season/1984"});
  ASSERT_EQ(exchanges.size(), 3U);
  EXPECT_EQ(exchanges[1].route, "GET /book/:id");
  EXPECT_EQ(exchanges[2].route, "GET /season/1984");
}

TEST(HarRoutes, PathsThatHideAnIdHaveDifferentHashes) {
  const std::vector<Exchange> exchanges =
      exchanges_of({"/u/3f2504e0-4f89-11d3-9a0c-0305e82c3301?page=1", "/u/3f2504e0-4f89-11d3-9a0c-0305e82c3301?page=2",
                    "/u/3f2504e0-4f89-11d3-9a0c-0305e82c3302"});
  ASSERT_EQ(exchanges.size(), 3U);
  EXPECT_EQ(exchanges[0].path, "/u/:id");
  EXPECT_EQ(exchanges[0].path_hash, exchanges[1].path_hash);
  EXPECT_NE(exchanges[0].path_hash, exchanges[2].path_hash);
}

}  // namespace
}  // namespace budgetcheck
