#include <gtest/gtest.h>

#include "unit/collect/trace/read/read_testing.h"

namespace budgetcheck {
namespace {

/// One export with one span of these members, whose attributes are last.
std::string export_of(const std::string& members, const std::string& attributes = "",
                      const std::string& scopes = "scopeSpans") {
  return R"({"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}]},")" +
         scopes + R"(":[{"scope":{"name":"pg"},"spans":[{)" + members + R"(,"attributes":[)" + attributes + "]}]}]}]}";
}

std::string text_value(const std::string& key, const std::string& value) {
  return R"({"key":")" + key + R"(","value":{"stringValue":")" + value + R"("}})";
}

constexpr const char* kIds = R"("traceId":"1593308f2f565aae06d77e78498c78c0","spanId":"1abd259806b4d68e","name":"q")";

TEST(OtlpSpans, IdsAreHexadecimalOrBase64) {
  const SpansRead hex(export_of(kIds));
  const SpansRead base64(
      export_of(R"("traceId":"FZMwjy9WWq4G1354SYx4wA==","spanId":"Gr0lmAa01o4=","parentSpanId":"Gr0lmAa01o4=")"));
  ASSERT_TRUE(hex.ok);
  ASSERT_TRUE(base64.ok);
  EXPECT_EQ(hex.traces.at(0), "1593308f2f565aae06d77e78498c78c0");
  EXPECT_EQ(base64.traces, hex.traces);
  EXPECT_EQ(base64.spans.at(0).id, hex.spans.at(0).id);
  EXPECT_EQ(base64.spans.at(0).parent, hex.spans.at(0).id);
  EXPECT_EQ(hex.service(0), "shop");
  EXPECT_EQ(hex.names[hex.spans.at(0).scope], "pg");
}

TEST(OtlpSpans, NumbersMayBeTexts) {
  const SpansRead texts(
      export_of(R"("startTimeUnixNano":"1700000000000000000","endTimeUnixNano":"1700000000002500000","kind":"2")",
                text_value("http.status_code", "503")));
  const SpansRead numbers(
      export_of(R"("startTimeUnixNano":1700000000000000000,"endTimeUnixNano":1.7000000000025e18,"kind":2)",
                R"({"key":"http.status_code","value":{"intValue":503}})"));
  for (const SpansRead* read : {&texts, &numbers}) {
    ASSERT_EQ(read->spans.size(), 1U);
    EXPECT_NEAR(read->spans[0].milliseconds(), 2.5, 0.001);
    EXPECT_EQ(read->spans[0].status, 503);
    EXPECT_EQ(read->spans[0].kind, SpanKind::kServer);
  }
  EXPECT_EQ(SpansRead(export_of(kIds, R"({"key":"http.status_code","value":{"intValue":"503"}})")).spans.at(0).status,
            503);
}

TEST(OtlpSpans, OldAndNewConventionsSayTheSame) {
  const SpansRead old_ones(export_of(kIds, text_value("http.method", "GET") + "," +
                                               text_value("http.target", "/a?b=1") + "," +
                                               text_value("db.statement", "SELECT 1")));
  const SpansRead new_ones(export_of(kIds, text_value("http.request.method", "GET") + "," +
                                               text_value("url.path", "/a") + "," + text_value("url.query", "b=1") +
                                               "," + text_value("db.query.text", "SELECT 1")));
  EXPECT_EQ(old_ones.urls.at(0), "/a?b=1");
  EXPECT_EQ(new_ones.urls.at(0), "/a?b=1");
  EXPECT_EQ(old_ones.statements, new_ones.statements);
  EXPECT_EQ(old_ones.names[old_ones.spans.at(0).method], "GET");
  EXPECT_EQ(new_ones.names[new_ones.spans.at(0).method], "GET");
  const SpansRead both(
      export_of(kIds, text_value("db.query.text", "SELECT new") + "," + text_value("db.statement", "SELECT old")));
  EXPECT_EQ(both.statements.at(0), "SELECT new") << "of two names for one thing the first counts";
}

TEST(OtlpSpans, ScopesMayHaveTheirOldName) {
  const SpansRead read(export_of(kIds, "", "instrumentationLibrarySpans"));
  ASSERT_EQ(read.spans.size(), 1U);
  EXPECT_EQ(read.service(0), "shop");
  const SpansRead library(
      R"({"resourceSpans":[{"instrumentationLibrarySpans":[{"instrumentationLibrary":{"name":"pg"},"spans":[{"name":"q"}]}]}]})");
  EXPECT_EQ(library.names[library.spans.at(0).scope], "pg");
}

TEST(OtlpSpans, TheResourceAndTheScopeMayComeLast) {
  const SpansRead read(
      R"({"resourceSpans":[{"scopeSpans":[{"spans":[{"name":"q"}],"scope":{"name":"pg"}}],"resource":{"attributes":[)"
      R"({"value":{"stringValue":"shop"},"key":"service.name"}]}}]})");
  ASSERT_TRUE(read.ok);
  ASSERT_EQ(read.spans.size(), 1U) << "each is handed on once";
  EXPECT_EQ(read.service(0), "shop");
  EXPECT_EQ(read.names[read.spans[0].scope], "pg");
}

TEST(OtlpSpans, TheServicesNameIsTheResources) {
  EXPECT_EQ(SpansRead(export_of(kIds, text_value("service.name", "other"))).service(0), "shop");
}

TEST(OtlpSpans, AStatusMayBeANumberOrAName) {
  for (const std::string status : {R"({"code":2})", R"({"code":"2"})", R"({"code":"STATUS_CODE_ERROR"})", "2"}) {
    EXPECT_TRUE(SpansRead(export_of(std::string(kIds) + R"(,"status":)" + status)).spans.at(0).failed) << status;
  }
  for (const std::string status : {"{}", R"({"code":0})", R"({"code":"STATUS_CODE_OK"})", "null", "[2]"}) {
    EXPECT_FALSE(SpansRead(export_of(std::string(kIds) + R"(,"status":)" + status)).spans.at(0).failed) << status;
  }
}

TEST(OtlpSpans, ParametersAreAList) {
  const SpansRead read(export_of(
      kIds,
      R"({"key":"db.postgresql.values","value":{"arrayValue":{"values":[{"stringValue":"a"},{"intValue":7}]}}})"));
  EXPECT_EQ(read.params.at(0), R"(["a","7"])");
}

TEST(OtlpSpans, RequiredAttributesAreNotedWhateverTheirType) {
  Telemetry telemetry;
  telemetry.required.resize(1);
  telemetry.required[0].attributes = {"tenant.id"};
  const auto has = [&](const std::string& value) {
    return SpansRead(export_of(kIds, R"({"key":"tenant.id","value":)" + value + "}"), &telemetry)
        .spans.at(0)
        .attributes;
  };
  EXPECT_EQ(has(R"({"stringValue":"t"})"), 1U);
  EXPECT_EQ(has(R"({"boolValue":false})"), 1U);
  EXPECT_EQ(has(R"({"kvlistValue":{"values":[]}})"), 1U);
  EXPECT_EQ(has(R"({"stringValue":""})"), 0U) << "an empty text says nothing";
  EXPECT_EQ(has("{}"), 0U);
}

TEST(OtlpSpans, WhatMakesNoSenseIsPassedOver) {
  for (const std::string odd : {R"({"resourceSpans":7})", R"({"resourceSpans":[7,{"scopeSpans":7}]})",
                                R"({"resourceSpans":[{"resource":[],"scopeSpans":[{"scope":7,"spans":[7,null]}]}]})",
                                R"({"resourceSpans":[{"resource":{"attributes":{}},"scopeSpans":[]}]})"}) {
    const SpansRead read(odd);
    EXPECT_TRUE(read.ok) << odd;
    EXPECT_TRUE(read.spans.empty()) << odd;
  }
  const SpansRead spans(export_of(R"("name":["a"],"traceId":7,"kind":{},"startTimeUnixNano":{},"status":[])", "7"));
  EXPECT_TRUE(spans.ok);
  ASSERT_EQ(spans.spans.size(), 1U);
  EXPECT_FALSE(spans.spans[0].is_timed());
}

TEST(OtlpSpans, WhatCameBeforeABreakIsHandedOn) {
  const SpansRead read(
      R"({"resourceSpans":[{"resource":{},"scopeSpans":[{"scope":{},"spans":[{"name":"a"},{"name":"b","attributes":[{"ke)");
  EXPECT_FALSE(read.ok);
  ASSERT_EQ(read.spans.size(), 1U);
  EXPECT_EQ(read.name(0), "a");
}

}  // namespace
}  // namespace budgetcheck
