#include "collect/trace/read/span_draft.h"

#include <gtest/gtest.h>

#include "unit/collect/trace/trace_testing.h"

namespace budgetcheck {
namespace {

using namespace trace_testing;

std::uint64_t nanoseconds(std::string_view text, std::uint64_t per_unit = 1) {
  json::RawScalar value;
  value.type = json::RawScalar::Type::kString;
  value.text = text;
  return nanoseconds_of(value, per_unit);
}

TEST(SpanDraft, TimesAreWholeNanoseconds) {
  EXPECT_EQ(nanoseconds("1795943039360000000"), 1'795'943'039'360'000'000U);
  EXPECT_EQ(nanoseconds("1000000000000000001"), 1'000'000'000'000'000'001U);
  EXPECT_EQ(nanoseconds("1999999999999999999"), 1'999'999'999'999'999'999U);
  EXPECT_EQ(nanoseconds("2999999999999999999"), 2'999'999'999'999'999'999U);
  EXPECT_EQ(nanoseconds("179594303936000000"), 179'594'303'936'000'000U);
  EXPECT_EQ(nanoseconds("1795943039360000", 1000), 1'795'943'039'360'000'000U);
  EXPECT_EQ(nanoseconds("1.5e18"), 1'500'000'000'000'000'000U);
  EXPECT_EQ(nanoseconds("17959430393600000000"), 0U) << "too many";
  for (std::size_t i = 0; i < 19; ++i) {
    for (const char wrong : {'/', ':', 'a', ' ', '\xB1'}) {
      std::string text = "1795943039360000000";
      text[i] = wrong;
      EXPECT_EQ(nanoseconds(text), 0U) << text;
    }
  }
}

/// Every spelling of an attribute that JSON allows says the same as that of exporters.
TEST(SpanDraft, AttributesAreTheSameInEverySpelling) {
  const auto spans = [](const std::string& attribute) {
    std::string line = to_line(server("a1", "/usual"));
    const std::string usual = R"({"key":"http.route","value":{"stringValue":"/usual"}})";
    line.replace(line.find(usual), usual.size(), attribute);
    return read_files({line});
  };
  for (const std::string attribute : {R"({"key":"http.route","value":{"stringValue":"/a/:id"}})",
                                      R"({ "key":"http.route","value":{"stringValue":"/a/:id"}})",
                                      R"({"value":{"stringValue":"/a/:id"},"key":"http.route"})",
                                      R"({"key":"http.route","value":{"stringValue":"/a/:id" }})",
                                      R"({"key":"http.route","value":{"stringValue":"/a/:id"},"more":[{}]})",
                                      R"({"key":"http.route","value":"/a/:id"})",
                                      R"({"key" : "http.route" , "value" : { "stringValue" : "/a/:id" } })",
                                      R"({"key":"http.route","value":{"stringValue":"\/a\/:id"}})"}) {
    const TraceRead read = spans(attribute);
    EXPECT_TRUE(read.ok) << attribute;
    EXPECT_EQ(read.of("trace.spans", "/a/:id"), 1) << attribute;
  }
  for (const std::string broken :
       {R"({"key":"http.route","value":{"stringValue":"/a/:id"}])", R"({"key":"x","value":{"intValue":1.}})",
        R"({"key":"x","value":{"intValue":}})", R"({"key":"x","value":{"stringValue":"a}})"}) {
    const TraceRead read = spans(broken);
    EXPECT_TRUE(!read.ok || read.inputs[0].state == InputState::kIncomplete) << broken;
    EXPECT_TRUE(read.facts.samples.empty()) << broken;
  }
  for (const std::string other :
       {R"({"key":"x","value":{"intValue":"12"}})", R"({"key":"x","value":{"doubleValue":1.5e3}})",
        R"({"key":"x","value":{"boolValue":true}})", R"({"key":"x","value":{"intValue":[1]}})",
        R"({"key":"x","value":{}})", R"({"key":"x","value":{"arrayValue":{"values":[{"stringValue":"]"}]}}})",
        R"({"key":"x","value":null})", R"({"key":"x"})"}) {
    const TraceRead read = spans(other);
    EXPECT_EQ(read.of("trace.spans", "unrouted"), 1) << other;
    EXPECT_EQ(read.inputs[0].state, InputState::kRead) << other << read.inputs[0].message;
  }
}

TEST(NanosecondsOf, ReadsNumbersInTextOrNot) {
  EXPECT_EQ(nanoseconds("1700000000000000001"), 1'700'000'000'000'000'001U) << "all digits";
  EXPECT_EQ(nanoseconds("1.7e18"), 1'700'000'000'000'000'000U);
  EXPECT_EQ(nanoseconds("12.5", 1000), 12'500U);
}

TEST(NanosecondsOf, WhatIsNoneOrTooManyIsUnknown) {
  for (const std::string_view text :
       {"", "x", "-5", "9x", "1e300", "nan", "inf", "99999999999999999999999", "9000000000000000001", "0x10"}) {
    EXPECT_EQ(nanoseconds(text), 0U) << text;
  }
  EXPECT_EQ(nanoseconds("9000000000000000", 1000), 9'000'000'000'000'000'000U);
  EXPECT_EQ(nanoseconds("9000000000000001", 1000), 0U);
}

}  // namespace
}  // namespace budgetcheck
