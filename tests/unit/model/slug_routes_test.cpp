#include "model/slug_routes.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

std::string nth(const std::string& before, std::size_t i, const std::string& behind = "") {
  return before + std::to_string(i) + behind;
}

/// `count` routes made by putting a number between the two; the name of the first of them in the end.
std::string first_name(const std::string& before, std::size_t count, const std::string& behind = "") {
  SlugRoutes slugs;
  for (std::size_t i = 0; i < count; ++i) {
    slugs.add(nth(before, i, behind));
    slugs.add(nth(before, i, behind));  // the same again is no other name
  }
  slugs.settle();
  return slugs.name_of(nth(before, 0, behind));
}

TEST(SlugRoutes, ManyNamesOfSeveralWordsBelowOneParentAreNames) {
  EXPECT_EQ(first_name("GET /products/red-shoe-", SlugRoutes::kManySlugs), "GET /products/:slug");
  EXPECT_EQ(first_name("GET /products/red-shoe-", SlugRoutes::kManySlugs - 1), "GET /products/red-shoe-0");
  EXPECT_EQ(first_name("GET /products/red-shoe-", SlugRoutes::kManySlugs, "/reviews"), "GET /products/:slug/reviews");
}

TEST(SlugRoutes, PlainWordsAndProceduresNeedMany) {
  const auto words = [](std::size_t count) {
    SlugRoutes slugs;
    for (std::size_t i = 0; i < count; ++i) {
      slugs.add(std::string("GET /members/") + static_cast<char>('a' + i / 26) + static_cast<char>('a' + i % 26));
    }
    slugs.settle();
    return slugs.name_of("GET /members/aa");
  };
  EXPECT_EQ(words(SlugRoutes::kSurelySlugs - 1), "GET /members/aa");
  EXPECT_EQ(words(SlugRoutes::kSurelySlugs), "GET /members/:slug");
  EXPECT_EQ(first_name("GET /api/get-thing-", 50), "GET /api/get-thing-0");
  EXPECT_EQ(first_name("GET /api/v2/get-thing-", 50), "GET /api/v2/get-thing-0");
  EXPECT_EQ(first_name("GET /api/get-thing-", SlugRoutes::kSurelySlugs), "GET /api/:slug");
}

TEST(SlugRoutes, PagesOfASiteBelowItsRootAreNoNames) {
  EXPECT_EQ(first_name("GET /our-page-", 200), "GET /our-page-0");
  EXPECT_EQ(first_name("GET /our-page-", SlugRoutes::kSurelySlugsAtRoot), "GET /:slug");
}

TEST(SlugRoutes, TwoLevelsOfNamesAndWhatFollowsMustBeTheSame) {
  SlugRoutes slugs;
  for (std::size_t i = 0; i < 25; ++i) {
    for (std::size_t j = 0; j < 25; ++j) {
      slugs.add(nth("GET /c/kind-", i, nth("/thing-", j)));
    }
    slugs.add(nth("GET /mixed/a-", i, nth("/b-", i)));  // no place differs alone
  }
  EXPECT_TRUE(slugs.settle());
  EXPECT_EQ(slugs.name_of("GET /c/kind-1/thing-2"), "GET /c/:slug/:slug");
  EXPECT_EQ(slugs.name_of("GET /mixed/a-1/b-1"), "GET /mixed/a-1/b-1");
  EXPECT_EQ(slugs.name_of("POST /c/kind-1/thing-2"), "POST /c/kind-1/thing-2") << "another method";
}

TEST(SlugRoutes, OddRoutesComeBackUnchanged) {
  SlugRoutes slugs;
  std::string deep = "GET ";
  for (int i = 0; i < 1000; ++i) {
    deep += "/a-" + std::to_string(i);
  }
  for (const std::string& route :
       {std::string(), std::string("GET"), std::string("GET /"), std::string("GET //"), deep}) {
    slugs.add(route);
  }
  EXPECT_FALSE(slugs.settle());
  EXPECT_EQ(slugs.name_of(deep), deep);
  EXPECT_EQ(slugs.name_of(""), "");
}

}  // namespace
}  // namespace budgetcheck
