#pragma once

#include <cstdint>

namespace budgetcheck {

/// nginx' limit_req for one key, as ngx_http_limit_req_module computes it: in thousandths of a request and whole
/// milliseconds.
class LeakyBucket {
 public:
  /// Whether the request passes. `rate` in thousandths of a request a second, `burst` in requests. A clock that goes
  /// back a little stands still; one that goes back more than a minute was set anew.
  bool take(std::int64_t now_ms, std::int64_t rate, std::int64_t burst) {
    constexpr std::int64_t kRequest = 1000;
    constexpr std::int64_t kMinute = 60'000;
    if (!began_) {
      began_ = true;
      last_ms_ = now_ms;
      excess_ = 0;
      return true;
    }
    std::int64_t ms = now_ms - last_ms_;
    ms = ms < -kMinute ? 1 : ms < 0 ? 0 : ms;
    const std::int64_t excess = left(ms, rate) + kRequest;
    const std::int64_t now = excess < 0 ? 0 : excess;
    if (now > burst * kRequest) {
      return false;
    }
    excess_ = now;
    if (ms != 0) {
      last_ms_ = now_ms;
    }
    return true;
  }

  /// A new bucket would decide the same.
  bool is_empty(std::int64_t now_ms, std::int64_t rate) const {
    return !began_ || left(now_ms > last_ms_ ? now_ms - last_ms_ : 0, rate) <= -1000;
  }

 private:
  /// What is in it after so long, before a request comes; may be negative.
  std::int64_t left(std::int64_t ms, std::int64_t rate) const {
    constexpr std::int64_t kLong = 1'000'000'000'000;  // years; the product must stay small
    const std::int64_t leaked = ms > kLong / (rate + 1) ? kLong : rate * ms / 1000;
    return excess_ - leaked;
  }

  std::int64_t excess_ = 0;
  std::int64_t last_ms_ = 0;
  bool began_ = false;
};

}  // namespace budgetcheck
