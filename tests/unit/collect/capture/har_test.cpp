#include "collect/capture/kept_exchanges.h"
#include "unit/collect/capture/har_testing.h"

namespace budgetcheck {
namespace {

using namespace har_testing;

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
      entry("http://h/old/", kHtml, R"("x":1)"));
  EXPECT_EQ(single(outcome.sample("payload.requests", {{"route", "GET /old"}, {"status", "301"}})), 1);
  EXPECT_EQ(outcome.facts.capture.exchanges[0].decoded_bytes, 28);
  EXPECT_EQ(single(outcome.sample("payload.requests", {{"page", "/old"}})), 2);
}

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
      entry("http://user:pw@h/\\u001b[31m\\u202e\\nx", kSized) + "," + entry("http://h/" + long_path + "/1", kSized) +
      "," + entry("http://h/" + long_path + "/2", kSized) + "," + R"({"pageref":"p","request":{"method":"G\u0007ET )" +
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
  EXPECT_LE(outcome.facts.capture.exchanges.size(),
            KeptExchanges::kMostWhole + KeptExchanges::kMostRouted + KeptExchanges::kMostNames);
  EXPECT_THAT(outcome.input.message, HasSubstr("of 100000 requests: the first ones"));
  // More routes than are measured one by one are said, and open the question.
  EXPECT_EQ(outcome.input.state, InputState::kIncomplete);
  EXPECT_THAT(outcome.input.message, HasSubstr("90000 requests not measured one by one"));
}

}  // namespace
}  // namespace budgetcheck
