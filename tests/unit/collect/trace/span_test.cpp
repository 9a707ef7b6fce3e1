#include "collect/trace/span.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace budgetcheck {
namespace {

TEST(SpanIds, AreTheSameInEverySpelling) {
  const TraceId id = trace_id_of("1593308f2f565aae06d77e78498c78c0");
  EXPECT_EQ(to_text(id), "1593308f2f565aae06d77e78498c78c0");
  EXPECT_EQ(trace_id_of("1593308F2F565AAE06D77E78498C78C0"), id);
  EXPECT_EQ(trace_id_of("FZMwjy9WWq4G1354SYx4wA=="), id);
  EXPECT_EQ(trace_id_of("FZMwjy9WWq4G1354SYx4wA"), id);
  EXPECT_EQ(span_id_text(span_id_of("1abd259806b4d68e")), "1abd259806b4d68e");
  EXPECT_EQ(span_id_of("Gr0lmAa01o4="), span_id_of("1abd259806b4d68e"));
  EXPECT_EQ(trace_id_of("6d77e78498c78c0"), (TraceId{0, 0x06d77e78498c78c0})) << "zeros in front are left out";
}

TEST(SpanIds, OfEveryLengthUpTo32DigitsAreNumbers) {
  for (std::size_t size = 1; size <= 32; ++size) {
    const std::string digits = std::string("fedcba9876543210FEDCBA9876543210").substr(32 - size);
    const std::string whole = std::string(32 - size, '0') + digits;
    EXPECT_EQ(to_text(trace_id_of(digits)), lower(whole));
    EXPECT_EQ(span_id_text(span_id_of(digits)), lower(whole).substr(16));
    for (const char wrong : {'g', 'G', '/', ':', '@', '`', ' ', '\xC3'}) {
      std::string other = digits;
      other[size / 2] = wrong;
      EXPECT_NE(to_text(trace_id_of(other)), lower(whole)) << other;
    }
  }
}

TEST(SpanIds, OfZerosOrNothingAreNone) {
  EXPECT_FALSE(trace_id_of("00000000000000000000000000000000"));
  EXPECT_FALSE(trace_id_of(""));
  EXPECT_FALSE(trace_id_of("AAAAAAAAAAAAAAAAAAAAAA=="));
  EXPECT_EQ(span_id_of("0000000000000000"), 0U);
  EXPECT_EQ(span_id_of(""), 0U);
}

TEST(SpanIds, OfNobodysFormAreTheSameForTheSameText) {
  EXPECT_TRUE(trace_id_of("request 7"));
  EXPECT_EQ(trace_id_of("request 7"), trace_id_of("request 7"));
  EXPECT_NE(trace_id_of("request 7"), trace_id_of("request 8"));
}

}  // namespace
}  // namespace budgetcheck
