#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "collect/format.h"
#include "model/facts.h"

// What any load tool says of a run, before it becomes samples. Readers fill it, and add_load_result() makes the samples
// of all tools in one way.
namespace budgetcheck {

/// Durations in milliseconds.
using LoadDurations = std::variant<KnownQuantiles, Distribution>;

/// The whole run, or the requests of one route or of one stage of the load.
struct LoadPart {
  std::string route;  ///< "GET /events", as the file names it
  std::string stage;  ///< "2", "steady", as the script names it; with neither it is the whole run
  bool is_whole() const { return route.empty() && stage.empty(); }
  std::optional<std::uint64_t> requests;
  /// Of these: answered with an error (status 400 and above, or what the tool calls failed) or not answered.
  std::optional<std::uint64_t> failed;
  /// Requests that were sent, are not among `requests`, and cannot all have been on their way when the run ended.
  std::uint64_t lost = 0;
  std::optional<double> seconds;     ///< over which the requests were made
  std::optional<double> throughput;  ///< successes per second, where the file tells it without the time
  /// Of the successes alone: what budgets are on that name no status.
  std::optional<LoadDurations> success_durations;
  std::optional<LoadDurations> durations;  ///< of all requests or all answers, failed ones among them
  /// Why there are no durations ("wrk writes none without --latency"), and what to do about it.
  std::string no_durations;
  std::string no_durations_hint;
};

struct LoadCheck {
  std::string name;
  std::uint64_t passed = 0;
  std::uint64_t failed = 0;
};

struct LoadResult {
  std::string tool;  ///< "autocannon", "k6"
  /// How the load was made, as far as the file tells: "8 connections", "80 requests/s". Runs of different loads are not
  /// compared with each other.
  std::string shape;
  std::vector<LoadPart> parts;  ///< the whole run first, if the file tells of it
  std::vector<LoadCheck> checks;
};

/// Appends the samples load.*, with the label `test` (the input's setting, else the file's name without its last
/// extension) and the reasons for what is missing. A run without requests makes the input incomplete. No sample of a
/// duration comes of a part in which nothing succeeded.
void add_load_result(const Source& source, LoadResult result, Input& input, Facts& facts);

}  // namespace budgetcheck
