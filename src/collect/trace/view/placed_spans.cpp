#include "collect/trace/view/placed_spans.h"

#include <algorithm>

namespace budgetcheck {
namespace {

constexpr std::int64_t kMillisecond = 1'000'000;
/// Farther from each other than this, times are wrong, and sums of them would be too.
constexpr std::uint64_t kFarthest = std::uint64_t{30} * 24 * 3600 * 1'000'000'000;

std::int64_t between(std::uint64_t from, std::uint64_t to) {
  return to >= from ? static_cast<std::int64_t>(std::min(to - from, kFarthest))
                    : -static_cast<std::int64_t>(std::min(from - to, kFarthest));
}

std::int64_t length_of(const Span& span) { return span.is_timed() ? between(span.start, span.end) : 0; }

/// One in a thousand spans begins on a whole millisecond by chance, where a clock counts microseconds.
bool has_coarse_clock(const Trace& trace) {
  const auto coarse = std::count_if(trace.spans.begin(), trace.spans.end(),
                                    [](const Span& span) { return span.start != 0 && span.start % kMillisecond == 0; });
  return static_cast<std::size_t>(coarse) * 10 >= trace.spans.size();
}

/// Whether nothing but the order of cause and effect is known of the two clocks.
bool has_other_clock(const Span& span, const Span& parent, std::int64_t after) {
  const bool is_call = span.is_request() && (parent.kind == SpanKind::kClient || parent.kind == SpanKind::kProducer);
  // A service that calls itself may run on several machines.
  return span.service != parent.service || (is_call && after < 0);
}

}  // namespace

PlacedSpans::PlacedSpans(const Trace& trace, const TraceTree& tree)
    : places_(trace.spans.size()),
      anchors_(trace.spans.size(), TraceTree::kNone),
      tick_(has_coarse_clock(trace) ? kMillisecond : kMillisecond / 100) {
  list_children(tree);
  place(trace);
  const auto by_begin = [this](std::uint32_t a, std::uint32_t b) { return places_[a].begin < places_[b].begin; };
  std::int64_t first = 0;
  for (const Place& place : places_) {
    first = std::min(first, place.begin);
  }
  for (std::uint32_t i = 0; i < places_.size(); ++i) {
    places_[i].begin -= first;
    places_[i].end -= first;
    end_ = std::max(end_, places_[i].end);
    std::stable_sort(children_.begin() + offsets_[i], children_.begin() + offsets_[i + 1], by_begin);
  }
  std::stable_sort(roots_.begin(), roots_.end(), by_begin);
}

void PlacedSpans::list_children(const TraceTree& tree) {
  const auto count = static_cast<std::uint32_t>(places_.size());
  offsets_.assign(count + std::size_t{1}, 0);
  for (std::uint32_t i = 0; i < count; ++i) {
    if (tree.is_repeated(i)) {
      continue;
    }
    if (tree.parent(i) == TraceTree::kNone || tree.is_repeated(tree.parent(i))) {
      roots_.push_back(i);
    } else {
      ++offsets_[tree.parent(i) + 1];
    }
  }
  for (std::size_t i = 1; i <= count; ++i) {
    offsets_[i] += offsets_[i - 1];
  }
  children_.resize(offsets_[count]);
  std::vector<std::uint32_t> next(offsets_.begin(), offsets_.end() - 1);
  for (std::uint32_t i = 0; i < count; ++i) {
    if (!tree.is_repeated(i) && tree.parent(i) != TraceTree::kNone && !tree.is_repeated(tree.parent(i))) {
      children_[next[tree.parent(i)]++] = i;
    }
  }
}

void PlacedSpans::place(const Trace& trace) {
  // The first in time is where the axis begins; of others of its service the clock tells where they are.
  std::stable_sort(roots_.begin(), roots_.end(), [&](std::uint32_t a, std::uint32_t b) {
    const Span& x = trace.spans[a];
    const Span& y = trace.spans[b];
    return std::make_pair(!x.is_timed(), x.start) < std::make_pair(!y.is_timed(), y.start);
  });
  std::vector<std::uint32_t> open;
  for (const std::uint32_t root : roots_) {
    place_root(trace, root);
    open.push_back(root);
    while (!open.empty()) {
      const std::uint32_t parent = open.back();
      open.pop_back();
      for (const std::uint32_t child : children(parent)) {
        place_below(trace, child, parent);
        open.push_back(child);
      }
    }
  }
}

void PlacedSpans::place_root(const Trace& trace, std::uint32_t span) {
  const Span& own = trace.spans[span];
  const Span& first = trace.spans[roots_.front()];
  Place& place = places_[span];
  const bool is_comparable = own.is_timed() && first.is_timed() && own.service == first.service;
  place.begin = is_comparable ? between(first.start, own.start) : 0;
  place.end = place.begin + length_of(own);
  place.moved = !is_comparable && span != roots_.front();
  anchors_[span] = own.is_timed() ? span : TraceTree::kNone;
}

void PlacedSpans::place_below(const Trace& trace, std::uint32_t span, std::uint32_t parent) {
  const Span& own = trace.spans[span];
  const Span& above = trace.spans[parent];
  const Place& around = places_[parent];
  Place& place = places_[span];
  const std::int64_t length = length_of(own);
  const std::uint32_t anchor = anchors_[parent];
  if (!own.is_timed() || anchor == TraceTree::kNone) {
    place.begin = around.begin;
    place.end = place.begin + length;
    place.foreign = own.service != above.service;
    place.moved = own.is_timed();
    anchors_[span] = own.is_timed() ? span : anchor;
    return;
  }
  place.begin = places_[anchor].begin + between(trace.spans[anchor].start, own.start);
  anchors_[span] = anchor;
  if (has_other_clock(own, above, place.begin - around.begin)) {
    anchors_[span] = span;
    place.foreign = true;
    const bool is_message = own.kind == SpanKind::kConsumer || above.kind == SpanKind::kProducer;
    const std::int64_t room = around.end - around.begin - length;
    const bool fits = !is_message && place.begin >= around.begin && place.begin + length <= around.end;
    if (!fits) {
      place.begin = is_message ? around.end : room > 0 ? around.begin + room / 2 : around.begin;
      place.moved = true;
    }
  }
  place.end = place.begin + length;
}

}  // namespace budgetcheck
