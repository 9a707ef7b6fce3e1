#include "collect/bundle/bundlers/chunk_graph.h"

#include <gtest/gtest.h>

#include <numeric>

namespace budgetcheck {
namespace {

/// Chunk n has the one file "n.js".
class ChunkGraphTest : public testing::Test {
 protected:
  void chunk(std::uint32_t number, std::vector<std::uint32_t> children, std::vector<std::uint32_t> parents,
             bool related = true) {
    const std::string file = std::to_string(number) + ".js";
    index_.emplace(file, build_.files.size());
    build_.files.push_back({file, file, "js", 10});
    graph_.add({number, {file}, std::move(children), std::move(parents), related});
  }
  void entry(const std::string& name, const std::vector<std::uint32_t>& chunks) {
    BuildEntry entry;
    entry.name = name;
    entry.chunks = chunks;
    for (const std::uint32_t number : chunks) {
      entry.files.push_back(index_.at(std::to_string(number) + ".js"));
    }
    build_.entries.push_back(entry);
  }
  /// Of the first entry: "3.js 4.js", or "unknown".
  std::string later(std::size_t which = 0) {
    build_.has_files = true;
    graph_.find_later_files(build_, index_);
    const BuildEntry& entry = build_.entries.at(which);
    if (!entry.lazy_reason.empty()) {
      return "unknown";
    }
    return std::accumulate(
        entry.lazy.begin(), entry.lazy.end(), std::string(),
        [&](const std::string& all, std::size_t i) { return all + (all.empty() ? "" : " ") + build_.files[i].name; });
  }

  ChunkGraph graph_;
  Build build_;
  std::unordered_map<std::string, std::size_t> index_;
};

TEST_F(ChunkGraphTest, FollowsWhatComesLaterToTheEnd) {
  chunk(1, {3}, {});
  chunk(3, {4}, {1});
  chunk(4, {3}, {3});
  chunk(5, {}, {});
  entry("main", {1});
  EXPECT_EQ(later(), "3.js 4.js");
  EXPECT_TRUE(build_.tells_lazy);
}

TEST_F(ChunkGraphTest, AChunkOfTheEntryItselfIsNotLater) {
  chunk(1, {2, 3}, {});
  chunk(2, {}, {1});
  chunk(3, {}, {1});
  entry("main", {1, 2});
  EXPECT_EQ(later(), "3.js");
}

TEST_F(ChunkGraphTest, EntriesThatShareNothingThatLoadsMoreAreKnown) {
  chunk(1, {3}, {});
  chunk(2, {4}, {});
  chunk(3, {}, {1});
  chunk(4, {}, {2});
  chunk(9, {}, {});
  entry("main", {1, 9});
  entry("admin", {2, 9});
  EXPECT_EQ(later(0), "3.js");
  EXPECT_EQ(later(1), "4.js");
}

// webpack lists the children of a runtime chunk for both entries together.
TEST_F(ChunkGraphTest, ASharedChunkThatLoadsMoreLeavesItUnknown) {
  chunk(1, {3}, {});
  chunk(2, {}, {});
  chunk(3, {}, {1, 9});
  chunk(9, {3}, {});
  entry("main", {1, 9});
  entry("admin", {2, 9});
  EXPECT_EQ(later(0), "unknown");
  EXPECT_EQ(later(1), "unknown");
}

TEST_F(ChunkGraphTest, ALaterChunkThatAnotherEntryLoadsFirstAndThatLoadsMoreLeavesItUnknown) {
  chunk(1, {3}, {});
  chunk(3, {4}, {1});
  chunk(4, {}, {3});
  entry("main", {1});
  entry("admin", {3});
  EXPECT_EQ(later(0), "unknown");
  EXPECT_EQ(later(1), "unknown");  // chunk 3 has a parent outside
}

TEST_F(ChunkGraphTest, WithoutRelationsNothingIsKnown) {
  chunk(1, {}, {}, false);
  entry("main", {1});
  EXPECT_EQ(later(), "unknown");
}

TEST_F(ChunkGraphTest, WhereFilesAreHiddenNothingIsSaid) {
  chunk(1, {3}, {});
  chunk(3, {}, {1});
  entry("main", {1});
  build_.hidden_files = 1;
  EXPECT_EQ(later(), "");
  EXPECT_FALSE(build_.tells_lazy);
}

}  // namespace
}  // namespace budgetcheck
