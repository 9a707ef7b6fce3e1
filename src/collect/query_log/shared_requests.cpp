#include "collect/query_log/shared_requests.h"

#include <algorithm>
#include <unordered_map>

namespace budgetcheck {
namespace {

/// Longer pauses within one request are rarer than a number that is given again.
constexpr double kLongestPauseMs = 10'000;

/// `before` was over, and shortly after it `after` began.
bool follows(const QueryLog::Span& before, const QueryLog::Span& after) {
  return before.last_ms >= 0 && after.first_ms >= before.last_ms && after.first_ms - before.last_ms <= kLongestPauseMs;
}

struct Other {
  const QueryLog::OpenRequest* request = nullptr;
  std::size_t log = 0;
};

struct Continued {
  std::uint64_t here = 0;   ///< requests that seem to begin there and to end here
  std::uint64_t there = 0;  ///< the other way round
};

}  // namespace

SharedRequests find_shared(const std::vector<QueryLog>& before, const QueryLog& log) {
  std::unordered_map<std::uint64_t, Other> others;
  for (std::size_t i = 0; i < before.size(); ++i) {
    for (const QueryLog::OpenRequest& request : before[i].open_requests) {
      others.emplace(request.key, Other{&request, i});
    }
  }
  SharedRequests found;
  std::vector<Continued> continued(before.size());
  for (const QueryLog::OpenRequest& request : log.past_requests) {
    const auto at = others.find(request.key);
    if (at == others.end()) {
      continue;
    }
    const auto [there, number] = at->second;
    ++found.shared;
    found.other = found.other.empty() ? before[number].input : found.other;
    continued[number].here += !there->ended && follows(there->span, request.span) ? 1U : 0U;
    continued[number].there += !request.ended && follows(request.span, there->span) ? 1U : 0U;
    others.erase(at);
  }
  found.at_least = log.past_dropped;
  for (std::size_t i = 0; i < before.size(); ++i) {
    const std::uint64_t split = follows(before[i].span, log.span)   ? continued[i].here
                                : follows(log.span, before[i].span) ? continued[i].there
                                                                    : 0;
    if (split > 0 && found.split == 0) {
      found.other = before[i].input;
    }
    found.split += split;
  }
  return found;
}

void PastRequests::widen(QueryLog::Span& span, double at_ms) {
  if (at_ms >= 0) {
    span.first_ms = span.first_ms < 0 ? at_ms : std::min(span.first_ms, at_ms);
    span.last_ms = std::max(span.last_ms, at_ms);
  }
}

void PastRequests::still_open(const QueryLog::OpenRequest& request, bool traced) {
  if (!traced) {
    open_.push_back(request);
  }
}

void PastRequests::closed(const QueryLog::OpenRequest& request, bool traced) {
  if (traced) {
    return;
  }
  past_.push_back(request);
  if (past_.size() >= most_) {
    keep_ends();
  }
}

/// A request that was cut begins or ends near one end of the log. Until the log has ended its last end is not known:
/// what is near the present one is kept.
void PastRequests::keep_ends() {
  dropped_ = true;
  std::erase_if(past_, [&](const QueryLog::OpenRequest& request) {
    return request.span.first_ms < 0 || (request.span.first_ms > span_.first_ms + kLongestPauseMs &&
                                         request.span.last_ms < span_.last_ms - kLongestPauseMs);
  });
  constexpr std::size_t kMostGrowth = 8;
  most_ = std::max(kMost, 2 * past_.size());
  if (past_.size() >= kMostGrowth * kMost) {
    past_.resize(kMost);
    most_ = kMost * 2;
  }
}

void PastRequests::append_to(QueryLog& log) {
  if (dropped_) {
    keep_ends();
  }
  log.span = span_;
  log.open_requests = std::move(open_);
  log.past_requests = std::move(past_);
  log.past_dropped = dropped_;
}

}  // namespace budgetcheck
