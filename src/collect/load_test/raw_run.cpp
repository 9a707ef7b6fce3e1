#include "collect/load_test/raw_run.h"

#include <algorithm>

#include "base/text.h"

namespace budgetcheck {

void RawRun::add_to(Part& part, const RawRequest& request) {
  ++part.requests;
  part.failed += request.failed ? 1U : 0U;
  (request.failed ? part.of_failures : part.of_successes).add(request.ms);
}

void RawRun::add(const RawRequest& request) {
  add_to(whole_, request);
  if (request.begin_ms) {
    const double end = *request.begin_ms + request.ms;
    first_ms_ = timed_ == 0 ? *request.begin_ms : std::min(first_ms_, *request.begin_ms);
    last_ms_ = timed_ == 0 ? end : std::max(last_ms_, end);
    ++timed_;
  }
  if (request.route.empty()) {
    return;
  }
  auto at = routes_.find(request.route);
  if (at == routes_.end()) {
    if (routes_.size() >= kMostRoutes) {
      ++beyond_;
      return;
    }
    at = routes_.emplace(std::string(request.route), Part{}).first;
  }
  add_to(at->second, request);
}

LoadPart RawRun::made_of(const Part& part) const {
  LoadPart made;
  made.requests = part.requests;
  made.failed = part.failed;
  if (timed_ == whole_.requests && last_ms_ > first_ms_) {
    made.seconds = (last_ms_ - first_ms_) / 1e3;
  }
  made.success_durations = part.of_successes.distribution();
  Histogram all = part.of_successes;
  all.merge(part.of_failures);
  made.durations = all.distribution();
  return made;
}

std::vector<LoadPart> RawRun::parts() const {
  std::vector<LoadPart> parts{made_of(whole_)};
  for (const auto& [route, part] : routes_) {
    parts.push_back(made_of(part));
    parts.back().route = printable(route);
  }
  return parts;
}

}  // namespace budgetcheck
