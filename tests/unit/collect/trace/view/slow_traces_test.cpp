#include "collect/trace/view/slow_traces.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "unit/collect/trace/view/traces_testing.h"

namespace budgetcheck {
namespace {

using Lines = std::vector<std::string>;

/// Traces that are shown one after the other; `spans` are server spans whose name is their route.
class Shown {
 public:
  void add(const std::vector<TestSpan>& spans) {
    TestTrace test(spans);
    Trace trace = test.trace;
    trace.id = {7, ++traces_};
    for (std::size_t i = 0; i < spans.size(); ++i) {
      trace.spans[i].name = trace.spans[i].route = names_.number_of(spans[i].name);
      trace.spans[i].service = names_.number_of("api");
      trace.spans[i].kind = SpanKind::kServer;
    }
    const TraceTree tree(trace, 0);
    slow_.add(trace, tree, requests_of(trace, tree, routes_));
  }
  Lines kept() const {
    TraceFacts facts;
    slow_.report(
        routes_,
        [](std::uint32_t line) {
          return Location{"a.jsonl", line, 0, {}};
        },
        facts);
    Lines out;
    for (const TraceView& view : facts.slowest) {
      out.push_back(fmt::format("{} {} {}", view.route, view.request_ms, view.id.substr(31)));
      for (const std::string& also : view.also) {
        out.back() += " and " + also;
      }
    }
    return out;
  }

 private:
  SpanNames names_;
  TraceRoutes routes_{names_, nullptr};
  SlowTraces slow_{names_};
  std::uint64_t traces_ = 0;
};

TEST(SlowTraces, KeepTheSlowestOfEachRoute) {
  Shown shown;
  shown.add({{1, 0, "/a/:id", 0, 3000}});
  shown.add({{1, 0, "/a/:id", 0, 9000}});
  shown.add({{1, 0, "/a/:id", 0, 9000}});
  shown.add({{1, 0, "/b", 0, 20'000}});
  EXPECT_EQ(shown.kept(), Lines({"/b 20 4", "/a/:id 9 2"}));
}

TEST(SlowTraces, OneTraceOfSeveralRoutesIsToldOnce) {
  Shown shown;
  shown.add({{1, 0, "/a", 0, 9000}, {2, 1, "/b", 0, 3000}});
  EXPECT_EQ(shown.kept(), Lines({"/a 9 1 and api /b"}));
}

TEST(SlowTraces, KeepTheSlowestRoutesOnly) {
  Shown shown;
  for (std::int64_t i = 1; i <= 12; ++i) {
    shown.add({{1, 0, fmt::format("/{}x", static_cast<char>('a' + i)), 0, i * 1000}});
  }
  const Lines kept = shown.kept();
  ASSERT_EQ(kept.size(), SlowTraces::kMostRoutes);
  EXPECT_EQ(kept.front(), "/mx 12 c");
  EXPECT_EQ(kept.back(), "/dx 3 3");
}

}  // namespace
}  // namespace budgetcheck
