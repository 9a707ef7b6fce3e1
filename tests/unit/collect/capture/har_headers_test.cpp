#include "collect/capture/har_headers.h"

#include "unit/collect/capture/har_writers_testing.h"

namespace budgetcheck {
namespace {

using namespace har_writers_testing;

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

}  // namespace
}  // namespace budgetcheck
