#include "judge/limits/replay.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/hash.h"

namespace budgetcheck {
namespace {

constexpr std::int64_t kSecond = 1000;
constexpr std::int64_t kHour = 3'600'000;
constexpr std::size_t kMostWorst = 10;

/// As nginx reads it: thousandths of a request a second, cut off.
std::int64_t thousandths_of(const RequestRate& rate) {
  return std::max<std::int64_t>(static_cast<std::int64_t>(rate.per_second() * 1000 + 1e-6), 1);
}

bool is_worse(const ReplayedKey& a, const ReplayedKey& b) {
  return a.count.limited != b.count.limited ? a.count.limited > b.count.limited
         : a.count.most != b.count.most     ? a.count.most > b.count.most
                                            : a.line < b.line;
}

}  // namespace

LimitReplay::LimitReplay(const RateLimits& limits, std::size_t max_keys) : limits_(limits), max_keys_(max_keys) {
  for (const LimitPlan& plan : limits.plans) {
    rates_.push_back({thousandths_of(plan.rate), static_cast<std::int64_t>(plan.burst)});
    out_.plans.push_back({plan.name, fmt::format("{}, burst {}", plan.rate.text, plan.burst), {}, 0, 0});
  }
}

std::size_t LimitReplay::plan_of(const Request& request) const {
  const std::vector<LimitPlan>& plans = limits_.plans;
  for (std::size_t i = 0; i < plans.size(); ++i) {
    if (!limits_.plan.empty()) {
      if (request.plan == plans[i].name) {
        return i;
      }
      continue;
    }
    if (plans.size() == 1 && plans[i].prefixes.empty()) {
      return i;
    }
    if (std::any_of(plans[i].prefixes.begin(), plans[i].prefixes.end(),
                    [&](const std::string& prefix) { return request.key.starts_with(prefix); })) {
      return i;
    }
  }
  return plans.size();
}

void LimitReplay::take(const Request& request) {
  ++out_.requests;
  out_.answered_429 += request.status == 429 ? 1U : 0U;
  constexpr double kMostMs = 1e15;
  if (!(request.at_ms >= 0) || request.at_ms > kMostMs) {
    ++out_.without_time;
    return;
  }
  const auto now = static_cast<std::int64_t>(request.at_ms + 1e-3);  // "1.234" seconds are 1233.9999 ms
  const bool is_first = out_.first_ms == 0 && out_.last_ms == 0;
  out_.clock_back += !is_first && now < out_.last_ms - 60 * kSecond ? 1U : 0U;
  out_.first_ms = is_first ? now : std::min(out_.first_ms, now);
  out_.last_ms = is_first ? now : std::max(out_.last_ms, now);
  out_.whole_seconds = out_.whole_seconds || request.whole_seconds;
  if (request.key.empty()) {
    ++out_.without_key;
    return;
  }
  const std::size_t plan = plan_of(request);
  if (plan == limits_.plans.size()) {
    ++out_.of_no_plan;
    return;
  }
  Customer* customer = customer_of(request, plan, now);
  if (customer == nullptr) {
    ++out_.not_followed;
    return;
  }
  if (files_.empty() || files_.back() != request.file) {
    files_.emplace_back(request.file);
  }
  if (customer->count.limited == 0 && customer->count.most == 0) {
    customer->file = static_cast<std::uint32_t>(files_.size() - 1);
  }
  const Rate& rate = rates_[plan];
  ++customer->count.requests;
  ++out_.plans[plan].count.requests;
  const std::uint64_t refused = customer->at_once.take(now, rate.thousandths, rate.burst) ? 0 : 1;
  if (!request.whole_seconds) {
    flush(*customer);
    const std::uint64_t limited = customer->even.take(now, rate.thousandths, rate.burst) ? 0 : 1;
    count_limited(*customer, now, limited, refused, request.line);
    return;
  }
  count_limited(*customer, now, 0, refused, request.line);
  // A clock that goes back a little stands still.
  const std::int64_t second = now / kSecond;
  if (customer->waiting > 0 && second != customer->second &&
      (second > customer->second || second < customer->second - 60)) {
    flush(*customer);
  }
  if (customer->waiting == 0) {
    customer->second = second;
    customer->waiting_line = request.line;
  }
  ++customer->waiting;
}

void LimitReplay::count_limited(Customer& customer, std::int64_t at_ms, std::uint64_t limited, std::uint64_t most,
                                std::uint64_t line) {
  if (limited == 0 && most == 0) {
    return;
  }
  customer.first_line = customer.first_line == 0 ? line : customer.first_line;
  LimitedCount& plan = out_.plans[customer.plan].count;
  for (LimitedCount* count : {&customer.count, &plan}) {
    count->limited += limited;
    count->most += most;
  }
  const std::int64_t hour = at_ms / kHour;
  if (out_.hours.size() < kMostHours || out_.hours.contains(hour)) {
    LimitedCount& count = out_.hours[hour];
    count.limited += limited;
    count.most += most;
  }
}

void LimitReplay::flush(Customer& customer) {
  const Rate& rate = rates_[customer.plan];
  const std::uint32_t count = std::exchange(customer.waiting, 0U);
  std::uint64_t limited = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    const double share = (static_cast<double>(i) + 0.5) / count;
    const std::int64_t at = customer.second * kSecond + static_cast<std::int64_t>(share * kSecond);
    limited += customer.even.take(at, rate.thousandths, rate.burst) ? 0U : 1U;
  }
  count_limited(customer, customer.second * kSecond, limited, 0, customer.waiting_line);
}

LimitReplay::Customer* LimitReplay::customer_of(const Request& request, std::size_t plan, std::int64_t now) {
  const std::uint64_t key = hash64(request.key) * 31 + plan;
  const auto found = customers_.find(key);
  if (found != customers_.end()) {
    return &found->second;
  }
  // Looking for idle ones takes long, so not at every request of a full table.
  if (customers_.size() >= max_keys_ && now >= swept_ms_ + kSecond) {
    forget_idle(now);
    swept_ms_ = now;
  }
  if (customers_.size() >= max_keys_) {
    return nullptr;
  }
  Customer& made = customers_[key];
  made.plan = plan;
  return &made;
}

void LimitReplay::forget_idle(std::int64_t now) {
  for (auto at = customers_.begin(); at != customers_.end();) {
    Customer& customer = at->second;
    const std::int64_t rate = rates_[customer.plan].thousandths;
    if (customer.waiting > 0 && customer.second < now / kSecond) {
      flush(customer);
    }
    if (customer.waiting == 0 && customer.even.is_empty(now, rate) && customer.at_once.is_empty(now, rate)) {
      close(customer);
      at = customers_.erase(at);
    } else {
      ++at;
    }
  }
}

void LimitReplay::close(const Customer& customer) {
  ReplayedPlan& plan = out_.plans[customer.plan];
  ++plan.keys;
  if (customer.count.limited == 0 && customer.count.most == 0) {
    return;
  }
  ++plan.keys_limited;
  ReplayedKey key{plan.name, customer.count, files_[customer.file], customer.first_line};
  const auto at = std::upper_bound(out_.worst.begin(), out_.worst.end(), key, is_worse);
  out_.worst.insert(at, std::move(key));
  out_.worst.resize(std::min(out_.worst.size(), kMostWorst));
}

ReplayResult LimitReplay::finish() {
  for (auto& [key, customer] : customers_) {
    flush(customer);
    close(customer);
  }
  customers_.clear();
  return std::move(out_);
}

}  // namespace budgetcheck
