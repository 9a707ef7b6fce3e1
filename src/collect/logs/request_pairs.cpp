#include "collect/logs/request_pairs.h"

#include <algorithm>
#include <utility>

namespace budgetcheck {
namespace {

using Kind = AccessRecord::Kind;

constexpr std::size_t kMaxOpen = 100'000;
constexpr double kStillRunning = 1000;

}  // namespace

void RequestPairs::add(const RequestEvent& event, std::uint32_t line) {
  switch (event.record.kind) {
    case Kind::kNone:
      return;
    case Kind::kMalformed:
      ++counts_.malformed;
      return;
    case Kind::kBegin:
      open(event, line);
      return;
    case Kind::kEnd:
    case Kind::kWhole:
      end(event, line);
      return;
  }
}

void RequestPairs::open(const RequestEvent& event, std::uint32_t line) {
  if (end_waiting(event)) {
    return;
  }
  const auto [at, is_new] = open_.try_emplace(event.key);
  if (!is_new) {
    never_ended(at->second);  // the numbers of a restarted process begin again
  }
  at->second = {*event.route, event.record.at_ms, line, ++serial_};
  order_.emplace_back(event.key, serial_);
  forget_oldest();
}

/// True when the end of this request came before its beginning.
bool RequestPairs::end_waiting(const RequestEvent& event) {
  const auto waiting = waiting_.find(event.key);
  const double at_ms = event.record.at_ms;
  if (waiting == waiting_.end() || at_ms < 0 || at_ms > waiting->second.at_ms) {
    return false;
  }
  const Waiting end = waiting->second;
  waiting_.erase(waiting);
  count(*event.route, end.values, end.line);
  return true;
}

void RequestPairs::wait_for_beginning(const RequestEvent& event, const PayloadValues& values, std::uint32_t line) {
  if (event.record.at_ms < 0 || waiting_.size() >= kMaxOpen) {
    ++counts_.orphans;
    return;
  }
  const auto [at, is_new] = waiting_.insert_or_assign(event.key, Waiting{values, event.record.at_ms, line});
  counts_.orphans += is_new ? 0U : 1U;
}

void RequestPairs::forget_oldest() {
  while (open_.size() > kMaxOpen) {
    const auto [oldest, serial] = order_.front();
    order_.pop_front();
    const auto found = open_.find(oldest);
    if (found != open_.end() && found->second.serial == serial) {
      never_ended(found->second);
      open_.erase(found);
    }
  }
  while (!order_.empty() && order_.size() > 2 * kMaxOpen) {
    const auto found = open_.find(order_.front().first);
    if (found != open_.end() && found->second.serial == order_.front().second) {
      break;
    }
    order_.pop_front();
  }
}

void RequestPairs::end(const RequestEvent& event, std::uint32_t line) {
  const AccessRecord& record = event.record;
  auto begun = event.has_id ? open_.find(event.key) : open_.end();
  if (begun != open_.end() && record.at_ms >= 0 && record.at_ms < begun->second.at_ms) {
    begun = open_.end();  // it began later than this ended: another request of the same number
  }
  const LoggedRoute* route = record.kind == Kind::kWhole ? event.route : nullptr;
  LoggedRoute of_beginning;
  if (route == nullptr && begun != open_.end()) {
    of_beginning = std::move(begun->second.route);
    route = &of_beginning;
  }
  if (begun != open_.end()) {
    open_.erase(begun);
  }
  ++counts_.ends;
  PayloadValues values;
  values.status = record.status;
  values.values = {record.transfer_bytes, record.body_bytes, -1, record.time_ms};
  if (route == nullptr) {
    wait_for_beginning(event, values, line);
    return;
  }
  count(*route, values, line);
}

void RequestPairs::never_ended(const Open& request) {
  ++counts_.unended;
  count(request.route, {}, request.line);
}

void RequestPairs::count(const LoggedRoute& route, const PayloadValues& values, std::uint32_t line) {
  ++counts_.requests;
  if (!route.counts) {
    ++counts_.static_files;
    return;
  }
  if (route.inferred && inferred_.empty()) {
    inferred_ = route.name;
  }
  place_.line = line;
  counts_.left_out += routes_.add(route.name, route.given, values, place_) ? 0U : 1U;
}

void RequestPairs::finish(double last_ms) {
  counts_.orphans += waiting_.size();
  waiting_.clear();
  for (const auto& [key, request] : open_) {
    const bool may_run = request.at_ms < 0 || last_ms - request.at_ms <= kStillRunning;
    if (may_run) {
      ++counts_.running;
    } else {
      never_ended(request);
    }
  }
  open_.clear();
  routes_.settle();
}

}  // namespace budgetcheck
