#include "model/routes/slug_routes.h"

#include <gtest/gtest.h>

#include "model/route.h"

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

/// The names of GET /docs/page-0, … of which there are `count`.
std::vector<std::string> pages(std::size_t count, const RouteNames& names) {
  const RouteTable table({}, names);
  SlugRoutes slugs(&table);
  for (std::size_t i = 0; i < count; ++i) {
    slugs.add(nth("GET /docs/the-page-", i));
  }
  slugs.settle();
  std::vector<std::string> out;
  for (std::size_t i = 0; i < count; ++i) {
    out.push_back(slugs.name_of(nth("GET /docs/the-page-", i)));
  }
  return out;
}

TEST(SlugRoutes, WhatABudgetSelectsKeepsItsName) {
  RouteNames names;
  names.selected = {"GET /docs/the-page-3", "GET /docs/the-page-1*", "GET /docs/*"};
  const std::vector<std::string> found = pages(40, names);
  EXPECT_EQ(found[3], "GET /docs/the-page-3");
  EXPECT_EQ(found[1], "GET /docs/the-page-1") << "':slug' is not what the glob selects";
  EXPECT_EQ(found[17], "GET /docs/the-page-17");
  EXPECT_EQ(found[4], "GET /docs/:slug");
}

TEST(SlugRoutes, OneMoreOrLessPageThanTheBaseRenamesNone) {
  RouteNames names;
  for (std::size_t i = 0; i + 1 < SlugRoutes::kManySlugs; ++i) {
    names.measured.push_back(nth("GET /docs/the-page-", i));
  }
  const std::vector<std::string> more = pages(SlugRoutes::kManySlugs, names);
  for (std::size_t i = 0; i < more.size(); ++i) {
    EXPECT_EQ(more[i], nth("GET /docs/the-page-", i));
  }
  names.measured = {"GET /docs/:slug"};
  for (const std::string& name : pages(SlugRoutes::kManySlugs - 1, names)) {
    EXPECT_EQ(name, "GET /docs/:slug");
  }
}

TEST(SlugRoutes, ABudgetOnTheSlugNeedsOnePage) {
  RouteNames names;
  names.selected = {"GET /docs/:slug", "GET /docs/the-page-1"};
  EXPECT_EQ(pages(1, names)[0], "GET /docs/:slug");
  EXPECT_EQ(pages(2, names)[1], "GET /docs/the-page-1");
}

TEST(SlugRoutes, WhatIsDoubtfulIsAnIdAmongIds) {
  SlugRoutes slugs;
  slugs.add("GET /season/:id/races");
  for (const char* route : {"GET /season/2024/races", "GET /season/open/races", "GET /season/2024"}) {
    slugs.add(route);
  }
  slugs.settle();
  EXPECT_EQ(slugs.name_of("GET /season/2024/races"), "GET /season/:id/races");
  EXPECT_EQ(slugs.name_of("GET /season/open/races"), "GET /season/open/races");
  EXPECT_EQ(slugs.name_of("GET /season/2024"), "GET /season/2024") << "another place";
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
