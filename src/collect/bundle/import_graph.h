#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json/value.h"

namespace budgetcheck {

/// Which files (or chunks) load which others. Nodes are numbered from 0.
struct BundleGraph {
  std::vector<std::vector<std::size_t>> first;  ///< loaded together with it: static imports, its styles
  std::vector<std::vector<std::size_t>> later;  ///< loaded on demand: dynamic imports

  /// Steps along imports that were taken, and how many there may be: real builds need less than a million.
  std::uint64_t steps = 0;
  static constexpr std::uint64_t kMostSteps = 20'000'000;
  bool too_many() const { return steps > kMostSteps; }

  std::size_t add();  ///< gives the new node's number
};

/// Neither goes on once the graph has taken too many steps.
/// What is loaded together with `from`, in the order in which it is met, `from` first; each once.
std::vector<std::size_t> loaded_first(BundleGraph& graph, const std::vector<std::size_t>& from);
/// What may be loaded later on: all that can be reached, without what is loaded first.
std::vector<std::size_t> loaded_later(BundleGraph& graph, const std::vector<std::size_t>& first);

/// A size or count as a bundler writes it; nothing for what none can be: negative, fractional, beyond 2^53.
std::optional<double> whole_bytes(const json::Value* value);

/// A module's path as package_scan and module_scan read it: "./src/a.js" for "src/a.js", "./src/a.js" for "/src/a.js"
/// with `rooted`. What is no path (a NUL in front, "ns:…", "<runtime>") gives its name in brackets, which is no file.
std::string module_name(std::string_view id, bool rooted);

}  // namespace budgetcheck
