#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "judge/limits/leaky_bucket.h"
#include "model/load/rate_limits.h"

namespace budgetcheck {

/// Requests and how many of them would have been limited. Where times are known to the second only, `most` is if those
/// of a second came at once and `limited` if they came evenly; else both are the same.
struct LimitedCount {
  std::uint64_t requests = 0;
  std::uint64_t limited = 0;
  std::uint64_t most = 0;
};

struct ReplayedPlan {
  std::string name;
  std::string limit;  ///< "5/s, burst 10"
  LimitedCount count;
  std::uint64_t keys = 0;
  std::uint64_t keys_limited = 0;
};

/// One customer. The key itself is nowhere kept: the line says which it is to whoever has the log.
struct ReplayedKey {
  std::string plan;
  LimitedCount count;
  std::string file;
  std::uint64_t line = 0;  ///< of the first request that was limited
};

struct ReplayResult {
  std::vector<ReplayedPlan> plans;             ///< in the order of the budgets file
  std::map<std::int64_t, LimitedCount> hours;  ///< by hours since 1970, of those with limited requests
  std::vector<ReplayedKey> worst;              ///< most limited first
  std::uint64_t requests = 0;
  std::uint64_t without_key = 0;
  std::uint64_t of_no_plan = 0;
  std::uint64_t without_time = 0;
  std::uint64_t not_followed = 0;  ///< there were too many customers at once
  std::uint64_t answered_429 = 0;  ///< by what wrote the log
  std::uint64_t clock_back = 0;    ///< times that the clock went back more than a minute
  bool whole_seconds = false;      ///< times are known no better
  std::int64_t first_ms = 0;
  std::int64_t last_ms = 0;
};

/// Replays requests through the plans as nginx would limit them. Memory is bounded: at most kMaxKeys customers are
/// followed at a time, and one whose bucket is empty is forgotten for a new one.
class LimitReplay {
 public:
  static constexpr std::size_t kMaxKeys = 200'000;
  static constexpr std::size_t kMostHours = 100'000;

  explicit LimitReplay(const RateLimits& limits, std::size_t max_keys = kMaxKeys);

  struct Request {
    double at_ms = -1;
    bool whole_seconds = false;
    std::string_view key;
    std::string_view plan;
    int status = 0;
    std::string_view file;
    std::uint64_t line = 0;
  };
  /// In the order of the log.
  void take(const Request& request);
  ReplayResult finish();

 private:
  struct Customer {
    std::size_t plan = 0;
    LeakyBucket even;
    LeakyBucket at_once;
    std::int64_t second = 0;    ///< of the requests that wait for the others of their second
    std::uint32_t waiting = 0;  ///< so many
    LimitedCount count;
    std::uint32_t file = 0;
    std::uint64_t first_line = 0;
    std::uint64_t waiting_line = 0;
  };
  struct Rate {
    std::int64_t thousandths = 0;
    std::int64_t burst = 0;
  };

  /// The number of the request's plan, or how many there are.
  std::size_t plan_of(const Request& request) const;
  Customer* customer_of(const Request& request, std::size_t plan, std::int64_t now);
  void forget_idle(std::int64_t now);
  void close(const Customer& customer);
  /// Decides on the requests that wait, spread over their second.
  void flush(Customer& customer);
  void count_limited(Customer& customer, std::int64_t at_ms, std::uint64_t limited, std::uint64_t most,
                     std::uint64_t line);

  const RateLimits& limits_;
  std::size_t max_keys_;
  std::vector<Rate> rates_;
  std::unordered_map<std::uint64_t, Customer> customers_;
  std::vector<std::string> files_;
  std::int64_t swept_ms_ = INT64_MIN;
  ReplayResult out_;
};

}  // namespace budgetcheck
