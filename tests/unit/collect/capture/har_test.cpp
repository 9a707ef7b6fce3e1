#include "collect/capture/har.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collect/http/payload_samples.h"

namespace budgetcheck {
namespace {

using testing::HasSubstr;

struct Outcome {
  Facts facts;
  Input input;
  Expected<void> result;

  const Sample* sample(const std::string& metric, const Labels& where) const {
    for (const Sample& sample : facts.samples) {
      if (sample.metric == metric && sample.where == where) {
        return &sample;
      }
    }
    return nullptr;
  }
  const Unmeasured* gap(const std::string& metric, const Labels& where) const {
    for (const Unmeasured& gap : facts.unmeasured) {
      if (gap.metric == metric && gap.where == where) {
        return &gap;
      }
    }
    return nullptr;
  }
};

Outcome collect_text(const std::string& text, std::vector<std::string> templates = {}) {
  const auto content = content_from_string(text);
  const RouteTable routes(std::move(templates));
  Outcome outcome;
  outcome.result =
      har_format().collect({"shop.har", "shop.har", content.get()}, {nullptr, &routes}, outcome.input, outcome.facts);
  return outcome;
}

std::string har(const std::string& entries, const std::string& pages = "") {
  return R"({"log":{"version":"1.2","creator":{"name":"Playwright"},)" + pages + R"("entries":[)" + entries + "]}}";
}

Outcome collect(const std::string& entries, std::vector<std::string> templates = {}) {
  return collect_text(har(entries), std::move(templates));
}

/// One entry; `response` is what stands in the response beside the status.
std::string entry(const std::string& url, const std::string& response, const std::string& more = R"("pageref":"p")") {
  return R"({)" + more + R"(,"time":5,"request":{"method":"GET","url":")" + url + R"("},"response":{"status":200,)" +
         response + "}}";
}

const std::string kSized =
    R"("_transferSize":1200,"headersSize":200,"bodySize":1000,"content":{"size":4000,"mimeType":"application/json"})";
const std::string kHtml =
    R"("_transferSize":1200,"headersSize":200,"bodySize":1000,"content":{"size":4000,"mimeType":"text/html; charset=utf-8"})";

Exchange only_exchange(const std::string& response, const std::string& more = R"("pageref":"p")") {
  const Outcome outcome = collect(entry("http://h/api/x", response, more));
  EXPECT_EQ(outcome.facts.capture.exchanges.size(), 1U);
  return outcome.facts.capture.exchanges.empty() ? Exchange{} : outcome.facts.capture.exchanges[0];
}

double single(const Sample* sample) { return sample == nullptr ? -1 : std::get<Single>(sample->value); }

// --- sizes of one entry

TEST(HarSizes, AreTakenAsRecorded) {
  const Exchange e = only_exchange(kSized);
  EXPECT_EQ(e.transfer_bytes, 1200);
  EXPECT_EQ(e.body_bytes, 1000);
  EXPECT_EQ(e.decoded_bytes, 4000);
  EXPECT_EQ(e.time_ms, 5);
  EXPECT_EQ(e.type, "fetch");
  EXPECT_EQ(e.mime_type, "application/json");
}

TEST(HarSizes, OneIsDerivedFromTheOthersOnlyWhenBothAreKnown) {
  EXPECT_EQ(only_exchange(R"("headersSize":200,"bodySize":1000,"content":{"size":1})").transfer_bytes, 1200);
  EXPECT_EQ(only_exchange(R"("headersSize":-1,"bodySize":1000,"content":{"size":1})").transfer_bytes, -1);
  EXPECT_EQ(only_exchange(R"("_transferSize":900,"headersSize":200,"bodySize":-1,"content":{})").body_bytes, 700);
  EXPECT_EQ(only_exchange(R"("_transferSize":900,"headersSize":-1,"bodySize":-1,"content":{})").body_bytes, -1);
}

TEST(HarSizes, ATinyBodyMayBeBiggerThanItsContent) {
  const Exchange e =
      only_exchange(R"("headers":[{"name":"content-ENCODING","value":"GZIP"}],"bodySize":20,"content":{"size":0})");
  EXPECT_EQ(e.content_encoding, "gzip");
  EXPECT_EQ(e.body_bytes, 20);
  EXPECT_EQ(e.decoded_bytes, 0);
}

TEST(HarSizes, AnEmptyContentBesideABodyMeansThatNobodyKeptIt) {
  EXPECT_EQ(only_exchange(R"("bodySize":20,"content":{"size":0})").decoded_bytes, -1);
}

TEST(HarSizes, OfATextAreItsBytesAndBase64IsUndoneExactly) {
  const auto decoded = [](const std::string& content) {
    return only_exchange(R"("headersSize":-1,"bodySize":-1,"content":{"size":-1,)" + content + "}").decoded_bytes;
  };
  EXPECT_EQ(decoded(R"("text":"ab\u00e9")"), 4);
  EXPECT_EQ(decoded(R"("text":"YQ==","encoding":"base64")"), 1);
  EXPECT_EQ(decoded(R"("encoding":"base64","text":"YWI=")"), 2);
  EXPECT_EQ(decoded(R"("text":"YWJj","encoding":"base64")"), 3);
  EXPECT_EQ(decoded(R"("text":"YWJjZA","encoding":"base64")"), 4);  // without padding
  EXPECT_EQ(decoded(R"("text":"","encoding":"base64")"), 0);
  EXPECT_EQ(decoded(R"("text":"YWJjZ","encoding":"base64")"), -1);  // no base64 has this length
  EXPECT_EQ(decoded(R"("text":"abc","encoding":"rot13")"), -1);
  EXPECT_EQ(decoded(R"("text":7)"), -1);
}

TEST(HarSizes, OfACachedResponseAreNothingOnTheWireAndTheMessageSaysSo) {
  for (const std::string flag : {R"("_fromCache":"disk")", R"("_servedFromCache":true)"}) {
    const Exchange e = only_exchange(kSized, flag);
    EXPECT_TRUE(e.from_cache) << flag;
    EXPECT_EQ(e.transfer_bytes, 0);
    EXPECT_EQ(e.body_bytes, 0);
    EXPECT_EQ(e.decoded_bytes, 4000);
  }
  EXPECT_TRUE(only_exchange(R"("fromDiskCache":true,)" + kSized).from_cache);
  EXPECT_FALSE(only_exchange(R"("fromDiskCache":false,)" + kSized).from_cache);
  EXPECT_THAT(collect(entry("http://h/a", R"("fromDiskCache":true,)" + kSized)).input.message,
              HasSubstr("1 response from a cache"));
}

TEST(HarSizes, ThatCannotBeAreUnknownAndSaid) {
  const Outcome outcome = collect(entry(
      "http://h/a", R"("_transferSize":1e300,"headersSize":-7,"bodySize":"big","content":{"size":9007199254740993})"));
  ASSERT_EQ(outcome.facts.capture.exchanges.size(), 1U);
  EXPECT_EQ(outcome.facts.capture.exchanges[0].transfer_bytes, -1);
  EXPECT_EQ(outcome.facts.capture.exchanges[0].body_bytes, -1);
  EXPECT_THAT(outcome.input.message, HasSubstr("sizes or times no possible number"));
}

TEST(HarSizes, OfNoBodyAreZero) {
  const auto decoded = [](const std::string& method, int status) {
    const Outcome outcome =
        collect(R"({"request":{"method":")" + method + R"(","url":"http://h/a"},"response":{"status":)" +
                std::to_string(status) + R"(,"content":{"size":-1}}})");
    return outcome.facts.capture.exchanges[0].decoded_bytes;
  };
  EXPECT_EQ(decoded("GET", 204), 0);
  EXPECT_EQ(decoded("GET", 304), 0);
  EXPECT_EQ(decoded("HEAD", 200), 0);
  EXPECT_EQ(decoded("GET", 200), -1);
}

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

// --- pages

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
  EXPECT_EQ(collect(document("http://h/", "302") + "," + document("http://h/login", "200")).input.message, "");
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

// --- routes

TEST(HarRoutes, UseTheTemplatesAndSayWhatWasGuessed) {
  const Outcome outcome =
      collect(entry("http://h/products/red-shoe?ref=1", kSized) + "," + entry("http://h/api/users/7", kSized) + "," +
                  entry("http://h/api/users/9", kSized) + "," +
                  entry("http://h/img/7.png", R"("content":{"mimeType":"image/png"})"),
              {"/products/:slug"});
  EXPECT_NE(outcome.sample("payload.body", {{"route", "GET /products/:slug"}}), nullptr);
  const Sample* users = outcome.sample("payload.time", {{"route", "GET /api/users/:id"}, {"status", "200"}});
  ASSERT_NE(users, nullptr);
  EXPECT_EQ(run_count(*users), 2U);
  EXPECT_EQ(outcome.sample("payload.requests", {{"route", "GET /img/7.png"}}), nullptr);
  ASSERT_EQ(outcome.facts.notes.size(), 1U);
  EXPECT_EQ(outcome.facts.notes[0],
            "shop.har: 1 route was inferred (for example GET /api/users/:id); name them under routes: to be sure");
}

TEST(HarRoutes, TypesAreGuessedFromTheContentWhenTheWriterLeftNone) {
  const auto type = [](const std::string& path, const std::string& mime, const std::string& more = R"("x":1)") {
    return collect(entry("http://h" + path, R"("content":{"mimeType":")" + mime + R"("})", more))
        .facts.capture.exchanges[0]
        .type;
  };
  EXPECT_EQ(type("/", "text/html; charset=utf-8"), "document");
  EXPECT_EQ(type("/a", "text/javascript"), "script");
  EXPECT_EQ(type("/a", "text/css"), "stylesheet");
  EXPECT_EQ(type("/a", "image/svg+xml"), "image");
  EXPECT_EQ(type("/a", "font/woff2"), "font");
  EXPECT_EQ(type("/a", "video/mp4"), "media");
  EXPECT_EQ(type("/a", "application/problem+json"), "fetch");
  EXPECT_EQ(type("/a.MJS", "x-unknown"), "script");
  EXPECT_EQ(type("/a", "x-unknown"), "other");
  EXPECT_EQ(type("/a", "text/html", R"("_resourceType":"XHR")"), "fetch");
  EXPECT_EQ(type("/a", "text/html", R"("_resourceType":"preflight")"), "other");
}

TEST(HarRoutes, ARedirectIsAnExchangeOfItsOwn) {
  const Outcome outcome = collect(
      R"({"request":{"method":"GET","url":"http://h/old"},"response":{"status":301,"headersSize":100,"bodySize":28,
          "content":{"size":-1,"mimeType":"text/html"}}},)" +
      entry("http://h/new", kHtml, R"("x":1)"));
  EXPECT_EQ(single(outcome.sample("payload.requests", {{"route", "GET /old"}, {"status", "301"}})), 1);
  EXPECT_EQ(outcome.facts.capture.exchanges[0].decoded_bytes, 28);
  EXPECT_EQ(single(outcome.sample("payload.requests", {{"page", "/old"}})), 2);
}

// --- bad input

TEST(HarInput, IsRecognisedByItsBeginning) {
  const auto recognised = [](std::string_view head, std::vector<std::string> keys = {"log"}) {
    Sniff sniff;
    sniff.head = head;
    sniff.is_object = true;
    sniff.top_keys = std::move(keys);
    return har_format().recognises(sniff);
  };
  EXPECT_TRUE(recognised(R"({"log" : { "entries": []}})"));
  EXPECT_TRUE(recognised(R"({"log":{"version":"1.2","creator":{}, "pages": []})"));
  EXPECT_FALSE(recognised(R"({"log":"creator \"entries\"","stream":"stdout"})"));
  EXPECT_FALSE(recognised(R"({"log":{"level":30}})"));
  EXPECT_FALSE(recognised(R"({"log":[]})"));
  EXPECT_FALSE(recognised(R"({"assets":[],"x":"\"log\":{\"entries\"}"})", {"assets", "x"}));
  EXPECT_FALSE(recognised(R"({"log")"));
}

TEST(HarInput, WithoutEntriesIsIncomplete) {
  for (const std::string& text : {har(""), std::string(R"({"log":{"creator":{"name":"Playwright"}}})"),
                                  har(entry("data:text/plain,x", kSized)), har("", R"("pages":[],)")}) {
    const Outcome outcome = collect_text(text);
    ASSERT_TRUE(outcome.result);
    EXPECT_EQ(outcome.input.state, InputState::kIncomplete);
    EXPECT_FALSE(outcome.input.message.empty());
    EXPECT_FALSE(outcome.input.hint.empty());
    EXPECT_NE(outcome.gap("payload.", {}), nullptr);
  }
}

TEST(HarInput, AnEntryWithoutARequestIsIncompleteAndOneWithoutAResponseFailed) {
  const Outcome outcome = collect(R"(5,{"response":{}},{"request":{"url":7}},{"request":{"url":"http://h/a"}},null)");
  EXPECT_EQ(outcome.input.state, InputState::kIncomplete);
  EXPECT_THAT(outcome.input.message, HasSubstr("4 entries of 5 without a request URL"));
  ASSERT_EQ(outcome.facts.capture.exchanges.size(), 1U);
  EXPECT_EQ(outcome.facts.capture.exchanges[0].status, 0);
  EXPECT_EQ(outcome.facts.capture.exchanges[0].location.pointer, "/log/entries/3");
}

TEST(HarInput, OtherSchemesAreLeftOutAndOnlyWhatIsNotInlineIsSaid) {
  const Outcome outcome = collect(entry("http://h/", kHtml) + "," + entry("data:image/png;base64,AAAA", kSized) + "," +
                                  entry("blob:http://h/1", kSized) + "," + entry("wss://h/socket", kSized));
  EXPECT_EQ(outcome.facts.capture.exchanges.size(), 1U);
  EXPECT_EQ(outcome.input.message, "1 entry other than HTTP left out (WebSocket, extension)");
  EXPECT_EQ(outcome.input.state, InputState::kRead);
}

TEST(HarInput, TruncatedOrBrokenIsAnErrorWithItsPlace) {
  const std::string whole = har(entry("http://h/", kHtml));
  for (std::size_t length = 1; length < whole.size(); length += 7) {
    const Outcome outcome = collect_text(whole.substr(0, length));
    ASSERT_FALSE(outcome.result) << length;
    EXPECT_EQ(outcome.result.error().location.file, "shop.har");
  }
  EXPECT_FALSE(collect_text("not json").result);
  EXPECT_FALSE(collect_text(whole + "x").result);
}

TEST(HarInput, HostileNamesStaySafeAndShort) {
  const std::string long_path(200'000, 'a');
  const Outcome outcome = collect(
      entry("http://user:pw@h/\\u001b[31m\\u202e\\nx", kSized) + "," + entry("http://h/" + long_path + "1", kSized) +
      "," + entry("http://h/" + long_path + "2", kSized) + "," + R"({"pageref":"p","request":{"method":"G\u0007ET )" +
      std::string(5000, 'X') + R"(","url":"http://h/a"},"response":{"status":200,"content":{"mimeType":"a\u0000b"}}})");
  ASSERT_TRUE(outcome.result);
  for (const Exchange& exchange : outcome.facts.capture.exchanges) {
    for (const std::string& text :
         {exchange.path, exchange.route, exchange.host, exchange.method, exchange.mime_type}) {
      EXPECT_LT(text.size(), 700U);
      EXPECT_EQ(text.find_first_of(std::string("\x1b\n\x07\0", 4)), std::string::npos);
      EXPECT_EQ(text.find("\u202e"), std::string::npos);
      EXPECT_EQ(text.find("pw"), std::string::npos);
    }
  }
  EXPECT_NE(outcome.facts.capture.exchanges[1].path, outcome.facts.capture.exchanges[2].path);
}

TEST(HarInput, AHundredThousandEntriesAreRead) {
  std::string entries;
  for (int i = 0; i < 100'000; ++i) {
    entries += (i == 0 ? "" : ",") + entry("http://h/a" + std::to_string(i) + "/b" + std::to_string(i), kSized);
  }
  const Outcome outcome = collect(entries);  // quadratic work would take hours, and the runner's limit end it
  ASSERT_TRUE(outcome.result);
  EXPECT_EQ(outcome.facts.capture.exchanges.size(), 100'000U);
  // More routes than are measured one by one are said, and open the question.
  EXPECT_EQ(outcome.input.state, InputState::kIncomplete);
  EXPECT_THAT(outcome.input.message, HasSubstr("90000 requests not measured one by one"));
}

}  // namespace
}  // namespace budgetcheck
