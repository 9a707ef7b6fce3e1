#include "collect/trace/open_traces.h"

#include <algorithm>
#include <iterator>

namespace budgetcheck {
namespace {

constexpr std::size_t kMaxClosed = 500'000;
/// A longer statement, URL or list of parameters is cut: an attribute may have any size.
constexpr std::size_t kMaxText = std::size_t{64} << 10;

Span::Text put(std::string& text, std::string_view part) {
  part = part.substr(0, kMaxText);
  const Span::Text at{static_cast<std::uint32_t>(text.size()), static_cast<std::uint32_t>(part.size())};
  text += part;
  return at;
}

void take(const ReadSpan& read, Trace& trace) {
  Span span = read.span;
  if (read.shared_statement == StatementTexts::kNone) {
    span.statement = put(trace.text, read.statement);
  } else {
    trace.shared = read.texts;
    span.statement = {Span::kShared + read.shared_statement, static_cast<std::uint32_t>(read.statement.size())};
  }
  span.params = put(trace.text, read.params);
  span.url = put(trace.text, read.url);
  trace.spans.push_back(span);
}

}  // namespace

void OpenTraces::add(const ReadSpan& read) {
  ++spans_;
  if (!read.trace) {
    Trace alone;
    take(read, alone);
    close_(alone);
    return;
  }
  if (open_.empty() || open_.back().id != read.trace) {
    bring_to_end(read.trace);
  }
  Trace& trace = open_.back();
  constexpr std::size_t kMostOfText = Span::kShared / 2;
  if (trace.spans.size() >= limits_.spans_of_one || trace.text.size() > std::min(limits_.bytes, kMostOfText)) {
    ++passed_over_;
    if (too_big_.size() < kMaxClosed) {
      too_big_.insert(trace.id);
    }
    return;
  }
  const std::size_t before = trace.text.size();
  take(read, trace);
  bytes_ += trace.text.size() - before;
  ++waiting_;
  make_room();
}

/// The trace with this id, a new one if there is none, becomes that with the newest span.
void OpenTraces::bring_to_end(const TraceId& id) {
  const auto [found, is_new] = by_id_.try_emplace(id, open_.end());
  if (!is_new) {
    open_.splice(open_.end(), open_, found->second);
    return;
  }
  const bool was_closed = closed_.contains(Hash()(id));
  split_ += was_closed ? 1 : 0;
  if (spare_.empty()) {
    open_.emplace_back();
  } else {
    open_.splice(open_.end(), spare_, spare_.begin());
  }
  open_.back().id = id;
  open_.back().number = begun_++;
  open_.back().was_closed = was_closed;
  found->second = std::prev(open_.end());
}

void OpenTraces::make_room() {
  while ((waiting_ > limits_.spans || bytes_ > limits_.bytes) && open_.size() > 1) {
    Trace& oldest = open_.front();
    waiting_ -= oldest.spans.size();
    bytes_ -= oldest.text.size();
    if (closed_.size() < kMaxClosed) {
      closed_.insert(Hash()(oldest.id));
    }
    by_id_.erase(oldest.id);
    close_(oldest);
    give_back(oldest);
  }
}

/// The memory of a closed trace, the first of the open ones, is the next one's: most are alike.
void OpenTraces::give_back(Trace& closed) {
  constexpr std::size_t kMost = 16;
  constexpr std::size_t kMostSpans = 256;
  constexpr std::size_t kMostBytes = 16'384;
  if (spare_.size() >= kMost || closed.spans.capacity() > kMostSpans || closed.text.capacity() > kMostBytes) {
    open_.pop_front();
    return;
  }
  closed.spans.clear();
  closed.text.clear();
  spare_.splice(spare_.begin(), open_, open_.begin());
}

void OpenTraces::finish() {
  open_.sort([](const Trace& a, const Trace& b) { return a.number < b.number; });
  for (; !open_.empty(); open_.pop_front()) {
    close_(open_.front());
  }
  by_id_.clear();
  waiting_ = bytes_ = 0;
}

}  // namespace budgetcheck
