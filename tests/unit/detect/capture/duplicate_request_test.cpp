#include "detect/capture/duplicate_request.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "unit/detect/capture/page_rules_testing.h"

namespace budgetcheck {
namespace {

using testing::HasSubstr;

Rule rule() {
  Rule rule = rule_with("duplicate-request", "min_repeats", 2);
  add_param(rule, "within", 1000);
  return rule;
}

std::vector<Finding> found(std::vector<Exchange> exchanges) {
  return findings_of(detect_duplicate_request, rule(), std::move(exchanges));
}

/// The same request at each of these times.
Load same_at(const std::vector<double>& starts, double ms = 10) {
  Load load;
  for (const double start : starts) {
    load.get("/api/me", "/api/me", start, ms);
  }
  return load;
}

TEST(DuplicateRequest, FiresWithWhatItCosts) {
  const auto findings = found(same_at({0, 5, 7}).exchanges);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].message, "'/users' sends the same request to 'GET /api/me' 3 times, 2.4 kB for nothing");
  EXPECT_EQ(findings[0].evidence.count, 3U);
  EXPECT_EQ(findings[0].location.pointer, "/log/entries/1") << "the first that was not needed";
}

TEST(DuplicateRequest, WithinASecondOrWhileTheFirstIsUnderWay) {
  EXPECT_EQ(found(same_at({0, 1000}).exchanges).size(), 1U);
  EXPECT_TRUE(found(same_at({0, 1001}).exchanges).empty());
  EXPECT_EQ(found(same_at({0, 1999}, 2000).exchanges).size(), 1U);
  EXPECT_TRUE(found(same_at({0, 2000}, 2000).exchanges).empty());
}

TEST(DuplicateRequest, PollingIsNone) {
  EXPECT_TRUE(found(same_at({0, 500, 1000, 1500, 2000}).exchanges).empty());
  EXPECT_EQ(found(same_at({0, 500, 510, 1500}).exchanges).size(), 1U) << "no equal intervals";
  EXPECT_EQ(found(same_at({0, 50, 100, 150}).exchanges).size(), 1U) << "nobody polls every 50 ms";
}

TEST(DuplicateRequest, AfterAWriteTheSameIsAskedAnew) {
  Load load = same_at({0});
  load.get("/api/orders", "/api/orders", 100).method = "POST";
  load.get("/api/me", "/api/me", 200);
  EXPECT_TRUE(found(load.exchanges).empty());
  load.exchanges[1].start_ms = 300;
  EXPECT_EQ(found(load.exchanges).size(), 1U) << "the write came later";
}

TEST(DuplicateRequest, APostThatOnlyReadsCountsAndNoOther) {
  const auto posts = [](const std::string& path) {
    Load load;
    load.get(path, path, 0).method = "POST";
    load.get(path, path, 5).method = "POST";
    return found(load.exchanges).size();
  };
  EXPECT_EQ(posts("/api/graphql"), 1U);
  EXPECT_EQ(posts("/api/products/search"), 1U);
  EXPECT_EQ(posts("/collect"), 0U);
  EXPECT_EQ(posts("/api/orders"), 0U);
}

TEST(DuplicateRequest, KeepsStillForWhatOnlyLooksLikeIt) {
  const auto with = [](const std::function<void(Exchange&, int)>& change) {
    Load load = same_at({0, 5, 10});
    for (std::size_t i = 0; i < load.exchanges.size(); ++i) {
      change(load.exchanges[i], static_cast<int>(i));
    }
    return load.exchanges;
  };
  const std::vector<std::pair<std::string, std::vector<Exchange>>> cases{
      {"other queries", with([](Exchange& e, int i) { e.request_key = static_cast<std::uint64_t>(i) + 1; })},
      {"bodies not known", with([](Exchange& e, int) { e.request_key = 0; })},
      {"revalidations", with([](Exchange& e, int) { e.status = 304; })},
      {"retries", with([](Exchange& e, int i) { e.status = i == 2 ? 200 : 503; })},
      {"parts", with([](Exchange& e, int) { e.status = 206; })},
      {"redirects", with([](Exchange& e, int) { e.status = 302; })},
      {"cache", with([](Exchange& e, int i) { e.from_cache = i > 0; })},
      {"preflights", with([](Exchange& e, int) { e.method = "OPTIONS"; })},
      {"prefetch", with([](Exchange& e, int i) { e.prefetch = i > 0; })},
      {"scripts", with([](Exchange& e, int) { e.type = "script"; })},
      {"documents", with([](Exchange& e, int) { e.type = "document"; })},
      {"events", with([](Exchange& e, int) { e.mime_type = "text/event-stream"; })},
      {"links", with([](Exchange& e, int) { e.mime_type = "text/x-component"; })},
      {"no page", with([](Exchange& e, int) { e.visit = 0, e.page = ""; })},
      {"other loads", with([](Exchange& e, int i) { e.visit = static_cast<std::uint32_t>(i) + 1; })},
      {"no times", with([](Exchange& e, int) { e.start_ms = -1; })},
  };
  for (const auto& [name, exchanges] : cases) {
    EXPECT_TRUE(found(exchanges).empty()) << name;
  }
}

TEST(DuplicateRequest, OneFindingForEachPageAndRoute) {
  Load load = same_at({0, 5});
  for (const std::string id : {"1", "2"}) {
    load.get("/api/users/" + id, "/api/users/:id", 20);
    load.get("/api/users/" + id, "/api/users/:id", 21);
  }
  Load again("/users", 2);
  again.get("/api/me", "/api/me", 0);
  again.get("/api/me", "/api/me", 1);
  again.get("/api/me", "/api/me", 2);
  const auto findings = found(together(load.exchanges, again.exchanges));
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_THAT(findings[0].message, HasSubstr("3 times"));
  EXPECT_THAT(findings[0].message, HasSubstr("(in 2 loads)"));
  EXPECT_EQ(findings[0].key, found(same_at({0, 5}).exchanges)[0].key);
}

TEST(DuplicateRequest, IgnoresWhatTheBudgetsFileExempts) {
  Rule exempt = rule();
  exempt.ignore = {"/api/me"};
  EXPECT_TRUE(findings_of(detect_duplicate_request, exempt, same_at({0, 5}).exchanges).empty());
}

}  // namespace
}  // namespace budgetcheck
