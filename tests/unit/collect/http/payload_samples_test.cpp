#include "collect/http/payload_samples.h"

#include "unit/collect/capture/har_testing.h"

namespace budgetcheck {
namespace {

using namespace har_testing;

// --- failed requests

TEST(HarFailures, MakeTheSumsALowerBoundWithTheReason) {
  const Outcome outcome = collect(
      entry("http://h/", kHtml, R"("pageref":"p","_resourceType":"document")") + "," +
      R"({"pageref":"p","_resourceType":"stylesheet","time":3,"request":{"method":"GET","url":"http://fonts.test/css2?key=s3cr3t"},
          "response":{"status":-1,"headersSize":-1,"bodySize":-1,"_transferSize":-1,"content":{"size":-1},
          "_failureText":"net::ERR_BLOCKED"}})");
  EXPECT_EQ(outcome.input.state, InputState::kRead);
  EXPECT_EQ(outcome.input.message, "1 request failed or blocked ('/css2')");
  const Sample* total = outcome.sample("payload.transfer", {{"page", "/"}});
  EXPECT_EQ(single(total), 1200);
  EXPECT_TRUE(total->lower_bound);
  EXPECT_EQ(total->lower_bound_reason, "1 of 2 responses has no size: 1 failed or blocked");
  EXPECT_EQ(single(outcome.sample("payload.requests", {{"page", "/"}})), 2);
  // Of stylesheets nothing is known; of documents everything.
  EXPECT_EQ(outcome.sample("payload.transfer", {{"page", "/"}, {"type", "stylesheet"}}), nullptr);
  EXPECT_NE(outcome.gap("payload.transfer", {{"page", "/"}, {"type", "stylesheet"}}), nullptr);
  EXPECT_FALSE(outcome.sample("payload.transfer", {{"page", "/"}, {"type", "document"}})->lower_bound);
  for (const Exchange& exchange : outcome.facts.capture.exchanges) {
    EXPECT_EQ(exchange.path.find("s3cr3t"), std::string::npos);
  }
}

TEST(HarFailures, ABrokenOffAnswerHasNoSizes) {
  const Exchange e = only_exchange(R"("_failureText":"net::ERR_ABORTED",)" + kSized);
  EXPECT_LE(e.status, 0);
  EXPECT_EQ(e.transfer_bytes, -1);
  EXPECT_EQ(e.time_ms, -1);
}

TEST(HarFailures, OnARouteCountAsALowerBoundOfEveryStatistic) {
  const std::string failed_request =
      R"({"pageref":"p","request":{"method":"GET","url":"http://h/api/x"},"response":{"status":0,"content":{"mimeType":"application/json"}}})";
  const Outcome outcome = collect(entry("http://h/api/x", kSized) + "," + failed_request);
  const Sample* sample = outcome.sample("payload.decoded", {{"route", "GET /api/x"}});
  ASSERT_NE(sample, nullptr);
  EXPECT_TRUE(sample->lower_bound);
  EXPECT_EQ(aggregate(*sample, Stat::kMax), 4000);
  EXPECT_EQ(aggregate(*sample, Stat::kMedian), 2000);
  EXPECT_EQ(single(outcome.sample("payload.requests", {{"route", "GET /api/x"}})), 2);
  EXPECT_FALSE(outcome.sample("payload.decoded", {{"route", "GET /api/x"}, {"status", "200"}})->lower_bound);
}

TEST(HarPages, ARepeatedPageHasARunForEachVisit) {
  const std::string document = R"("_resourceType":"document")";
  const Outcome outcome = collect(entry("http://h/a?run=1", kHtml, R"("pageref":"p1",)" + document) + "," +
                                  entry("http://h/x.js", kSized, R"("pageref":"p1","_resourceType":"script")") + "," +
                                  entry("http://h/a?run=2", kHtml, R"("pageref":"p2",)" + document));
  const Sample* transfer = outcome.sample("payload.transfer", {{"page", "/a"}});
  ASSERT_NE(transfer, nullptr);
  EXPECT_EQ(std::get<Runs>(transfer->value), (Runs{2400, 1200}));
  EXPECT_EQ(std::get<Runs>(outcome.sample("payload.transfer", {{"page", "/a"}, {"type", "script"}})->value),
            (Runs{1200, 0}));
  EXPECT_EQ(std::get<Runs>(outcome.sample("payload.requests", {{"page", "/a"}, {"type", "font"}})->value),
            (Runs{0, 0}));
}

TEST(HarPages, AreNamedAfterTheirDocumentAndNotAfterTheirTitle) {
  const std::string pages = R"("pages":[{"id":"p","title":"Shop | Home"},{"id":"q","title":"http://h/about?x=1"}],)";
  const std::string script = entry("http://h/x.js", kSized, R"("pageref":"p","_resourceType":"script")");
  const std::string late = script + "," +
                           entry("http://h/home?x=1", kHtml, R"("pageref":"p","_resourceType":"document")") + "," +
                           entry("http://h/frame", kHtml, R"("pageref":"p","_resourceType":"document")") + "," +
                           entry("http://h/y.js", kSized, R"("pageref":"q","_resourceType":"script")");
  const Outcome outcome = collect_text(har(late, pages));
  EXPECT_EQ(single(outcome.sample("payload.requests", {{"page", "/home"}})), 3);
  EXPECT_EQ(single(outcome.sample("payload.requests", {{"page", "/about"}})), 1);
  EXPECT_EQ(outcome.facts.capture.exchanges[0].page, "/home");
}

TEST(HarPages, ThatComeAfterTheEntriesCountTheSame) {
  const Outcome outcome = collect_text(R"({"log":{"entries":[)" + entry("http://h/y.js", kSized) +
                                       R"(],"creator":{},"pages":[{"id":"p","title":"http://h/about"}]}})");
  EXPECT_NE(outcome.sample("payload.transfer", {{"page", "/about"}}), nullptr);
}

TEST(HarPages, TwoNavigationsInOneEntryAreSaidAndARedirectIsOne) {
  const auto document = [](const std::string& url, const std::string& status) {
    return R"({"pageref":"p","_frameref":"f","_resourceType":"document","request":{"method":"GET","url":")" + url +
           R"("},"response":{"status":)" + status + "," + kHtml + "}}";
  };
  EXPECT_EQ(collect(document("http://h/", "302") + "," + document("http://h/en/", "200")).input.message, "");
  const Outcome two = collect(document("http://h/", "200") + "," + document("http://h/cart", "200"));
  EXPECT_EQ(two.input.message, "the page '/' holds 2 navigations, and its sums are those of all of them");
}

TEST(HarPages, WithoutAnyTheOnlyDocumentIsThePage) {
  const std::string none = R"("x":1)";
  const Outcome outcome = collect(entry("http://h/legacy", kHtml, none) + "," + entry("http://h/x.js", kSized, none));
  EXPECT_EQ(single(outcome.sample("payload.requests", {{"page", "/legacy"}})), 2);
  EXPECT_EQ(outcome.facts.capture.exchanges[1].page, "/legacy");
}

TEST(HarPages, WithoutAnyAndTwoDocumentsAreNotKnownAndSaid) {
  const std::string none = R"("x":1)";
  const Outcome outcome = collect(entry("http://h/a", kHtml, none) + "," + entry("http://h/b", kHtml, none) + "," +
                                  entry("http://h/api/x", kSized, none));
  EXPECT_EQ(outcome.sample("payload.requests", {{"page", "/a"}}), nullptr);
  ASSERT_NE(outcome.gap("payload.", {{"page", "/a"}}), nullptr);
  EXPECT_NE(outcome.gap("payload.", {{"page", "/b"}}), nullptr);
  EXPECT_FALSE(outcome.gap("payload.", {{"page", "/a"}})->hint.empty());
  EXPECT_NE(outcome.sample("payload.transfer", {{"route", "GET /api/x"}}), nullptr);
}

TEST(HarPages, ARequestOfNoPageIsSaid) {
  const Outcome outcome = collect(entry("http://h/", kHtml) + "," + entry("http://h/sw.js", kSized, R"("x":1)") + "," +
                                  entry("http://h/z.js", kSized, R"("pageref":"nowhere")"));
  EXPECT_EQ(single(outcome.sample("payload.requests", {{"page", "/"}})), 1);
  EXPECT_EQ(outcome.input.message, "2 requests of no known page");
}

TEST(HarPages, WithoutASizeHaveNoSampleThatCouldPass) {
  const std::string unsized =
      R"("headersSize":-1,"bodySize":-1,"content":{"size":-1,"mimeType":"text/html","text":"abc"})";
  const Outcome outcome = collect(entry("http://h/", unsized, R"("_resourceType":"document")"));
  for (const Sample& sample : outcome.facts.samples) {
    EXPECT_NE(sample.metric, "payload.transfer") << to_string(sample.where);
  }
  const Unmeasured* gap = outcome.gap("payload.transfer", {{"page", "/"}});
  ASSERT_NE(gap, nullptr);
  EXPECT_EQ(gap->reason, "1 of 1 response has no size: 1 not recorded");
  EXPECT_THAT(gap->hint, HasSubstr("mode: 'full'"));
  EXPECT_TRUE(gap->input_at_fault);
  EXPECT_EQ(single(outcome.sample("payload.decoded", {{"page", "/"}})), 3);
}

TEST(HarPages, RequestsOfNoPageMakeEverySumALowerBound) {
  const Outcome outcome =
      collect(entry("http://h/", kHtml) + "," + entry("http://h/z.js", kSized, R"("_resourceType":"script")"));
  const Sample* total = outcome.sample("payload.transfer", {{"page", "/"}});
  ASSERT_NE(total, nullptr);
  EXPECT_TRUE(total->lower_bound);
  EXPECT_EQ(total->lower_bound_reason, "the capture holds 1 request of no known page");
  EXPECT_TRUE(outcome.sample("payload.requests", {{"page", "/"}})->lower_bound);
  EXPECT_TRUE(outcome.sample("payload.transfer", {{"page", "/"}, {"type", "script"}})->lower_bound);
  EXPECT_FALSE(outcome.sample("payload.transfer", {{"page", "/"}, {"type", "font"}})->lower_bound);
}

TEST(HarPages, WhatATestSendsItselfIsOfNoPageForSure) {
  const Outcome outcome =
      collect(entry("http://h/", kHtml) + "," + entry("http://h/api/seed", kSized, R"("_apiRequest":true)"));
  EXPECT_FALSE(outcome.sample("payload.transfer", {{"page", "/"}})->lower_bound);
  EXPECT_EQ(single(outcome.sample("payload.requests", {{"page", "/"}})), 1);
}

TEST(HarPages, EqualPathsOfTwoHostsAreTwoPages) {
  const std::string document = R"("_resourceType":"document")";
  const Outcome outcome = collect(entry("http://shop.test/", kHtml, R"("pageref":"p",)" + document) + "," +
                                  entry("http://admin.test/", kHtml, R"("pageref":"q",)" + document));
  EXPECT_EQ(single(outcome.sample("payload.transfer", {{"page", "/"}, {"host", "self"}})), 1200);
  EXPECT_EQ(single(outcome.sample("payload.transfer", {{"page", "/"}, {"host", "admin.test"}})), 1200);
  EXPECT_NE(outcome.sample("payload.transfer", {{"route", "GET /"}, {"host", "admin.test"}}), nullptr);
}

}  // namespace
}  // namespace budgetcheck
