#include "collect/bundle/bundlers/next_segments.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Not;

/// The keys of a route, each with '*' when its styles are not loaded at once.
std::vector<std::string> loaded(const std::vector<std::string>& keys, const std::string& route) {
  std::vector<std::string> out;
  for (const auto& [key, styles] : NextSegments(keys).of_route(route)) {
    out.push_back(styles ? key : key + "*");
  }
  return out;
}

TEST(NextSegments, WrappersOfAllFoldersAboveBelongToAPage) {
  const std::vector<std::string> keys{"/layout",          "/error",        "/global-error",  "/not-found",
                                      "/(shop)/template", "/(shop)/error", "/(shop)/a/page", "/(shop)/a/loading",
                                      "/(other)/layout",  "/b/page",       "/b/error",       "/_not-found/page"};
  EXPECT_THAT(loaded(keys, "/a"),
              ElementsAre("/(shop)/a/loading", "/(shop)/a/page", "/(shop)/error*", "/(shop)/template", "/error*",
                          "/global-error*", "/layout", "/not-found*"));
  EXPECT_THAT(loaded(keys, "/b"),
              ElementsAre("/b/error*", "/b/page", "/error*", "/global-error*", "/layout", "/not-found*"));
}

TEST(NextSegments, SlotsShowTheirPageOrTheirDefault) {
  const std::vector<std::string> keys{"/d/page",        "/d/set/page",      "/d/default",        "/d/@team/page",
                                      "/d/@team/error", "/d/@team/default", "/d/@log/only/page", "/d/@log/default",
                                      "/d/@log/error",  "/_not-found/page"};
  EXPECT_THAT(loaded(keys, "/d"), ElementsAre("/d/@log/default", "/d/@team/error*", "/d/@team/page", "/d/page"))
      << "a slot that only stands in brings nothing of its own folder";
  EXPECT_THAT(loaded(keys, "/d/set"), ElementsAre("/d/@log/default", "/d/@team/default", "/d/set/page"));
  EXPECT_THAT(loaded(keys, "/d/only"),
              ElementsAre("/d/@log/error*", "/d/@log/only/page", "/d/@team/default", "/d/default"));
}

TEST(NextSegments, ACatchAllOfASlotIsShownWhereTheSlotHasNoOtherPage) {
  const std::vector<std::string> keys{"/a/page", "/page",          "/@modal/[...rest]/page", "/@modal/default",
                                      "/b/page", "/@modal/b/page", "/x/[...all]/page",       "/_not-found/page"};
  EXPECT_THAT(loaded(keys, "/a"), ElementsAre("/@modal/[...rest]/page", "/a/page"));
  EXPECT_THAT(loaded(keys, "/"), ElementsAre("/@modal/default", "/page")) << "it matches one segment at least";
  EXPECT_THAT(loaded(keys, "/b"), ElementsAre("/@modal/b/page", "/b/page"));
  EXPECT_THAT(loaded(keys, "/x/[...all]"), ElementsAre("/@modal/[...rest]/page", "/x/[...all]/page"));
}

TEST(NextSegments, APageThatIsListedWithItsTreeBringsNoOther) {
  const std::vector<std::string> keys{"/a/page", "/@modal/[...rest]/page", "/api/x/route", "/_not-found/page"};
  EXPECT_THAT(loaded(keys, "/a"), ElementsAre("/a/page"));
}

TEST(NextSegments, InterceptingPagesBelongToNoOtherRoute) {
  const std::vector<std::string> keys{"/photo/[id]/page", "/@modal/(.)photo/[id]/page", "/@modal/(.)photo/error",
                                      "/@modal/default", "/_not-found/page"};
  EXPECT_THAT(loaded(keys, "/photo/[id]"), ElementsAre("/@modal/default", "/photo/[id]/page"));
  EXPECT_THAT(loaded(keys, "/(.)photo/[id]"), ElementsAre("/@modal/(.)photo/[id]/page", "/@modal/(.)photo/error*"));
}

TEST(NextSegments, TheErrorOfAllBelongsToTheInnermostLayoutBefore14) {
  std::vector<std::string> keys{"/page", "/a/page", "/a/layout", "/layout", "/global-error"};
  EXPECT_THAT(loaded(keys, "/"), Contains("/global-error*"));
  EXPECT_THAT(loaded(keys, "/a"), Not(Contains("/global-error*")));
  keys.emplace_back("/_not-found/page");
  EXPECT_THAT(loaded(keys, "/a"), Contains("/global-error*"));
}

TEST(NextSegments, TheRootsFileIsThePageOfNotFound) {
  const std::vector<std::string> keys{"/layout", "/not-found", "/_not-found/page", "/@modal/default", "/error"};
  EXPECT_THAT(loaded(keys, "/_not-found"), ElementsAre("/error*", "/layout", "/not-found"));
  EXPECT_THAT(loaded({"/layout", "/_not-found/page"}, "/_not-found"), ElementsAre("/_not-found/page", "/layout"));
}

TEST(NextSegments, HostileKeysCostLittle) {
  std::string deep;
  for (int i = 0; i < 10'000; ++i) {
    deep += "/@a";
  }
  const std::vector<std::string> keys{deep + "/page", "page", "", "/", "//page", "/@/page", "/_not-found/page"};
  const NextSegments segments(keys);
  for (const auto& [route, pages] : segments.pages()) {
    EXPECT_FALSE(segments.of_route(route).empty());
  }
}

TEST(AppRoute, IsWhatABrowserAsksFor) {
  EXPECT_EQ(app_route("/page"), "/");
  EXPECT_EQ(app_route("/(shop)/products/[id]/page"), "/products/[id]");
  EXPECT_EQ(app_route("/feed/@modal/page"), "/feed");
  EXPECT_EQ(app_route("/api/products/route"), "");
  EXPECT_EQ(app_route("/layout"), "");
  EXPECT_EQ(app_route("/homepage"), "");
  EXPECT_EQ(app_route(""), "");
}

}  // namespace
}  // namespace budgetcheck
