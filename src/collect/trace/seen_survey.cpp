#include "collect/trace/seen_survey.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "base/hash.h"

namespace budgetcheck {
namespace {

std::vector<std::uint64_t> in_order(std::vector<std::uint64_t> hashes) {
  std::sort(hashes.begin(), hashes.end());
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
  return hashes;
}

std::vector<std::uint64_t> in_both(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
  const std::vector<std::uint64_t> x = in_order(a);
  const std::vector<std::uint64_t> y = in_order(b);
  std::vector<std::uint64_t> both;
  std::set_intersection(x.begin(), x.end(), y.begin(), y.end(), std::back_inserter(both));
  return both;
}

}  // namespace

void SeenSurvey::Ends::add(std::uint64_t hash) {
  if (kept_.size() < SeenTraces::kMost) {
    kept_.push_back(hash);
    return;
  }
  kept_[next_] = hash;
  next_ = next_ + 1 == SeenTraces::kMost ? SeenTraces::kMost / 2 : next_ + 1;
}

std::vector<std::uint64_t> SeenSurvey::Ends::sorted() const { return in_order(kept_); }

void SeenSurvey::add(const Trace& trace, const TraceTree& tree, const SpanNames& names) {
  if (!trace.id) {
    return;
  }
  const std::string id = to_text(trace.id);
  const std::uint64_t hash = hash64(id);
  if (least_.size() < SeenTraces::kMost) {
    least_.push_back(hash);
    std::push_heap(least_.begin(), least_.end());
  } else if (hash < least_.front()) {
    std::pop_heap(least_.begin(), least_.end());
    least_.back() = hash;
    std::push_heap(least_.begin(), least_.end());
  }
  struct Service {
    NameId name = 0;
    bool is_torn = false;
  };
  std::vector<Service> services;
  for (std::uint32_t i = 0; i < trace.spans.size(); ++i) {
    const Span& span = trace.spans[i];
    auto known = std::find_if(services.begin(), services.end(),
                              [&](const Service& service) { return service.name == span.service; });
    if (known == services.end()) {
      known = services.insert(known, {span.service, false});
    }
    // What calls a request may be in any file. What is inside of one is where the request is.
    known->is_torn = known->is_torn || (tree.is_orphan(i) && !span.is_request() && !trace.was_closed);
  }
  for (const Service& service : services) {
    const std::uint64_t part = hash64(id + '\n' + names[service.name]);
    ends_.add(part);
    if (service.is_torn) {
      torn_.add(part);
    }
  }
}

SeenTraces SeenSurvey::report() const { return {in_order(least_), ends_.sorted(), torn_.sorted()}; }

std::uint64_t shared_traces(const SeenTraces& a, const SeenTraces& b) { return in_both(a.sample, b.sample).size(); }

std::uint64_t torn_requests(const SeenTraces& a, const SeenTraces& b) {
  std::vector<std::uint64_t> torn = in_both(a.torn, b.ends);
  const std::vector<std::uint64_t> others = in_both(b.torn, a.ends);
  torn.insert(torn.end(), others.begin(), others.end());
  return in_order(std::move(torn)).size();
}

}  // namespace budgetcheck
