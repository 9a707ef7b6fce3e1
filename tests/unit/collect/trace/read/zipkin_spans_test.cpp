#include <gtest/gtest.h>

#include "unit/collect/trace/read/read_testing.h"

namespace budgetcheck {
namespace {

constexpr const char* kZipkinSpan =
    R"({"traceId":"1593308f2f565aae","id":"b2","parentId":"c2","name":"get /a","kind":"SERVER","timestamp":)"
    R"(1700000000000000,"duration":2500,"localEndpoint":{"serviceName":"shop","ipv4":"127.0.0.1"},)"
    R"("tags":{"http.method":"GET","http.status_code":"404","http.path":"/a","error":"true"}})";

TEST(ZipkinSpans, AreReadFromListsAndAlone) {
  for (const std::string& text :
       {std::string(kZipkinSpan), "[" + std::string(kZipkinSpan) + "]", "[[" + std::string(kZipkinSpan) + "]]"}) {
    const SpansRead read(text);
    ASSERT_TRUE(read.ok) << text;
    ASSERT_EQ(read.spans.size(), 1U) << text;
    EXPECT_EQ(read.traces[0], "00000000000000001593308f2f565aae") << "64 bits are the lower half";
    EXPECT_EQ(read.service(0), "shop");
    EXPECT_EQ(read.name(0), "get /a");
    EXPECT_EQ(read.spans[0].kind, SpanKind::kServer);
    EXPECT_EQ(read.spans[0].id, span_id_of("b2"));
    EXPECT_EQ(read.spans[0].parent, span_id_of("c2"));
    EXPECT_EQ(read.spans[0].start, 1'700'000'000'000'000'000U);
    EXPECT_EQ(read.spans[0].milliseconds(), 2.5);
    EXPECT_EQ(read.spans[0].status, 404) << "tags are texts";
    EXPECT_TRUE(read.spans[0].failed);
  }
}

TEST(ZipkinSpans, WhatMakesNoSenseIsPassedOver) {
  const SpansRead read(R"([{"traceId":"a1","id":7,"timestamp":{},"duration":"x","localEndpoint":null,"tags":[]},7])");
  EXPECT_TRUE(read.ok);
  ASSERT_EQ(read.spans.size(), 1U);
  EXPECT_FALSE(read.spans[0].is_timed());
  EXPECT_EQ(read.service(0), "");
}

}  // namespace
}  // namespace budgetcheck
