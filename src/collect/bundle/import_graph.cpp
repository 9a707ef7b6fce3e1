#include "collect/bundle/import_graph.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace budgetcheck {

std::size_t BundleGraph::add() {
  first.emplace_back();
  later.emplace_back();
  return first.size() - 1;
}

std::vector<std::size_t> loaded_first(BundleGraph& graph, const std::vector<std::size_t>& from) {
  std::vector<bool> seen(graph.first.size());
  std::vector<std::size_t> found;
  const auto meet = [&](std::size_t node) {
    if (!seen[node]) {
      seen[node] = true;
      found.push_back(node);
    }
  };
  std::for_each(from.begin(), from.end(), meet);
  graph.steps += seen.size() / 64;
  for (std::size_t i = 0; i < found.size() && !graph.too_many(); ++i) {
    const std::vector<std::size_t>& next = graph.first[found[i]];
    graph.steps += 1 + next.size();
    std::for_each(next.begin(), next.end(), meet);
  }
  return found;
}

std::vector<std::size_t> loaded_later(BundleGraph& graph, const std::vector<std::size_t>& first) {
  std::vector<bool> seen(graph.first.size());
  std::vector<std::size_t> found = first;
  for (const std::size_t node : first) {
    seen[node] = true;
  }
  graph.steps += seen.size() / 64;
  for (std::size_t i = 0; i < found.size() && !graph.too_many(); ++i) {
    graph.steps += 1 + graph.first[found[i]].size() + graph.later[found[i]].size();
    for (const auto* edges : {&graph.first[found[i]], &graph.later[found[i]]}) {
      for (const std::size_t node : *edges) {
        if (!seen[node]) {
          seen[node] = true;
          found.push_back(node);
        }
      }
    }
  }
  found.erase(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(first.size()));
  return found;
}

std::optional<double> whole_bytes(const json::Value* value) {
  constexpr double kLargest = 9007199254740992.0;
  const double* number = value == nullptr ? nullptr : value->number();
  if (number == nullptr || *number < 0 || *number > kLargest || *number != std::floor(*number)) {
    return std::nullopt;
  }
  return *number;
}

std::string module_name(std::string_view id, bool rooted) {
  if (rooted && id.starts_with("/")) {
    id.remove_prefix(1);
  }
  const std::size_t colon = id.find(':');
  const bool drive = colon == 1 && id.size() > 2 && (id[2] == '/' || id[2] == '\\');
  const bool namespaced =
      colon != std::string_view::npos && !drive && id.substr(0, colon).find('/') == std::string_view::npos;
  if (id.empty() || id[0] == '\0' || id[0] == '<' || id[0] == '(' || namespaced) {
    return "(" + std::string(id) + ")";
  }
  return drive || id[0] == '/' || id.starts_with("./") || id.starts_with("../") ? std::string(id)
                                                                                : "./" + std::string(id);
}

}  // namespace budgetcheck
