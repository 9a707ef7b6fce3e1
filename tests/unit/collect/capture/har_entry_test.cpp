#include "unit/collect/capture/har_testing.h"

namespace budgetcheck {
namespace {

using namespace har_testing;

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

TEST(HarSizes, OfABodyThatOnlyTheHeadersKnowIsUnknown) {
  const auto sizes = [](const std::string& length, const std::string& content) {
    return only_exchange(R"("headers":[{"name":"content-length","value":")" + length +
                         R"("}],"headersSize":200,"bodySize":0,"content":)" + content);
  };
  EXPECT_EQ(sizes("16681", R"({"size":0})").body_bytes, -1);
  EXPECT_EQ(sizes("16681", R"({"size":0})").transfer_bytes, -1);
  EXPECT_EQ(sizes("16681", R"({"size":0})").decoded_bytes, -1);
  EXPECT_EQ(sizes("0", R"({"size":0})").body_bytes, 0);
  EXPECT_EQ(sizes("16681", R"({"size":40000})").body_bytes, 0) << "nothing crossed the wire";
  const std::string chunked =
      R"("headers":[{"name":"content-encoding","value":"gzip"}],"bodySize":0,"content":{"size":0})";
  EXPECT_EQ(only_exchange(chunked).body_bytes, -1);
  EXPECT_EQ(only_exchange(R"("headers":[],"bodySize":0,"content":{"size":0})").body_bytes, 0);
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
  EXPECT_THAT(outcome.input.message, HasSubstr("sizes or times not possible"));
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

}  // namespace
}  // namespace budgetcheck
