// What single writers of HAR do in their own way.
#include "unit/collect/capture/har_writers_testing.h"

namespace budgetcheck {
namespace {

using namespace har_writers_testing;

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

TEST(Chrome, MarksWhatBrokeOffAndWhatAServiceWorkerAnswered) {
  const std::string sizes = R"("_transferSize":1200,"headersSize":200,"bodySize":1000,"content":{"size":4000})";
  EXPECT_EQ(only(entry("", kGet, R"("_error":"net::ERR_ABORTED",)" + sizes)).transfer_bytes, -1);
  EXPECT_EQ(only(entry("", kGet, R"("_error":null,)" + sizes)).transfer_bytes, 1200);
  EXPECT_EQ(only(entry("", kGet, R"("_fetchedViaServiceWorker":true,)" + sizes)).transfer_bytes, 0);
  EXPECT_EQ(only(entry("", kGet, R"("_fetchedViaServiceWorker":false,)" + sizes)).transfer_bytes, 1200);
}

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

TEST(Prefetch, IsWhatTheRequestSays) {
  const auto prefetch = [](const std::string& headers) {
    return only(entry("", kGet + R"(,"headers":[)" + headers + "]", R"("content":{})")).prefetch;
  };
  EXPECT_TRUE(prefetch(R"({"name":"Sec-Purpose","value":"prefetch;prerender"})"));
  EXPECT_TRUE(prefetch(R"({"name":"purpose","value":"prefetch"})"));
  EXPECT_TRUE(prefetch(R"({"name":"Next-Router-Prefetch","value":"1"})"));
  EXPECT_FALSE(prefetch(R"({"name":"Accept","value":"prefetch"})"));
}

}  // namespace
}  // namespace budgetcheck
