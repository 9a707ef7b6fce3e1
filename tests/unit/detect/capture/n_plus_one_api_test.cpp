#include "detect/capture/n_plus_one_api.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "unit/detect/capture/page_rules_testing.h"

namespace budgetcheck {
namespace {

using testing::HasSubstr;

std::vector<Finding> found(std::vector<Exchange> exchanges) {
  return findings_of(detect_n_plus_one_api, rule_with("n-plus-one-api", "min_repeats", 5), std::move(exchanges));
}

/// A page, its list, and `count` requests for things of it.
Load list_and(int count, double step = 1, double ms = 10) {
  Load load;
  load.document(0);
  load.get("/api/users", "/api/users", 20);
  load.things(count, 40, step, ms);
  return load;
}

TEST(NPlusOneApi, FiresOnceForTheRouteWithWhatCameBefore) {
  const auto findings = found(list_and(12).exchanges);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].message,
            "'/users' requests 'GET /api/users/:id' for 12 different ids in one burst, right after 'GET /api/users'");
  EXPECT_EQ(findings[0].level, Level::kWarning);
  EXPECT_EQ(findings[0].subject, "GET /api/users/:id");
  EXPECT_EQ(findings[0].evidence.count, 12U);
  EXPECT_EQ(findings[0].location.pointer, "/log/entries/2");
  EXPECT_THAT(findings[0].fix.text, HasSubstr("'GET /api/users'"));
}

TEST(NPlusOneApi, FiveFireAndFourDoNot) {
  EXPECT_EQ(found(list_and(5).exchanges).size(), 1U);
  EXPECT_TRUE(found(list_and(4).exchanges).empty());
}

TEST(NPlusOneApi, ALoopThatWaitsForEachAnswerFiresAndWhoeverClicksDoesNot) {
  EXPECT_EQ(found(list_and(6, 430, 400).exchanges).size(), 1U) << "30 ms after the answer";
  EXPECT_TRUE(found(list_and(6, 431, 400).exchanges).empty()) << "31 ms after the answer";
  EXPECT_EQ(found(list_and(6, 250, 10).exchanges).size(), 1U) << "250 ms after the request before";
  EXPECT_TRUE(found(list_and(6, 251, 10).exchanges).empty());
  EXPECT_TRUE(found(list_and(6, 2000, 10).exchanges).empty());
}

TEST(NPlusOneApi, NeedsAnAnswerThatTheIdsCanBeFrom) {
  Load alone;
  alone.things(8, 0, 1);
  EXPECT_TRUE(found(alone.exchanges).empty());
  Load too_late;
  too_late.get("/api/users", "/api/users", 0, 100);
  too_late.things(8, 10, 1);
  EXPECT_TRUE(found(too_late.exchanges).empty()) << "the list was not there yet";
  Load by_document;
  by_document.document(0);
  by_document.things(8, 20, 1);
  const auto findings = found(by_document.exchanges);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].level, Level::kNote);
  EXPECT_THAT(findings[0].message, HasSubstr("right after its document"));
}

TEST(NPlusOneApi, OfACaptureWithoutPagesIsANote) {
  Load load("", 0);
  load.get("/api/users", "/api/users", 0);
  load.things(8, 20, 1);
  const auto findings = found(load.exchanges);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].level, Level::kNote);
  EXPECT_THAT(findings[0].message, HasSubstr("the capture requests"));
}

TEST(NPlusOneApi, KeepsStillForWhatOnlyLooksLikeIt) {
  const auto with = [](const std::function<void(Exchange&, int)>& change) {
    Load load = list_and(12);
    for (std::size_t i = 2; i < load.exchanges.size(); ++i) {
      change(load.exchanges[i], static_cast<int>(i));
    }
    return load.exchanges;
  };
  const std::vector<std::pair<std::string, std::vector<Exchange>>> cases{
      {"polling", with([](Exchange& e, int) { e.path = "/api/users/7"; })},
      {"writes", with([](Exchange& e, int) { e.method = "PUT"; })},
      {"images", with([](Exchange& e, int) { e.mime_type = "image/png", e.type = "image"; })},
      {"files", with([](Exchange& e, int i) { e.path = "/api/users/" + std::to_string(i) + ".json"; })},
      {"pages", with([](Exchange& e, int) { e.route = "GET /api/posts/page/:id"; })},
      {"tiles", with([](Exchange& e, int) { e.route = "GET /map/:id/:id/:id"; })},
      {"offsets", with([](Exchange& e, int i) { e.path = "/api/users/" + std::to_string(i * 20); })},
      {"offsets by name", with([](Exchange& e, int) { e.route = "GET /api/users/:offset"; })},
      {"days", with([](Exchange& e, int i) { e.path = "/api/users/2026-01-" + std::to_string(i + 10); })},
      {"years", with([](Exchange& e, int i) { e.path = "/api/users/" + std::to_string(2000 + i); })},
      {"names", with([](Exchange& e, int i) { e.route = "GET /api/thing" + std::to_string(i); })},
      {"one route of many names", with([](Exchange& e, int) { e.route = "GET /api/all"; })},
      {"prefetch", with([](Exchange& e, int) { e.prefetch = true; })},
      {"framework", with([](Exchange& e, int i) { e.path = "/_next/data/b/" + std::to_string(i); })},
      {"cache", with([](Exchange& e, int) { e.from_cache = true; })},
      {"failures", with([](Exchange& e, int) { e.status = 0; })},
      {"overload", with([](Exchange& e, int) { e.status = 503; })},
      {"no times", with([](Exchange& e, int) { e.start_ms = -1; })},
      {"documents", with([](Exchange& e, int) { e.type = "document"; })},
      {"loads of other pages", with([](Exchange& e, int i) { e.visit = static_cast<std::uint32_t>(i); })},
  };
  for (const auto& [name, exchanges] : cases) {
    EXPECT_TRUE(found(exchanges).empty()) << name;
  }
}

TEST(NPlusOneApi, PrivateIdsAreToldApartByTheirHash) {
  std::vector<Exchange> exchanges = list_and(12).exchanges;
  for (std::size_t i = 2; i < exchanges.size(); ++i) {
    exchanges[i].path = "/api/users/:id";
    exchanges[i].path_hash = static_cast<std::uint32_t>(100 + i);
  }
  ASSERT_EQ(found(exchanges).size(), 1U);
  EXPECT_THAT(found(exchanges)[0].message, HasSubstr("12 different ids"));
}

TEST(NPlusOneApi, TakesTheWorstLoadOfAPageAndGivesItOneKey) {
  Load second("/users", 2);
  second.get("/api/users", "/api/users", 0);
  second.things(20, 20, 1);
  const auto both = found(together(list_and(6).exchanges, second.exchanges));
  ASSERT_EQ(both.size(), 1U);
  EXPECT_THAT(both[0].message, HasSubstr("20 different ids"));
  EXPECT_THAT(both[0].message, HasSubstr("(in 2 loads)"));
  EXPECT_EQ(both[0].key, found(list_and(6).exchanges)[0].key);
}

TEST(NPlusOneApi, IgnoresWhatTheBudgetsFileExempts) {
  Rule rule = rule_with("n-plus-one-api", "min_repeats", 5);
  rule.ignore = {"GET /api/users/*"};
  EXPECT_TRUE(findings_of(detect_n_plus_one_api, rule, list_and(12).exchanges).empty());
}

}  // namespace
}  // namespace budgetcheck
