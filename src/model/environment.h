#pragma once

#include <map>
#include <string>
#include <vector>

namespace budgetcheck {

/// What is known of the machine and the tools that measured; noisy metrics are compared only between equal ones.
struct Environment {
  /// Names the kind of machine; empty: not known. From stable texts only, never from a measured frequency.
  std::string key;
  /// Base and head were measured in one job, taking turns.
  bool paired = false;
  /// Lighthouse's measure of the processor's speed, one for each run.
  std::vector<double> benchmark_index;
  /// Versions and settings that change what a number means: {"lighthouse": "12", "browser": "131",
  /// "throttling mobile": "simulate, CPU 4x", "gzip": "zlib 9", "brotli": "11"}.
  std::map<std::string, std::string> parts;

  bool empty() const { return key.empty() && !paired && benchmark_index.empty() && parts.empty(); }
  bool operator==(const Environment&) const = default;
};

/// Adds what another input says. Parts and keys that contradict each other become "a or b", which matches nothing else.
/// Runs are appended.
void add_environment(Environment& to, const Environment& more);

}  // namespace budgetcheck
