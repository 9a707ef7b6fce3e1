#include "judge/change/unnamed_files.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace budgetcheck {
namespace {

constexpr double kMostTimes = 2;
/// Pairs of sizes to look at, of one name.
constexpr std::size_t kMostPairs = 250'000;

/// "chunk-[hash].js" of "chunk-[hash:2].js".
std::string without_number(std::string_view name) {
  constexpr std::string_view kMark = "[hash:";
  const std::size_t at = name.rfind(kMark);
  if (at == std::string_view::npos) {
    return std::string(name);
  }
  const std::size_t digits = at + kMark.size();
  const std::size_t end = name.find_first_not_of("0123456789", digits);
  if (end == digits || end == std::string_view::npos || name[end] != ']') {
    return std::string(name);
  }
  return std::string(name.substr(0, at)) + "[hash]" + std::string(name.substr(end + 1));
}

using Files = std::vector<std::pair<std::string, const Part*>>;

std::map<std::string, Files> by_name(const NamedParts& parts) {
  std::map<std::string, Files> groups;
  for (const auto& [key, part] : parts) {
    if (key.find("[hash") != std::string::npos) {
      groups[without_number(key)].emplace_back(key, part);
    }
  }
  return groups;
}

struct Pair {
  std::size_t base;
  std::size_t head;
  double difference;
};

std::vector<Pair> near_pairs(const Files& base, const Files& head) {
  std::vector<Pair> pairs;
  for (std::size_t b = 0; b < base.size(); ++b) {
    for (std::size_t h = 0; h < head.size(); ++h) {
      const auto [small, big] = std::minmax(base[b].second->size, head[h].second->size);
      if (big <= small * kMostTimes) {
        pairs.push_back({b, h, big - small});
      }
    }
  }
  std::stable_sort(pairs.begin(), pairs.end(),
                   [](const Pair& a, const Pair& b) { return a.difference < b.difference; });
  return pairs;
}

void pair_files(const Files& base, const Files& head, NamedParts& all_base, NamedParts& all_head) {
  if (base.size() * head.size() > kMostPairs) {
    return;
  }
  std::vector<bool> base_taken(base.size());
  std::vector<bool> head_taken(head.size());
  for (const auto& [key, part] : base) {
    all_base.erase(key);
  }
  for (const auto& [key, part] : head) {
    all_head.erase(key);
  }
  for (const Pair& pair : near_pairs(base, head)) {
    if (!base_taken[pair.base] && !head_taken[pair.head]) {
      base_taken[pair.base] = head_taken[pair.head] = true;
      all_base.emplace(base[pair.base].first, base[pair.base].second);
      all_head.emplace(base[pair.base].first, head[pair.head].second);
    }
  }
  for (std::size_t i = 0; i < base.size(); ++i) {
    if (!base_taken[i]) {
      all_base.emplace(base[i].first + " (gone)", base[i].second);
    }
  }
  for (std::size_t i = 0; i < head.size(); ++i) {
    if (!head_taken[i]) {
      all_head.emplace(head[i].first + " (new)", head[i].second);
    }
  }
}

}  // namespace

void pair_unnamed_files(NamedParts& base, NamedParts& head) {
  const std::map<std::string, Files> before = by_name(base);
  for (const auto& [name, files] : by_name(head)) {
    const auto found = before.find(name);
    if (found != before.end() && (files.size() > 1 || found->second.size() > 1)) {
      pair_files(found->second, files, base, head);
    }
  }
}

}  // namespace budgetcheck
