// What a request's repeats are, beyond how often they ran.
#include <gtest/gtest.h>

#include <functional>
#include <sstream>
#include <string>
#include <vector>

#include "collect/query_log/tracker.h"

namespace budgetcheck {
namespace {

/// Runs "P Aa:1 Ab:2 w:7 …" in one request: a capital reads the table of that letter, a small one writes it; a second
/// letter is another statement on that table, and what follows ":" the key that it looks by ("@" a list of that one
/// key). "claim" claims a row of w, "commit" is itself, "~" is a pause.
class Request {
 public:
  explicit Request(const std::string& statements) {
    std::istringstream in(statements);
    for (std::string word; in >> word;) {
      run(word);
    }
    tracker_.finish();
  }

  const Repeat* repeat(const std::string& name) const {
    for (const QueryTracker::Found& found : tracker_.found()) {
      if (names_.at(found.repeat.shape) == name) {
        return &found.repeat;
      }
    }
    return nullptr;
  }

  std::string names(const std::vector<std::uint32_t>& shapes) const {
    std::string all;
    for (const std::uint32_t shape : shapes) {
      all += (all.empty() ? "" : " ") + names_.at(shape);
    }
    return all;
  }

  std::string turn(const std::string& name) const { return names(repeat(name)->turn); }
  std::string call(const std::string& name) const {
    const std::uint32_t call = repeat(name)->call;
    return call == Repeat::kNoShape ? "" : names_.at(call);
  }

 private:
  void run(const std::string& word) {
    at_ += word == "~" ? 100 : 1;
    if (word == "~") {
      return;
    }
    if (word == "commit") {
      tracker_.control(1, Control::kCommit);
      return;
    }
    const std::string name = word.substr(0, word.find_first_of(":@="));
    const auto known = std::find(names_.begin(), names_.end(), name);
    Execution execution;
    execution.shape = static_cast<std::uint32_t>(known - names_.begin());
    if (known == names_.end()) {
      names_.push_back(name);
    }
    execution.claims = name == "claim";
    execution.verb = name[0] >= 'a' && !execution.claims ? Verb::kUpdate : Verb::kSelect;
    execution.has_table = true;
    execution.table = static_cast<std::uint64_t>(execution.claims ? 'w' : name[0] | 0x20);
    execution.key_column = word.find(':') == std::string::npos ? 0 : 7;
    execution.ms = 0.5;
    execution.at_ms = at_;
    ParamHashes& params = execution.params;
    params.known = true;
    params.list_size = word.find('@') == std::string::npos ? 0 : 1;
    params.keys = std::hash<std::string>()(word.substr(0, word.find('=')));
    params.all = params.unpaged = params.rest = std::hash<std::string>()(word);
    tracker_.execute(1, "r1", execution);
  }

  QueryTracker tracker_;
  std::vector<std::string> names_;
  double at_ = 1000;
};

TEST(TrackerRepeats, ALoopOfSeveralShapesIsOne) {
  const Request request("P A:1 Ab:2 Ac:3 A:4 Ab:5 Ac:6");
  const Repeat* repeat = request.repeat("A");
  ASSERT_NE(repeat, nullptr);
  EXPECT_EQ(repeat->count, 6U);
  EXPECT_EQ(repeat->distinct_params, 6U);
  EXPECT_TRUE(repeat->loop);
  EXPECT_EQ(request.names(repeat->variants), "Ab Ac");
  EXPECT_EQ(request.repeat("Ac")->count, 2U) << "told once";
}

TEST(TrackerRepeats, ShapesThatDoNotTakeTurnsAreNotOneLoop) {
  EXPECT_EQ(Request("P A:1 A:2 Ab:3 Ab:4").repeat("A")->count, 2U) << "one after the other";
  EXPECT_EQ(Request("P A:1 Ab:2 A:3 B:9").repeat("A")->count, 2U) << "the other ran once: a step of its own";
  EXPECT_EQ(Request("P A:1 B:1 A:2 B:2").repeat("A")->count, 2U) << "another table";
  EXPECT_EQ(Request("P A Ab A=2 Ab=2").repeat("A")->count, 2U) << "by no column";
  EXPECT_EQ(Request("P A:1 Ab:2 A:1 Ab:2").repeat("A")->count, 2U) << "the same rows again";
}

TEST(TrackerRepeats, ATurnIsWhatRunsAsOftenAndInTurns) {
  EXPECT_EQ(Request("P A:1 B:1 w:1 A:2 B:2 w:2 A:3 B:3 w:3").repeat("w")->turn.size(), 3U);
  EXPECT_EQ(Request("P A:1 B:1 w:1 A:2 B:2 w:2 A:3 B:3 w:3").turn("B"), "A B w");
  EXPECT_EQ(Request("P A:1 A:2 A:3 B:1 B:2 B:3").turn("B"), "") << "one loop after the other";
}

TEST(TrackerRepeats, TheRowsOfARelationArePartOfTheCall) {
  EXPECT_EQ(Request("P A:1 B@1 A:2 B@2 A:3 B@3").call("B"), "A");
  EXPECT_EQ(Request("P A:1 B:1 A:2 B:2 A:3 B:3").call("B"), "") << "not a list of keys";
  EXPECT_EQ(Request("P A:1 b@1 A:2 b@2 A:3 b@3").call("b"), "") << "one row of VALUES is no relation";
  EXPECT_EQ(Request("P A:1 X:1 B@1 A:2 Y:1 B@2 A:3 Z:1 B@3").call("B"), "") << "not right behind it";
}

TEST(TrackerRepeats, WritesOfOneRowAreSeen) {
  EXPECT_TRUE(Request("w:7=10% w:7=50% w:7=90%").repeat("w")->same_row);
  EXPECT_FALSE(Request("w:7=10% w:7=50% w:8=90%").repeat("w")->same_row);
}

TEST(TrackerRepeats, ClaimsInTransactionsOfTheirOwnAreSeen) {
  EXPECT_TRUE(Request("claim w:1 commit claim w:2 commit claim w:3 commit").repeat("w")->claims);
  EXPECT_TRUE(Request("claim w:1 claim w:2 claim w:3").repeat("w")->claims) << "the log has no COMMIT";
  EXPECT_FALSE(Request("claim w:1 claim w:2 claim w:3 commit").repeat("w")->claims) << "one transaction holds all";
  EXPECT_FALSE(Request("claim w:1 w:2 w:3 commit").repeat("w")->claims) << "one claim for many rows";
}

TEST(TrackerRepeats, PausesBeforeMostExecutionsAreSeen) {
  EXPECT_TRUE(Request("P w:1 ~ A:2 w:2 ~ w:3 ~ w:4").repeat("w")->waits);
  EXPECT_FALSE(Request("P w:1 w:2 ~ w:3 w:4").repeat("w")->waits);
}

TEST(TrackerRepeats, RequestsOfARouteAndThoseWithAShortLoopAreCounted) {
  QueryTracker tracker;
  for (std::uint64_t request = 0; request < 4; ++request) {
    Execution execution;
    execution.params.known = true;
    for (std::uint64_t i = 0; i < (request == 3 ? 2 : 3 + request); ++i) {
      execution.params.all = execution.params.keys = 1 + i;
      tracker.execute(request, "r", execution);
    }
  }
  tracker.finish();
  ASSERT_EQ(tracker.found().size(), 1U);
  EXPECT_EQ(tracker.found()[0].repeat.requests, 4U);
  EXPECT_EQ(tracker.found()[0].repeat.recurring, 3U);
  EXPECT_EQ(tracker.found()[0].repeat.count, 5U);
  EXPECT_EQ(tracker.requests_of(0), 4U);
  EXPECT_EQ(tracker.requests_of(1), 0U);
}

}  // namespace
}  // namespace budgetcheck
