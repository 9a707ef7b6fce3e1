#include "collect/query_log/loops/loose_loops.h"

#include <iterator>

namespace budgetcheck {

void LooseLoops::execute(const Execution& execution) { stream_of(execution.stream).execute(execution); }

void LooseLoops::control(std::uint64_t stream, Control control, double at_ms, double ms) {
  stream_of(stream).control(control, at_ms, ms);
}

LoopStack& LooseLoops::stream_of(std::uint64_t key) {
  if (!streams_.empty() && streams_.front().key == key) {
    return streams_.front().stack;
  }
  const auto known = by_key_.find(key);
  if (known != by_key_.end()) {
    streams_.splice(streams_.begin(), streams_, known->second);
    return streams_.front().stack;
  }
  if (streams_.size() >= kMaxStreams) {
    streams_.back().stack.finish();
    by_key_.erase(streams_.back().key);
    streams_.pop_back();
  }
  streams_.push_front({key, LoopStack(found_)});
  by_key_.emplace(key, streams_.begin());
  return streams_.front().stack;
}

void LooseLoops::finish() {
  // The longest untouched first, so that the order does not depend on keys.
  for (auto stream = streams_.rbegin(); stream != streams_.rend(); ++stream) {
    stream->stack.finish();
  }
  streams_.clear();
  by_key_.clear();
}

}  // namespace budgetcheck
