#include "collect/trace/statement_texts.h"

#include <gtest/gtest.h>

#include "base/hash.h"
#include "unit/collect/trace/trace_testing.h"

namespace budgetcheck {
namespace {

using namespace trace_testing;

TEST(StatementTexts, AreKeptOnceWithoutEscapes) {
  StatementTexts texts;
  const std::uint32_t first = texts.number_of(R"(SELECT \"a\" FROM t /* x */)", true);
  EXPECT_EQ(texts[first], "SELECT \"a\" FROM t /* x */");
  EXPECT_EQ(texts.hash_of(first), hash64("SELECT \"a\" FROM t"));
  EXPECT_NE(texts.number_of("COMMIT", false), first);
  EXPECT_EQ(texts.number_of(R"(SELECT \"a\" FROM t /* x */)", true), first);
  EXPECT_EQ(texts[texts.number_of(R"(SELECT \q)", true)], R"(SELECT \q)") << "no escape that JSON knows";
}

TEST(StatementTexts, WhatIsTooLongOrOneTooManyIsNotShared) {
  StatementTexts texts;
  EXPECT_EQ(texts.number_of("", false), StatementTexts::kNone);
  EXPECT_EQ(texts.number_of(std::string(StatementTexts::kMaxBytes + 1, 'x'), false), StatementTexts::kNone);
  EXPECT_EQ(texts.number_of(std::string(StatementTexts::kMaxBytes, 'x'), false), 0U);
  std::uint32_t last = 0;
  for (int i = 0; last != StatementTexts::kNone; ++i) {
    last = texts.number_of(std::string(10'000, 'y') + std::to_string(i), false);
    ASSERT_LT(i, 1'000);
  }
  EXPECT_EQ(texts.number_of(std::string(10'000, 'y') + "0", false), 1U) << "those it has stay shared";
}

/// Shared or not, it is the same statement.
TEST(StatementTexts, LongStatementsAreReadAsShortOnes) {
  for (const std::size_t size : {std::size_t{10}, StatementTexts::kMaxBytes + 10}) {
    SpanText outer{"b1", "a1", "knex", 1, 9, 3, {{"db.query.text", "SELECT " + std::string(size, 'a') + " FROM t"}}};
    SpanText inner = outer;
    inner.id = "b2";
    inner.parent = "b1";
    inner.attributes[0].second += " /* c */";
    const TraceRead read = read_spans({server("a1", "/cart"), outer, inner});
    EXPECT_EQ(read.of("trace.db_calls", "/cart"), 1);
    EXPECT_EQ(read.facts.queries.logs.at(0).statements, 1U);
  }
}

}  // namespace
}  // namespace budgetcheck
