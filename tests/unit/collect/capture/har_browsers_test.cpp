// What single writers of HAR do in their own way, and what an entry tells beside its sizes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collect/capture/har.h"

namespace budgetcheck {
namespace {

using testing::HasSubstr;

Facts read(const std::string& entries, const std::string& creator = "x", std::vector<std::string> templates = {}) {
  const auto content = content_from_string(R"({"log":{"version":"1.2","creator":{"name":")" + creator +
                                           R"("},"entries":[)" + entries + "]}}");
  const RouteTable routes(std::move(templates));
  Facts facts;
  Input input;
  EXPECT_TRUE(har_format().collect({"shop.har", "shop.har", content.get()}, {nullptr, &routes}, input, facts));
  return facts;
}

/// One entry of parts of JSON: beside request and response, of the request, of the response.
std::string entry(const std::string& more, const std::string& request, const std::string& response) {
  return "{" + more + R"("time":5,"request":{)" + request + R"(},"response":{"status":200,)" + response + "}}";
}

const std::string kGet = R"("method":"GET","url":"http://h/api/x")";

Exchange only(const std::string& text, const std::string& creator = "x") {
  const Facts facts = read(text, creator);
  EXPECT_EQ(facts.capture.exchanges.size(), 1U);
  return facts.capture.exchanges.empty() ? Exchange{} : facts.capture.exchanges[0];
}

// --- Firefox

Exchange firefox(const std::string& response, const std::string& more = "") {
  return only(entry(R"("_securityState":"secure",)" + more, kGet, response), "Firefox");
}

TEST(Firefox, CallsBodySizeWhatCrossedTheWireWithItsHeaders) {
  const Exchange e = firefox(R"("headersSize":300,"bodySize":1500,"content":{"size":4000})");
  EXPECT_EQ(e.transfer_bytes, 1500);
  EXPECT_EQ(e.body_bytes, 1200);
  EXPECT_EQ(e.decoded_bytes, 4000);
}

TEST(Firefox, OfOlderVersionsLeftTheHeadersOutAsTheContentLengthTells) {
  const Exchange e = firefox(
      R"("headers":[{"name":"Content-Length","value":"1500"}],"headersSize":300,"bodySize":1500,"content":{"size":4000})");
  EXPECT_EQ(e.transfer_bytes, 1800);
  EXPECT_EQ(e.body_bytes, 1500);
}

TEST(Firefox, TellsNoBodyWhereItsHeadersAreUnknownOrBigger) {
  EXPECT_EQ(firefox(R"("headersSize":-1,"bodySize":1500,"content":{"size":4000})").body_bytes, -1);
  EXPECT_EQ(firefox(R"("headersSize":-1,"bodySize":1500,"content":{"size":4000})").transfer_bytes, 1500);
  EXPECT_EQ(firefox(R"("headersSize":1501,"bodySize":1500,"content":{"size":4000})").body_bytes, -1);
  EXPECT_EQ(firefox(R"("headersSize":100,"bodySize":-1,"content":{"size":4000})").transfer_bytes, -1);
}

TEST(Firefox, MarksWhatCameFromItsCache) {
  EXPECT_TRUE(firefox(R"("headersSize":300,"bodySize":0,"content":{"size":4000})").from_cache);
  EXPECT_TRUE(firefox(R"("headersSize":300,"bodySize":900,"content":{"size":4})", R"("cache":{"afterRequest":null},)")
                  .from_cache);
  EXPECT_FALSE(firefox(R"("headersSize":300,"bodySize":900,"content":{"size":4})", R"("cache":{},)").from_cache);
}

// --- Chrome

TEST(Chrome, MarksWhatBrokeOffAndWhatAServiceWorkerAnswered) {
  const std::string sizes = R"("_transferSize":1200,"headersSize":200,"bodySize":1000,"content":{"size":4000})";
  EXPECT_EQ(only(entry("", kGet, R"("_error":"net::ERR_ABORTED",)" + sizes)).transfer_bytes, -1);
  EXPECT_EQ(only(entry("", kGet, R"("_error":null,)" + sizes)).transfer_bytes, 1200);
  EXPECT_EQ(only(entry("", kGet, R"("_fetchedViaServiceWorker":true,)" + sizes)).transfer_bytes, 0);
  EXPECT_EQ(only(entry("", kGet, R"("_fetchedViaServiceWorker":false,)" + sizes)).transfer_bytes, 1200);
}

// --- what tells requests apart

std::uint64_t key(const std::string& request) { return only(entry("", request, R"("content":{})")).request_key; }

TEST(RequestKey, IsOfMethodWholeUrlAndBody) {
  const std::uint64_t get = key(kGet);
  EXPECT_NE(get, 0U);
  EXPECT_EQ(get, key(R"("url":"http://h/api/x#part","method":"get")"));
  EXPECT_NE(get, key(R"("method":"HEAD","url":"http://h/api/x")"));
  EXPECT_NE(get, key(R"("method":"GET","url":"http://h/api/x?page=2")"));
  const std::string post = R"("method":"POST","url":"http://h/api/x",)";
  const std::uint64_t one = key(post + R"("bodySize":3,"postData":{"mimeType":"text/plain","text":"one"})");
  EXPECT_NE(one, 0U);
  EXPECT_EQ(one, key(R"("postData":{"text":"one"},"bodySize":3,)" + post.substr(0, post.size() - 1)));
  EXPECT_NE(one, key(post + R"("bodySize":3,"postData":{"text":"two"})"));
  EXPECT_NE(key(post + R"("bodySize":0)"), one);
  EXPECT_NE(key(post + R"("bodySize":0)"), 0U);
}

TEST(RequestKey, IsNotKnownWhereTheBodyIsNot) {
  const std::string post = R"("method":"POST","url":"http://h/api/x")";
  EXPECT_EQ(key(post), 0U);
  EXPECT_EQ(key(post + R"(,"bodySize":-1)"), 0U);
  EXPECT_EQ(key(post + R"(,"bodySize":20)"), 0U);
  EXPECT_EQ(key(post + R"(,"bodySize":0,"postData":{"mimeType":"multipart/form-data"})"), 0U);
}

TEST(RequestKey, OfOneRequestIsNotTakenForTheNext) {
  const Facts facts =
      read(entry("", R"("method":"POST","url":"http://h/a","postData":{"text":"x"})", R"("content":{})") + "," +
           entry("", R"("method":"POST","url":"http://h/a")", R"("content":{})"));
  ASSERT_EQ(facts.capture.exchanges.size(), 2U);
  EXPECT_NE(facts.capture.exchanges[0].request_key, 0U);
  EXPECT_EQ(facts.capture.exchanges[1].request_key, 0U);
}

// --- caching

Exchange with_headers(const std::string& headers, const std::string& more = "") {
  return only(entry(more, kGet, R"("headers":[)" + headers + R"(],"content":{})"));
}

TEST(Caching, IsReadFromTheHeaders) {
  const Exchange e =
      with_headers(R"({"name":"Cache-Control","value":"Public, max-age=60"},{"name":"ETAG","value":"\"x\""})");
  EXPECT_EQ(e.cache_control, "public, max-age=60");
  EXPECT_TRUE(e.has_validator);
  EXPECT_TRUE(e.headers_known);
  EXPECT_TRUE(with_headers(R"({"name":"Last-Modified","value":"Sun, 06 Nov 1994 08:49:37 GMT"})").has_validator);
  EXPECT_FALSE(with_headers(R"({"name":"x","value":"y"})").has_validator);
  EXPECT_FALSE(with_headers("").headers_known);
  EXPECT_FALSE(only(entry("", kGet, R"("content":{})")).headers_known);
}

TEST(Caching, AnExpiresAloneIsTheMaxAgeThatItAmountsTo) {
  const std::string expires = R"({"name":"Expires","value":"Sun, 06 Nov 1994 08:50:37 GMT"})";
  EXPECT_EQ(with_headers(expires + R"(,{"name":"Date","value":"Sun, 06 Nov 1994 08:49:37 GMT"})").cache_control,
            "max-age=60");
  EXPECT_EQ(with_headers(expires, R"("startedDateTime":"1994-11-06T08:50:07Z",)").cache_control, "max-age=30");
  EXPECT_EQ(with_headers(expires, R"("startedDateTime":"2026-11-06T08:50:07Z",)").cache_control, "max-age=0");
  EXPECT_EQ(with_headers(R"({"name":"Expires","value":"-1"})").cache_control, "max-age=0");
  EXPECT_EQ(with_headers(expires + R"(,{"name":"cache-control","value":"no-cache"})").cache_control, "no-cache");
}

TEST(Prefetch, IsWhatTheRequestSays) {
  const auto prefetch = [](const std::string& headers) {
    return only(entry("", kGet + R"(,"headers":[)" + headers + "]", R"("content":{})")).prefetch;
  };
  EXPECT_TRUE(prefetch(R"({"name":"Sec-Purpose","value":"prefetch;prerender"})"));
  EXPECT_TRUE(prefetch(R"({"name":"purpose","value":"prefetch"})"));
  EXPECT_TRUE(prefetch(R"({"name":"Next-Router-Prefetch","value":"1"})"));
  EXPECT_FALSE(prefetch(R"({"name":"Accept","value":"prefetch"})"));
}

// --- times and page loads

std::string at(const std::string& url, const std::string& started, const std::string& ref,
               const std::string& type = "fetch", const std::string& frame = "f") {
  return entry(R"("pageref":")" + ref + R"(","_frameref":")" + frame + R"(","_resourceType":")" + type +
                   R"(","startedDateTime":")" + started + R"(",)",
               R"("method":"GET","url":")" + url + "\"", R"("content":{"mimeType":"application/json"})");
}

TEST(Starts, CountFromTheFirstRequestOfTheirPage) {
  const Facts facts =
      read(at("http://h/", "2026-11-23T06:45:42.500Z", "p", "document") + "," +
           at("http://h/api/a", "2026-11-23T07:45:42.250+01:00", "p") + "," +
           at("http://h/b", "2026-11-23T06:46:00Z", "q", "document") + "," + at("http://h/api/b", "yesterday", "q"));
  ASSERT_EQ(facts.capture.exchanges.size(), 4U);
  EXPECT_EQ(facts.capture.exchanges[0].start_ms, 250) << "entries need not be in order";
  EXPECT_EQ(facts.capture.exchanges[1].start_ms, 0);
  EXPECT_EQ(facts.capture.exchanges[2].start_ms, 0);
  EXPECT_EQ(facts.capture.exchanges[3].start_ms, -1);
}

TEST(Visits, TellLoadsOfOnePageApartAndNavigationsToo) {
  const std::string t = "2026-11-23T06:45:42Z";
  const Facts facts =
      read(at("http://h/", t, "p", "document") + "," + at("http://h/api/a", t, "p") + "," +
           at("http://h/ad", t, "p", "document", "other") + "," + at("http://h/cart", t, "p", "document") + "," +
           at("http://h/api/b", t, "p") + "," + at("http://h/", t, "q", "document"));
  ASSERT_EQ(facts.capture.exchanges.size(), 6U);
  std::vector<std::uint32_t> visits;
  for (const Exchange& exchange : facts.capture.exchanges) {
    visits.push_back(exchange.visit);
  }
  EXPECT_EQ(visits, (std::vector<std::uint32_t>{1, 1, 1, 2, 2, 3}));
}

TEST(Visits, OfACaptureWithoutPagesAreOneOrNone) {
  const std::string page =
      entry(R"("_resourceType":"document",)", R"("method":"GET","url":"http://h/")", R"("content":{})");
  const Facts one = read(page + "," + entry("", kGet, R"("content":{})"));
  EXPECT_EQ(one.capture.exchanges[1].visit, 1U);
  const Facts none = read(entry("", kGet, R"("content":{})"));
  EXPECT_EQ(none.capture.exchanges[0].visit, 0U);
}

// --- routes and fields

TEST(HarSlugs, AreInferredFromTheirNumberAndSaidAndTemplatesStay) {
  std::string entries;
  for (int i = 0; i < 25; ++i) {
    for (const std::string folder : {"products", "given"}) {
      entries += (entries.empty() ? "" : ",") +
                 entry("", R"("method":"GET","url":"http://h/)" + folder + "/red-shoe-" + std::to_string(i) + "\"",
                       R"("content":{"size":10,"mimeType":"application/json","text":"{\"a\":1}"})");
    }
  }
  const Facts facts = read(entries, "x", {"/given/red-shoe-0", "/given/red-shoe-*"});
  std::size_t joined = 0;
  for (const Exchange& exchange : facts.capture.exchanges) {
    joined += exchange.route == "GET /products/:slug" && exchange.route_inferred ? 1U : 0U;
  }
  EXPECT_EQ(joined, 25U);
  ASSERT_FALSE(facts.notes.empty());
  EXPECT_THAT(facts.notes[0], HasSubstr("GET /products/:slug"));
  bool has_parts = false;
  for (const Part& part : facts.parts) {
    has_parts = has_parts || part.where == Labels{{"route", "GET /products/:slug"}};
  }
  EXPECT_TRUE(has_parts);
  bool kept = false;
  for (const Exchange& exchange : facts.capture.exchanges) {
    kept = kept || exchange.route == "GET /given/red-shoe-0";
  }
  EXPECT_TRUE(kept);
}

TEST(HarLists, TellWhichFieldsOfTheirElementsVary) {
  const Facts facts = read(entry(
      "", kGet,
      R"("content":{"mimeType":"application/json","text":"{\"users\":[{\"id\":1,\"role\":\"secret\"},{\"id\":2,\"role\":\"secret\",\"x\":null}]}"})"));
  const auto list = std::find_if(facts.capture.list_fields.begin(), facts.capture.list_fields.end(),
                                 [](const ListFields& l) { return l.list == "users[]"; });
  ASSERT_NE(list, facts.capture.list_fields.end());
  EXPECT_EQ(list->route, "GET /api/x");
  EXPECT_EQ(list->elements, 2U);
  ASSERT_EQ(list->fields.size(), 3U);
  EXPECT_EQ(list->fields[0].name, "id");
  EXPECT_FALSE(list->fields[0].constant);
  EXPECT_TRUE(list->fields[0].everywhere);
  EXPECT_EQ(list->fields[1].name, "role");
  EXPECT_TRUE(list->fields[1].constant);
  EXPECT_FALSE(list->fields[2].everywhere);
}

}  // namespace
}  // namespace budgetcheck
