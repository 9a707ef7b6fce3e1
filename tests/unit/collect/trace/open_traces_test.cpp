#include "collect/trace/open_traces.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace budgetcheck {
namespace {

/// The traces as they are closed, "a2 b1": with how many of their spans. A trace's name is one letter; "-": it has
/// none.
struct Closing {
  explicit Closing(OpenTraces::Limits limits = {4, 1 << 20, 50'000})
      : open([this](Trace& trace) { take(trace); }, limits) {}

  void take(Trace& trace) {
    out += out.empty() ? "" : " ";
    out += trace.id ? std::string(1, static_cast<char>(trace.id.low)) : "-";
    out += std::to_string(trace.spans.size()) + (trace.was_closed ? "r" : "");
    for (const Span& span : trace.spans) {
      statements += trace.of(span.statement);
    }
  }
  void add(char trace, std::string_view statement = "") {
    ReadSpan span;
    span.trace = {0, trace == '-' ? 0 : static_cast<std::uint64_t>(trace)};
    span.statement = statement;
    open.add(span);
  }
  std::string all(const std::string& traces) {
    for (const char trace : traces) {
      add(trace);
    }
    open.finish();
    return out;
  }

  std::string out;
  std::string statements;
  OpenTraces open;
};

TEST(OpenTraces, AreClosedAtTheEndInTheOrderInWhichTheyBegan) {
  EXPECT_EQ(Closing().all("abba"), "a2 b2");
  EXPECT_EQ(Closing().all(""), "");
}

TEST(OpenTraces, TheOneLongestWithoutANewSpanIsClosedWhenTooManyWait) {
  EXPECT_EQ(Closing().all("abcd"), "a1 b1 c1 d1");
  EXPECT_EQ(Closing().all("abcad"), "b1 a2 c1 d1") << "b is the oldest of four that wait with five spans";
  EXPECT_EQ(Closing().all("aaaaaaa"), "a7") << "the only one is not closed";
}

TEST(OpenTraces, WhatComesOfAClosedTraceIsARestOfItAndCounted) {
  Closing closing;
  EXPECT_EQ(closing.all("abbcca"), "a1 b2 c2 a1r");
  EXPECT_EQ(closing.open.split(), 1U);
  Closing whole;
  whole.all("abba");
  EXPECT_EQ(whole.open.split(), 0U);
  EXPECT_EQ(whole.open.spans(), 4U);
}

TEST(OpenTraces, SpansOfNoTraceAreAlone) { EXPECT_EQ(Closing().all("a--a"), "-1 -1 a2"); }

TEST(OpenTraces, OfATraceThatIsTooBigTheRestIsOnlyCounted) {
  Closing closing({100, 1 << 20, 3});
  EXPECT_EQ(closing.all("aaaaabbb"), "a3 b3");
  EXPECT_EQ(closing.open.passed_over(), 2U);
  EXPECT_EQ(closing.open.too_big(), 1U);
  EXPECT_EQ(closing.open.spans(), 8U);
}

TEST(OpenTraces, TextsAreKeptWithTheirTraceAndBounded) {
  Closing closing({100, 10, 100});
  closing.add('a', "SELECT 1");
  closing.add('b', "SELECT 2");
  EXPECT_EQ(closing.out, "a1") << "16 bytes of texts wait, of which 10 may";
  closing.open.finish();
  EXPECT_EQ(closing.statements, "SELECT 1SELECT 2");
  Closing huge({100, std::size_t{16} << 20, 100});
  huge.add('a', std::string(200'000, 'x'));
  huge.open.finish();
  EXPECT_EQ(huge.statements.size(), 65'536U) << "an attribute may have any size";
}

}  // namespace
}  // namespace budgetcheck
