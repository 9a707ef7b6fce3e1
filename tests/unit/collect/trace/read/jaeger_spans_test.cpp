#include <gtest/gtest.h>

#include "unit/collect/trace/read/read_testing.h"

namespace budgetcheck {
namespace {

std::string answer_with(const std::string& spans, const std::string& processes = R"({"p1":{"serviceName":"shop"}})") {
  return R"({"data":[{"traceID":"a1","spans":[)" + spans + R"(],"processes":)" + processes + "}]}";
}

constexpr const char* kJaegerSpan =
    R"({"traceID":"a1","spanID":"b2","operationName":"GET /a","references":[{"refType":"FOLLOWS_FROM","traceID":"a1",)"
    R"("spanID":"c1"},{"refType":"CHILD_OF","traceID":"a1","spanID":"c2"}],"startTime":1700000000000000,"duration":2500,)"
    R"("tags":[{"key":"span.kind","type":"string","value":"server"},{"key":"http.status_code","type":"int64",)"
    R"("value":503},{"key":"otel.scope.name","value":"express"},{"key":"error","type":"bool","value":true}],)"
    R"("processID":"p1"})";

TEST(JaegerSpans, HaveTheirServiceFromTheProcessThatStandsBehindThem) {
  const SpansRead read(answer_with(kJaegerSpan));
  ASSERT_TRUE(read.ok);
  ASSERT_EQ(read.spans.size(), 1U);
  EXPECT_EQ(read.service(0), "shop");
  EXPECT_EQ(read.name(0), "GET /a");
  EXPECT_EQ(read.spans[0].kind, SpanKind::kServer);
  EXPECT_EQ(read.spans[0].status, 503);
  EXPECT_TRUE(read.spans[0].failed);
  EXPECT_EQ(read.names[read.spans[0].scope], "express");
}

TEST(JaegerSpans, TimesAreMicroseconds) {
  const SpansRead read(answer_with(kJaegerSpan));
  EXPECT_EQ(read.spans.at(0).start, 1'700'000'000'000'000'000U);
  EXPECT_EQ(read.spans.at(0).milliseconds(), 2.5);
}

TEST(JaegerSpans, TheParentIsTheReferenceChildOfOrTheFirst) {
  EXPECT_EQ(SpansRead(answer_with(kJaegerSpan)).spans.at(0).parent, span_id_of("c2"));
  const SpansRead follows(
      answer_with(R"({"spanID":"b2","references":[{"refType":"FOLLOWS_FROM","spanID":"c1"},{"spanID":"c3"}]})"));
  EXPECT_EQ(follows.spans.at(0).parent, span_id_of("c1"));
  EXPECT_EQ(SpansRead(answer_with(R"({"spanID":"b2","references":null})")).spans.at(0).parent, 0U);
}

TEST(JaegerSpans, OneTraceAloneIsReadToo) {
  const std::string answer = answer_with(kJaegerSpan);
  const std::string trace = answer.substr(9, answer.size() - 11);
  EXPECT_EQ(SpansRead(trace).spans.size(), 1U);
  EXPECT_EQ(SpansRead("[" + trace + "," + trace + "]").spans.size(), 2U);
}

TEST(JaegerSpans, AProcessSaysWhatAllOfItsSpansHave) {
  Telemetry telemetry;
  telemetry.required.resize(1);
  telemetry.required[0].attributes = {"deployment.environment"};
  const SpansRead read(
      answer_with(kJaegerSpan, R"({"p1":{"serviceName":"shop","tags":[{"key":"deployment.environment",)"
                               R"("value":"ci"}]}})"),
      &telemetry);
  EXPECT_EQ(read.spans.at(0).attributes, 1U);
}

TEST(JaegerSpans, WhatMakesNoSenseIsPassedOver) {
  EXPECT_EQ(SpansRead(answer_with("7, null")).spans.size(), 0U);
  EXPECT_EQ(SpansRead(answer_with(R"({"spanID":"b2","tags":{},"references":7,"startTime":"x","duration":-4})", "[]"))
                .spans.size(),
            1U);
  const SpansRead odd_lists(
      answer_with(R"({"spanID":"b2","tags":[7,null,{"key":"span.kind","value":"server"}],"references":["c1"]})"));
  ASSERT_EQ(odd_lists.spans.size(), 1U);
  EXPECT_EQ(odd_lists.spans[0].kind, SpanKind::kServer);
  const SpansRead nobody(answer_with(R"({"spanID":"b2","processID":"p9"})"));
  EXPECT_EQ(nobody.service(0), "");
}

}  // namespace
}  // namespace budgetcheck
