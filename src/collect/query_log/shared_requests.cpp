#include "collect/query_log/shared_requests.h"

#include <algorithm>

namespace budgetcheck {
namespace {

/// Longer pauses within one request are rarer than a number that is given again.
constexpr double kLongestPauseMs = 10'000;

/// `before` was over, and shortly after it `after` began.
bool follows(const QueryLog::Span& before, const QueryLog::Span& after) {
  return before.last_ms >= 0 && after.first_ms >= before.last_ms && after.first_ms - before.last_ms <= kLongestPauseMs;
}

}  // namespace

void SharedRequests::compare_with(const std::vector<QueryLog>& logs) {
  for (const QueryLog& log : logs) {
    for (const QueryLog::OpenRequest& request : log.open_requests) {
      others_.emplace(request.key, Other{request, logs_.size()});
    }
    logs_.push_back({log.input, log.span});
  }
}

void SharedRequests::widen(QueryLog::Span& span, double at_ms) {
  if (at_ms >= 0) {
    span.first_ms = span.first_ms < 0 ? at_ms : std::min(span.first_ms, at_ms);
    span.last_ms = std::max(span.last_ms, at_ms);
  }
}

void SharedRequests::passed(double at_ms) { widen(span_, at_ms); }

void SharedRequests::still_open(const QueryLog::OpenRequest& request, bool traced) {
  if (!traced) {
    open_.push_back(request);
  }
}

void SharedRequests::closed(const QueryLog::OpenRequest& request, bool traced) {
  const auto found = traced ? others_.end() : others_.find(request.key);
  if (found == others_.end()) {
    return;
  }
  const QueryLog::OpenRequest& there = found->second.request;
  Log& log = logs_[found->second.log];
  ++shared_;
  other_ = other_.empty() ? log.input : other_;
  log.continued_here += !there.ended && follows(there.span, request.span) ? 1U : 0U;
  log.continued_there += !request.ended && follows(request.span, there.span) ? 1U : 0U;
  others_.erase(found);
}

void SharedRequests::settle() {
  for (const Log& log : logs_) {
    const std::uint64_t split = follows(log.span, span_)   ? log.continued_here
                                : follows(span_, log.span) ? log.continued_there
                                                           : 0;
    if (split > 0 && split_ == 0) {
      other_ = log.input;
    }
    split_ += split;
  }
}

}  // namespace budgetcheck
