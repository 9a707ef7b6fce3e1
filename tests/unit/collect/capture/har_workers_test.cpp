#include "collect/capture/har_workers.h"

#include "unit/collect/capture/har_testing.h"

namespace budgetcheck {
namespace {

using namespace har_testing;

const std::string kNothingSent = R"("headersSize":187,"bodySize":-187,"_transferSize":0,)";
const std::string kJson = R"("content":{"size":2000,"mimeType":"application/json"})";

std::string timed(const std::string& url, const std::string& response, const std::string& more, int at_ms) {
  return entry(url, response, more + R"(,"startedDateTime":"2026-01-05T10:00:00.)" + std::to_string(at_ms) + R"(Z")");
}

const std::string kPage = entry("http://h/", kHtml, R"("pageref":"p","_resourceType":"document")");
const std::string kPlaywrightPage = R"("pageref":"p","_resourceType":"fetch")";
const std::string kPlaywrightWorker = R"("_serviceWorkerRef":"w","_resourceType":"fetch")";
const std::string kSent =
    R"("headersSize":187,"bodySize":600,"_transferSize":787,"content":{"size":0,"mimeType":"application/json"},
       "headers":[{"name":"content-encoding","value":"gzip"}])";

TEST(HarWorkers, PlaywrightsTwoEntriesAreOneRequestInWhicheverOrder) {
  const std::string of_page = timed("http://h/api/x", kNothingSent + kJson, kPlaywrightPage, 500);
  const std::string of_worker = timed("http://h/api/x", kSent, kPlaywrightWorker, 502);
  for (const std::string& both : {of_page + "," + of_worker, of_worker + "," + of_page}) {
    const Outcome outcome = collect(kPage + "," + both);
    EXPECT_EQ(single(outcome.sample("payload.requests", {{"page", "/"}})), 2);
    EXPECT_EQ(single(outcome.sample("payload.transfer", {{"page", "/"}})), 1200 + 787);
    EXPECT_FALSE(outcome.sample("payload.transfer", {{"page", "/"}})->lower_bound);
    EXPECT_EQ(single(outcome.sample("payload.decoded", {{"page", "/"}, {"type", "fetch"}})), 2000);
    const Sample* route = outcome.sample("payload.transfer", {{"route", "GET /api/x"}});
    ASSERT_NE(route, nullptr);
    EXPECT_EQ(std::get<Distribution>(route->value).values(), std::vector<double>{787});
    EXPECT_EQ(outcome.input.message, "");
  }
}

TEST(HarWorkers, ChromesTwoEntriesAreOneRequest) {
  const std::string of_page = timed("http://h/api/x", R"("headersSize":0,"bodySize":0,"_transferSize":0,)" + kJson,
                                    R"("pageref":"p","_resourceType":"fetch","_fetchedViaServiceWorker":true)", 500);
  for (const std::string ref : {R"("pageref":"p")", R"("x":1)"}) {
    const Outcome outcome =
        collect(kPage + "," + of_page + "," +
                timed("http://h/api/x", R"("headersSize":187,"bodySize":600,"_transferSize":787,)" + kJson,
                      ref + R"(,"_resourceType":"fetch")", 501));
    EXPECT_EQ(single(outcome.sample("payload.requests", {{"route", "GET /api/x"}})), 1);
    EXPECT_EQ(single(outcome.sample("payload.transfer", {{"page", "/"}})), 1200 + 787);
    EXPECT_FALSE(outcome.sample("payload.transfer", {{"page", "/"}})->lower_bound);
  }
}

TEST(HarWorkers, WhatTheWorkerHadItselfCrossesNoWire) {
  const Outcome outcome = collect(kPage + "," + timed("http://h/api/x", kNothingSent + kJson, kPlaywrightPage, 500));
  EXPECT_EQ(single(outcome.sample("payload.transfer", {{"page", "/"}})), 1200);
  EXPECT_EQ(single(outcome.sample("payload.decoded", {{"page", "/"}, {"type", "fetch"}})), 2000);
  EXPECT_EQ(outcome.input.message, "1 response from a cache, 0 bytes on the wire");
}

TEST(HarWorkers, TwoRequestsOfTheSamePageStayTwo) {
  const std::string of_page = timed("http://h/api/x", kNothingSent + kJson, kPlaywrightPage, 500);
  const std::string of_worker = timed("http://h/api/x", kSent, kPlaywrightWorker, 502);
  const Outcome outcome = collect(kPage + "," + of_page + "," + of_page + "," + of_worker + "," + of_worker);
  EXPECT_EQ(single(outcome.sample("payload.requests", {{"route", "GET /api/x"}})), 2);
  EXPECT_EQ(single(outcome.sample("payload.transfer", {{"page", "/"}})), 1200 + 2 * 787);
}

TEST(HarWorkers, AnotherTimeOrAnotherUrlIsAnotherRequest) {
  for (const std::string& worker : {timed("http://h/api/x", kSent, kPlaywrightWorker, 900),
                                    timed("http://h/api/y", kSent, kPlaywrightWorker, 502)}) {
    const Outcome outcome =
        collect(kPage + "," + timed("http://h/api/x", kNothingSent + kJson, kPlaywrightPage, 500) + "," + worker);
    EXPECT_EQ(single(outcome.sample("payload.requests", {{"page", "/"}})), 3);
  }
}

TEST(HarWorkers, WhatAWorkerSendsForItselfIsOfTheOnlyPage) {
  const std::string own = entry("http://h/sw.js", kSized, R"("_serviceWorkerRef":"w","_resourceType":"script")");
  const Outcome one = collect(kPage + "," + own);
  EXPECT_EQ(single(one.sample("payload.transfer", {{"page", "/"}})), 2400);
  EXPECT_EQ(one.input.message, "");
  const Outcome two =
      collect(kPage + "," + own + "," + entry("http://h/b", kHtml, R"("pageref":"q","_resourceType":"document")"));
  EXPECT_TRUE(two.sample("payload.transfer", {{"page", "/"}})->lower_bound);
  EXPECT_EQ(two.input.message, "1 request of no known page");
}

TEST(HarWorkers, MemoryIsBounded) {
  std::size_t out = 0;
  WorkerPairs pairs([&](HarEntry&&) { ++out; });
  for (std::size_t i = 0; i < 3 * WorkerPairs::kWindow; ++i) {
    HarEntry entry;
    entry.through_worker = true;
    entry.url_key = i + 1;
    EXPECT_TRUE(pairs.add(std::move(entry)));
  }
  EXPECT_EQ(out, 2 * WorkerPairs::kWindow);
  pairs.flush();
  EXPECT_EQ(out, 3 * WorkerPairs::kWindow);
}

}  // namespace
}  // namespace budgetcheck
