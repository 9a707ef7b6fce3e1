#include "collect/trace/merge_traces.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "collect/join.h"
#include "collect/measure.h"
#include "collect/trace/seen_survey.h"
#include "results/measured/measured.h"
#include "unit/collect/trace/trace_testing.h"

namespace budgetcheck {
namespace {

using namespace trace_testing;
using testing::HasSubstr;

/// What one part says after the other.
TraceFacts merged(const std::vector<std::vector<SpanText>>& parts, const Telemetry* telemetry = nullptr) {
  TraceFacts facts;
  for (const std::vector<SpanText>& part : parts) {
    facts.append(std::move(read_spans(part, telemetry).facts.traces));
  }
  merge_traces(facts);
  return facts;
}

std::vector<SpanText> together(std::vector<SpanText> spans, const std::vector<SpanText>& more) {
  spans.insert(spans.end(), more.begin(), more.end());
  return spans;
}

/// A request for "/page/<number>" in a trace of its own, with calls of `ms` one after the other.
std::vector<SpanText> page(int number, const std::vector<std::string>& urls, double ms = 20) {
  SpanText request = server("f" + std::to_string(number), "/page/:id", 30 * static_cast<double>(urls.size()));
  request.trace = "a" + std::to_string(number);
  request.attributes.emplace_back("url.path", "/page/" + std::to_string(number));
  std::vector<SpanText> spans{request};
  for (std::size_t i = 0; i < urls.size(); ++i) {
    const double begin = 1 + (ms + 1) * static_cast<double>(i);
    spans.push_back(call("c" + std::to_string(number) + std::to_string(i), request.id, urls[i], begin, begin + ms));
    spans.back().trace = request.trace;
  }
  return spans;
}

TEST(MergeTraces, AChainOfTwoPartsIsOneWithAllItsRequests) {
  const std::vector<std::string> urls{"http://s/a", "http://s/b", "http://s/teams/17"};
  const std::vector<SpanText> first = together(page(100, urls), page(200, urls, 10));
  const std::vector<SpanText> second = together(page(300, urls, 24), page(400, {}));
  const TraceFacts facts = merged({first, second});
  const TraceFacts whole = read_spans(together(first, second)).facts.traces;
  ASSERT_EQ(facts.serial.size(), 1U);
  ASSERT_EQ(whole.serial.size(), 1U);
  EXPECT_EQ(facts.serial[0].requests, 3U);
  EXPECT_EQ(facts.serial[0].route_requests, 4U);
  EXPECT_EQ(whole.serial[0].route_requests, 4U);
  EXPECT_EQ(facts.serial[0].saved_ms, 40);
  EXPECT_EQ(facts.serial[0].saved_ms, whole.serial[0].saved_ms);
  EXPECT_EQ(facts.serial[0].saved_share, whole.serial[0].saved_share);
  EXPECT_EQ(facts.serial[0].at.trace, whole.serial[0].at.trace);
}

TEST(MergeTraces, WhetherACallDependsIsDecidedByTheRequestsOfAllParts) {
  const auto urls = [](const std::string& team) {
    return std::vector<std::string>{"http://s/a", "http://s/b", "http://s/teams/" + team};
  };
  const auto is_independent = [](const TraceFacts& facts) { return facts.serial.at(0).calls.at(2).independent; };
  EXPECT_FALSE(is_independent(merged({page(100, urls("17"))}))) << "one request cannot tell";
  EXPECT_TRUE(is_independent(merged({page(100, urls("17")), page(200, urls("17"))})));
  EXPECT_FALSE(is_independent(merged({page(100, urls("17")), page(200, urls("9041"))})));
}

TEST(MergeTraces, LoopsAreOneWithTheRequestThatHasMost) {
  const auto users = [](int count) {
    std::vector<std::string> urls;
    for (int i = 0; i < count; ++i) {
      urls.push_back("http://s/users/" + std::to_string(100 + i * i * 7));
    }
    return urls;
  };
  const TraceFacts facts = merged({page(100, users(4)), page(200, users(6)), page(300, users(1))});
  ASSERT_EQ(facts.repeated.size(), 1U);
  EXPECT_EQ(facts.repeated[0].count, 6U);
  EXPECT_EQ(facts.repeated[0].requests, 2U);
  EXPECT_EQ(facts.repeated[0].route_requests, 3U);
  EXPECT_TRUE(facts.repeated[0].at.trace.ends_with("a200"));
}

TEST(MergeTraces, AttributesAreCountedOverPartsThatLackNoneToo) {
  Telemetry telemetry;
  telemetry.required.emplace_back().attributes = {"tenant.id"};
  SpanText with = server("d1", "/a");
  with.attributes.emplace_back("tenant.id", "t1");
  SpanText other = with;
  other.trace = "b2";
  const TraceFacts facts =
      merged({{with, other}, {server("d2", "/b"), call("d3", "d2", "http://s", 1, 2)}}, &telemetry);
  ASSERT_EQ(facts.missing.size(), 1U);
  EXPECT_EQ(facts.missing[0].spans, 3U);
  EXPECT_EQ(facts.missing[0].missing, 1U);
  ASSERT_EQ(facts.missing[0].routes.size(), 2U);
  EXPECT_EQ(facts.missing[0].example.route, "/b");
  const TraceFacts same = merged({{with}, {server("d2", "/a")}}, &telemetry);
  ASSERT_EQ(same.missing[0].routes.size(), 1U);
  EXPECT_EQ(same.missing[0].routes[0].spans, 2U);
  EXPECT_EQ(same.missing[0].routes[0].missing, 1U);
}

TEST(MergeTraces, NamesThatBothPartsHaveCountOnce) {
  const auto shards = [](int from, int to) {
    std::vector<SpanText> spans;
    for (int i = from; i < to; ++i) {
      spans.push_back({"b" + std::to_string(i), "", "shard " + std::to_string(i)});
    }
    return spans;
  };
  const TraceFacts same = merged({shards(0, 4), shards(0, 4)});
  ASSERT_EQ(same.names.size(), 1U);
  EXPECT_EQ(same.names[0].names, 4U);
  EXPECT_TRUE(same.names[0].dense);
  const TraceFacts more = merged({shards(0, 4), shards(900, 905)});
  EXPECT_EQ(more.names[0].names, 9U);
  EXPECT_FALSE(more.names[0].dense);
}

TEST(MergeTraces, OrphansAreCountedByService) {
  const TraceFacts facts = merged({{{"b1", "77"}, {"b2", "b1"}}, {{"b3", ""}, {"b4", "99"}}});
  ASSERT_EQ(facts.orphans.size(), 1U);
  EXPECT_EQ(facts.orphans[0].spans, 2U);
  EXPECT_EQ(facts.orphans[0].all, 4U);
}

// Parts that were measured each by itself.

Measured written_and_read(Measured measured) {
  const auto nobody = content_from_string(R"({"measured": {"program": "?"}})");
  const std::string message =
      read_measured("x.json", *nobody).error().message;  // "… of version ? …, and this is 1.2.3"
  measured.program = message.substr(message.rfind(' ') + 1);
  const auto content = content_from_string(write_measured(measured, combine(measured)));
  Expected<Measured> again = read_measured("part", *content);
  EXPECT_TRUE(again.has_value()) << again.error().message << measured.program;
  return again ? std::move(*again) : Measured();
}

Facts judged(const std::vector<std::vector<SpanText>>& parts, std::size_t inputs_of_one) {
  MemoryFileSystem files;
  std::vector<InputSpec> specs;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    std::string text;
    for (const SpanText& span : parts[i]) {
      text += to_line(span);
    }
    specs.emplace_back().path = std::string(1, static_cast<char>('a' + i)) + ".jsonl";
    files.add(specs.back().path, text);
  }
  std::vector<MeasuredPart> measured;
  for (std::size_t i = 0; i < specs.size(); i += inputs_of_one) {
    const auto begin = specs.begin() + static_cast<std::ptrdiff_t>(i);
    MeasureOptions options;
    options.checksums = true;
    Expected<Measured> one = measure_inputs(
        files, {begin, begin + static_cast<std::ptrdiff_t>(std::min(inputs_of_one, specs.size() - i))}, {}, options);
    const Measured again = written_and_read(std::move(*one));
    measured.push_back({"part-" + std::to_string(i) + ".json", again});
  }
  ExpectedAll<Measured> joined = join_measured(std::move(measured));
  EXPECT_TRUE(joined.has_value()) << joined.error().front().message;
  return joined ? combine(std::move(*joined)) : Facts();
}

TEST(MergeTraces, WholeTracesOfTwoMachinesAreAsIfOneHadReadThem) {
  const std::vector<std::string> urls{"http://s/a", "http://s/b", "http://s/c"};
  const std::vector<std::vector<SpanText>> parts{together(page(100, urls), page(200, urls, 9)), page(300, urls, 14)};
  const Facts apart = judged(parts, 1);
  const Facts whole = judged(parts, 2);
  EXPECT_TRUE(apart.notes.empty());
  ASSERT_EQ(apart.samples.size(), whole.samples.size());
  for (std::size_t i = 0; i < apart.samples.size(); ++i) {
    EXPECT_EQ(apart.samples[i].metric, whole.samples[i].metric);
    EXPECT_EQ(apart.samples[i].where, whole.samples[i].where);
    EXPECT_EQ(aggregate(apart.samples[i], Stat::kP95), aggregate(whole.samples[i], Stat::kP95));
  }
  ASSERT_EQ(apart.traces.serial.size(), 1U);
  EXPECT_EQ(apart.traces.serial[0].requests, whole.traces.serial.at(0).requests);
  EXPECT_EQ(apart.traces.serial[0].at.location.file, whole.traces.serial[0].at.location.file);
  EXPECT_EQ(apart.unmeasured.size(), whole.unmeasured.size());
}

TEST(MergeTraces, ServicesOfOneTraceInTwoPartsAreNoOrphansAndSaid) {
  SpanText callee = server("d1", "/stock");
  callee.parent = "c1000";
  callee.service = "stock";
  callee.trace = "a100";
  const std::vector<std::vector<SpanText>> parts{page(100, {"http://stock/stock"}), {callee}};
  const Facts apart = judged(parts, 1);
  EXPECT_TRUE(apart.traces.orphans.empty());
  ASSERT_EQ(apart.notes.size(), 1U);
  EXPECT_THAT(apart.notes[0], HasSubstr("1 trace lies in more than one part"));
  for (const Input& input : apart.inputs) {
    EXPECT_EQ(input.state, InputState::kRead) << input.message;
  }
  EXPECT_EQ(judged(parts, 2).notes.size(), 0U);
}

TEST(MergeTraces, ARequestThatWasCutIsIncomplete) {
  const std::vector<SpanText> spans = page(100, {"http://s/a", "http://s/b"});
  const std::vector<std::vector<SpanText>> parts{{spans[1]}, {spans[0], spans[2]}};
  const Facts apart = judged(parts, 1);
  const auto cut = std::find_if(apart.inputs.begin(), apart.inputs.end(),
                                [](const Input& input) { return input.state == InputState::kIncomplete; });
  ASSERT_NE(cut, apart.inputs.end());
  EXPECT_EQ(cut->path, "b.jsonl");
  EXPECT_THAT(cut->message, HasSubstr("1 request has spans in another part too"));
  for (const Input& input : judged(parts, 2).inputs) {
    EXPECT_EQ(input.state, InputState::kRead) << input.message;
  }
}

TEST(SeenTraces, ManyAreASampleAndBothEnds) {
  std::vector<SpanText> spans;
  for (int i = 0; i < 5'000; ++i) {
    spans.push_back({"b1", i % 2 == 0 ? "77" : ""});
    spans.back().trace = "a" + std::to_string(i);
  }
  const SeenTraces all = read_spans(spans).facts.traces.seen;
  EXPECT_EQ(all.sample.size(), SeenTraces::kMost);
  EXPECT_EQ(all.ends.size(), SeenTraces::kMost);
  EXPECT_EQ(all.torn.size(), SeenTraces::kMost);
  const std::vector<SpanText> last(spans.end() - 1'000, spans.end());
  const SeenTraces some = read_spans(last).facts.traces.seen;
  EXPECT_GT(shared_traces(all, some), 200U);
  EXPECT_EQ(torn_requests(all, some), 1'000U - 500U);
  EXPECT_EQ(shared_traces(all, read_spans({{"b1", ""}}).facts.traces.seen), 0U);
}

}  // namespace
}  // namespace budgetcheck
