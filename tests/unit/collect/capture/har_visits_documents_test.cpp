// Captures that show something else than was asked for.
#include "unit/collect/capture/har_testing.h"

namespace budgetcheck {
namespace {

using namespace har_testing;

std::string document(const std::string& url, const std::string& status, const std::string& more = R"("pageref":"p")") {
  return R"({)" + more + R"(,"request":{"method":"GET","url":")" + url + R"("},"response":{"status":)" + status + "," +
         kHtml + "}}";
}

TEST(HarDocuments, AnErrorIsNoPage) {
  for (const std::string status : {"500", "404", "401"}) {
    const Outcome outcome = collect(document("http://h/", status) + "," + entry("http://h/x.js", kSized));
    EXPECT_EQ(outcome.input.state, InputState::kIncomplete);
    EXPECT_EQ(outcome.sample("payload.transfer", {{"page", "/"}}), nullptr);
    EXPECT_EQ(outcome.sample("payload.requests", {{"page", "/"}}), nullptr);
    const Unmeasured* gap = outcome.gap("payload.", {{"page", "/"}});
    ASSERT_NE(gap, nullptr);
    EXPECT_EQ(gap->reason, "the document of the page is an error (" + status + ")");
    EXPECT_FALSE(gap->hint.empty());
    EXPECT_TRUE(gap->input_at_fault);
  }
}

TEST(HarDocuments, ThatAreAnsweredAtTheSecondTryAreFine) {
  const Outcome outcome = collect(document("http://h/", "401") + "," + document("http://h/", "200"));
  EXPECT_EQ(outcome.input.state, InputState::kRead);
  EXPECT_NE(outcome.sample("payload.transfer", {{"page", "/"}}), nullptr);
}

TEST(HarDocuments, OfAFrameSayNothingOfThePage) {
  const Outcome outcome = collect(document("http://h/", "200") + "," + document("http://ads.test/frame", "404"));
  EXPECT_EQ(outcome.input.state, InputState::kRead);
  EXPECT_NE(outcome.sample("payload.transfer", {{"page", "/"}}), nullptr);
  EXPECT_EQ(outcome.input.message, "1 of 2 responses is an error (404): 'GET /frame'");
}

TEST(HarDocuments, ALoginIsNotThePageThatWasAskedFor) {
  const Outcome outcome = collect(document("http://h/account", "302") + "," + document("http://h/login", "200") + "," +
                                  entry("http://h/login.js", kSized));
  EXPECT_EQ(outcome.input.state, InputState::kIncomplete);
  EXPECT_EQ(outcome.input.message, "the document of the page '/account' led to '/login'");
  EXPECT_EQ(outcome.sample("payload.transfer", {{"page", "/account"}}), nullptr);
  EXPECT_NE(outcome.gap("payload.", {{"page", "/account"}}), nullptr);
  EXPECT_NE(outcome.sample("payload.requests", {{"route", "GET /login"}}), nullptr);
}

TEST(HarDocuments, WhoLogsInAndComesBackHasThePage) {
  const std::string frame = R"("pageref":"p","_frameref":"f")";
  const Outcome outcome =
      collect(document("http://h/account", "302", frame) + "," + document("http://h/login", "200", frame) + "," +
              document("http://h/login", "302", frame) + "," + document("http://h/account", "200", frame));
  EXPECT_EQ(outcome.input.state, InputState::kRead);
  EXPECT_EQ(single(outcome.sample("payload.requests", {{"page", "/account"}})), 4);
  EXPECT_THAT(outcome.input.message, HasSubstr("holds 2 navigations"));
}

TEST(HarDocuments, ARedirectToAnotherSpellingIsThePage) {
  const Outcome outcome = collect(document("http://h/docs", "301") + "," + document("https://www.h/en/docs/", "200"));
  EXPECT_EQ(outcome.input.state, InputState::kRead);
  const Sample* page = outcome.sample("payload.requests", {{"page", "/docs"}});
  EXPECT_EQ(single(page), 2);
}

TEST(HarDocuments, ARedirectThatLeadsNowhereIsNoPage) {
  const Outcome outcome = collect(document("http://h/docs", "302") + "," + entry("http://h/x.js", kSized));
  EXPECT_EQ(outcome.input.state, InputState::kIncomplete);
  EXPECT_EQ(outcome.sample("payload.transfer", {{"page", "/docs"}}), nullptr);
}

TEST(HarDocuments, OfOneOfSeveralLoadsLeaveTheOthers) {
  const Outcome outcome = collect(document("http://h/", "200", R"("pageref":"p")") + "," +
                                  document("http://h/", "503", R"("pageref":"q")"));
  EXPECT_EQ(outcome.input.state, InputState::kIncomplete);
  EXPECT_EQ(single(outcome.sample("payload.requests", {{"page", "/"}})), 1);
}

TEST(HarDocuments, ACaptureInWhichEverythingFailedIsIncomplete) {
  const std::string refused = R"({"pageref":"p","request":{"method":"GET","url":"http://h/"},"response":{"status":-1,
      "content":{"size":-1,"mimeType":"x-unknown"},"_transferSize":-1,"_failureText":"net::ERR_CONNECTION_REFUSED"}})";
  const Outcome outcome = collect(refused);
  EXPECT_EQ(outcome.input.state, InputState::kIncomplete);
  EXPECT_EQ(outcome.input.message, "its only request failed");
  EXPECT_NE(outcome.gap("payload.", {}), nullptr);
  EXPECT_NE(outcome.gap("payload.", {{"page", "/"}}), nullptr);
  EXPECT_EQ(collect(entry("http://h/api/x", kSized)).input.state, InputState::kRead);
}

TEST(HarDocuments, WithoutPagesAreHeldToTheSame) {
  const std::string none = R"("x":1)";
  const Outcome outcome = collect(document("http://h/account", "302", none) + "," +
                                  document("http://h/login", "200", none) + "," + entry("http://h/a.js", kSized, none));
  EXPECT_EQ(outcome.input.state, InputState::kIncomplete);
  EXPECT_NE(outcome.gap("payload.", {{"page", "/account"}}), nullptr);
}

// --- streams

std::string stream(const std::string& more, const std::string& status, const std::string& mime,
                   const std::string& failure = R"("_failureText":"net::ERR_ABORTED",)") {
  return R"({"pageref":"p",)" + more + R"("time":137,"request":{"method":"GET","url":"http://h/events"},"response":{)" +
         failure + R"("status":)" + status +
         R"(,"headersSize":-1,"bodySize":-1,"_transferSize":-1,"content":{"size":-1,"mimeType":")" + mime + R"("}}})";
}

TEST(HarStreams, ThatThePageClosedDidNotFail) {
  const std::string events = R"("_resourceType":"eventsource",)";
  for (const std::string& closed :
       {stream(events, "200", "text/event-stream"), stream("", "200", "text/event-stream"),
        stream(events, "200", "text/event-stream", ""), stream("", "200", "application/x-ndjson"),
        stream("", "200", "text/event-stream", R"("_failureText":"cancelled",)")}) {
    const Outcome outcome = collect(document("http://h/", "200") + "," + closed);
    const Sample* total = outcome.sample("payload.transfer", {{"page", "/"}});
    ASSERT_NE(total, nullptr);
    EXPECT_FALSE(total->lower_bound) << closed;
    EXPECT_EQ(single(outcome.sample("payload.requests", {{"page", "/"}})), 2);
    EXPECT_EQ(outcome.input.message, "1 stream closed by the page, of unknown size");
  }
}

TEST(HarStreams, ThatWereNotClosedByThePageFailed) {
  for (const std::string& broken :
       {stream("", "200", "text/event-stream", R"("_failureText":"net::ERR_CONNECTION_RESET",)"),
        stream("", "-1", "x-unknown"), stream(R"("_resourceType":"fetch",)", "200", "application/json")}) {
    const Outcome outcome = collect(document("http://h/", "200") + "," + broken);
    EXPECT_TRUE(outcome.sample("payload.transfer", {{"page", "/"}})->lower_bound) << broken;
  }
}

TEST(HarStreams, ALongPollThatWasAnsweredBeforeDidNotFail) {
  const std::string poll = entry("http://h/events", kSized, R"("pageref":"p","_resourceType":"fetch")");
  const std::string open = stream(R"("_resourceType":"fetch",)", "-1", "x-unknown");
  const Outcome outcome = collect(document("http://h/", "200") + "," + poll + "," + open);
  EXPECT_FALSE(outcome.sample("payload.transfer", {{"page", "/"}})->lower_bound);
  EXPECT_EQ(outcome.input.message, "1 stream closed by the page, of unknown size");
  const Outcome first = collect(document("http://h/", "200") + "," + open);
  EXPECT_TRUE(first.sample("payload.transfer", {{"page", "/"}})->lower_bound) << "it may be a slow answer";
}

TEST(HarViews, RepeatViewsAreNoRunsOfTheFirst) {
  const auto view = [](const std::string& id, const std::string& bytes) {
    return R"({"pageref":")" + id + R"(","request":{"method":"GET","url":"http://h/"},"response":{"status":200,
           "headersSize":200,"bodySize":)" +
           bytes + R"(,"content":{"size":9000,"mimeType":"text/html"}}})";
  };
  const std::string pages = R"("pages":[{"id":"a","title":"Run 1, First View"},{"id":"b","title":"Run 1, Repeat View"},
                              {"id":"c","title":"x","_cached":1}],)";
  const Outcome outcome = collect_text(har(view("a", "1000") + "," + view("b", "0") + "," + view("c", "0"), pages));
  EXPECT_EQ(single(outcome.sample("payload.transfer", {{"page", "/"}})), 1200);
  EXPECT_EQ(single(outcome.sample("payload.requests", {{"route", "GET /"}})), 1);
  EXPECT_THAT(outcome.input.message, HasSubstr("2 requests of repeat views left out"));
}

}  // namespace
}  // namespace budgetcheck
