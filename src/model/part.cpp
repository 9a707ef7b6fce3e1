#include "model/part.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <tuple>
#include <utility>

namespace budgetcheck {
namespace {

auto group_of(const Part& part) { return std::tie(part.metric, part.where, part.kind); }

bool is_bigger(const Part& a, const Part& b) { return a.size != b.size ? a.size > b.size : a.name < b.name; }

/// Calls `use` with each group of equal metric, place and kind; `parts` is put into that order.
template <class Use>
void each_group(std::vector<Part> parts, const Use& use) {
  std::stable_sort(parts.begin(), parts.end(), [](const Part& a, const Part& b) { return group_of(a) < group_of(b); });
  for (auto begin = parts.begin(); begin != parts.end();) {
    const auto end = std::find_if(begin, parts.end(), [&](const Part& p) { return group_of(p) != group_of(*begin); });
    use(std::vector<Part>(std::make_move_iterator(begin), std::make_move_iterator(end)));
    begin = end;
  }
}

}  // namespace

std::string_view to_string(Cause::Change change) {
  switch (change) {
    case Cause::Change::kNew:
      return "new";
    case Cause::Change::kGone:
      return "gone";
    case Cause::Change::kBigger:
      return "bigger";
    case Cause::Change::kSmaller:
      return "smaller";
  }
  return "new";
}

std::string bundled_kind(std::string_view kind) { return "bundled " + std::string(kind); }
bool is_package_kind(std::string_view kind) { return kind == "package" || kind == "bundled package"; }
bool is_module_kind(std::string_view kind) { return kind == "module" || kind == "bundled module"; }

std::string rest_name(std::string_view kind) {
  if (kind == "query") {
    return "other statements";
  }
  return "other " + std::string(kind) + "s";
}

bool is_rest(const Part& part) { return part.name == rest_name(part.kind); }

void keep_biggest(std::vector<Part>& parts, std::size_t most) {
  Part rest;
  bool any_rest = false;
  const auto add_to_rest = [&](const Part& part) {
    if (!any_rest) {
      rest = {part.metric, part.where, part.kind, rest_name(part.kind), part.unit, 0, {}};
      any_rest = true;
    }
    rest.size += part.size;
  };
  for (const Part& part : parts) {
    if (is_rest(part)) {
      add_to_rest(part);
    }
  }
  parts.erase(std::remove_if(parts.begin(), parts.end(), is_rest), parts.end());
  std::sort(parts.begin(), parts.end(), is_bigger);
  for (std::size_t i = most; i < parts.size(); ++i) {
    add_to_rest(parts[i]);
  }
  parts.resize(std::min(parts.size(), most));
  if (any_rest) {
    parts.push_back(std::move(rest));
  }
}

std::vector<Part> parts_for_record(const std::vector<Part>& parts) {
  const auto allowance = [](const Part& part) { return is_package_kind(part.kind) ? kRecordPackages : kRecordOthers; };
  std::size_t wanted = 0;
  each_group(parts,
             [&](const std::vector<Part>& group) { wanted += std::min(group.size(), allowance(group.front())); });
  const double share = wanted <= kRecordParts ? 1 : static_cast<double>(kRecordParts) / static_cast<double>(wanted);
  std::vector<Part> kept;
  each_group(parts, [&](std::vector<Part> group) {
    const double most = std::ceil(static_cast<double>(allowance(group.front())) * share);
    keep_biggest(group, static_cast<std::size_t>(most));
    for (Part& part : group) {
      part.size = std::round(part.size);
      part.importers.clear();
    }
    std::move(group.begin(), group.end(), std::back_inserter(kept));
  });
  // One name of many places stands together: records are stored compressed.
  std::sort(kept.begin(), kept.end(), [](const Part& a, const Part& b) {
    return std::tie(a.metric, a.kind, a.name, a.where) < std::tie(b.metric, b.kind, b.name, b.where);
  });
  return kept;
}

void merge_parts(std::vector<Part>& parts) {
  std::map<std::tuple<std::string, Labels, std::string, std::string>, std::size_t> known;
  std::vector<Part> merged;
  for (Part& part : parts) {
    const auto [at, is_new] = known.try_emplace({part.metric, part.where, part.kind, part.name}, merged.size());
    if (is_new) {
      merged.push_back(std::move(part));
    } else if (merged[at->second].size < part.size) {
      merged[at->second] = std::move(part);
    }
  }
  parts = std::move(merged);
}

}  // namespace budgetcheck
