#include "collect/bundle/bundlers/chunk_graph.h"

#include <algorithm>
#include <unordered_set>

namespace budgetcheck {
namespace {

/// Far beyond any build; following more would take long.
constexpr std::size_t kMaxRelations = 2'000'000;

}  // namespace

void ChunkGraph::add(Chunk chunk) {
  relations_ += chunk.children.size() + chunk.parents.size();
  if (relations_ <= kMaxRelations) {
    chunks_.insert_or_assign(chunk.number, std::move(chunk));
  }
}

std::optional<std::vector<std::string>> ChunkGraph::later_files(const std::vector<std::uint32_t>& entry,
                                                                const EntryCounts& counts) const {
  if (entry.empty() || relations_ > kMaxRelations) {
    return std::nullopt;
  }
  std::vector<std::uint32_t> reached = entry;
  std::unordered_set<std::uint32_t> seen(entry.begin(), entry.end());
  for (std::size_t i = 0; i < reached.size(); ++i) {
    const auto found = chunks_.find(reached[i]);
    if (found == chunks_.end() || !found->second.related) {
      return std::nullopt;
    }
    for (const std::uint32_t child : found->second.children) {
      if (seen.insert(child).second) {
        reached.push_back(child);
      }
    }
  }
  std::vector<std::string> files;
  for (std::size_t i = 0; i < reached.size(); ++i) {
    const Chunk& chunk = chunks_.at(reached[i]);
    const auto count = counts.find(chunk.number);
    const bool elsewhere = count != counts.end() && count->second > (i < entry.size() ? 1U : 0U);
    const bool shared = elsewhere || std::any_of(chunk.parents.begin(), chunk.parents.end(),
                                                 [&](std::uint32_t parent) { return !seen.contains(parent); });
    if (shared && !chunk.children.empty()) {
      return std::nullopt;
    }
    if (i >= entry.size()) {
      files.insert(files.end(), chunk.files.begin(), chunk.files.end());
    }
  }
  std::sort(files.begin(), files.end());
  files.erase(std::unique(files.begin(), files.end()), files.end());
  return files;
}

void ChunkGraph::find_later_files(Build& build, const std::unordered_map<std::string, std::size_t>& file_index) const {
  const bool all_listed = build.has_files && build.hidden_files == 0 &&
                          std::all_of(build.entries.begin(), build.entries.end(), [](const BuildEntry& entry) {
                            return entry.hidden == 0 && entry.unwritten == 0 && !entry.files.empty();
                          });
  if (!all_listed || build.entries.empty()) {
    return;
  }
  build.tells_lazy = true;
  EntryCounts counts;
  for (const BuildEntry& entry : build.entries) {
    for (const std::uint32_t chunk : entry.chunks) {
      ++counts[chunk];
    }
  }
  for (BuildEntry& entry : build.entries) {
    entry.lazy.clear();
    const auto later = later_files(entry.chunks, counts);
    if (!later) {
      entry.lazy_reason =
          "the stats do not say what this entry alone loads later: it shares chunks with another, or "
          "'chunkRelations' is off";
      continue;
    }
    for (const std::string& name : *later) {
      const auto found = file_index.find(name);
      if (found != file_index.end() &&
          std::find(entry.files.begin(), entry.files.end(), found->second) == entry.files.end()) {
        entry.lazy.push_back(found->second);
      }
    }
  }
}

}  // namespace budgetcheck
