#pragma once

#include <cstdint>
#include <string_view>

namespace budgetcheck {

/// What points of k6 are of, as far as they are read.
enum class K6Metric : std::uint8_t { kOther, kRequests, kFailed, kDuration, kChecks, kUsers };

K6Metric k6_metric(std::string_view name);

/// One point: a value, when it was taken (of a request: when it ended), and the tags that are read. Texts are views
/// into the line, and empty where a tag is missing.
struct K6Point {
  K6Metric metric = K6Metric::kOther;
  double value = 0;
  double at_ms = -1;  ///< since 1970; negative: not known
  std::string_view method;
  std::string_view name;  ///< the script's name of the request, else its URL
  std::string_view check;
  std::string_view expected;  ///< "true", "false"
  std::string_view status;    ///< "200"; "0" or nothing: no answer
  std::string_view stage;     ///< of the load, where the script tags its requests with it: "1", "steady"
  bool escaped = false;       ///< texts may hold escapes of JSON
};

}  // namespace budgetcheck
