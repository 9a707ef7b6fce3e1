#include "collect/trace/view/critical_path.h"

#include <algorithm>
#include <utility>

namespace budgetcheck {
namespace {

/// Node.js reads the clock for each span anew and counts on from there. Where the program was held up in between, as in
/// its first requests, what a request waited for may seem to end some milliseconds after it. So what fills its parent
/// but for that was waited for.
bool fills(const PlacedSpans::Place& child, const PlacedSpans::Place& parent, const PlacedSpans& spans) {
  constexpr std::int64_t kMillisecond = 1'000'000;
  const std::int64_t length = parent.end - parent.begin;
  return spans.tick() >= kMillisecond && !child.foreign && child.begin >= parent.begin &&
         parent.end - child.begin >= length / 10 * 9 && child.end - parent.end <= length / 20;
}

}  // namespace

CriticalPath::CriticalPath(const PlacedSpans& spans, std::size_t count, std::uint32_t root)
    : waited_(count), on_path_(count) {
  std::vector<std::pair<std::uint32_t, std::int64_t>> open{
      {root, spans[root].end}};  // and until when it was waited for
  std::vector<std::uint32_t> below;
  while (!open.empty()) {
    const auto [span, until] = open.back();
    open.pop_back();
    on_path_[span] = true;
    const PlacedSpans::Place& own = spans[span];
    const bool is_cut = until < own.end;
    const PlacedSpans::Children children = spans.children(span);
    below.assign(children.begin(), children.end());
    std::stable_sort(below.begin(), below.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return spans[a].end > spans[b].end; });
    std::int64_t at = until;
    for (const std::uint32_t child : below) {
      const PlacedSpans::Place& next = spans[child];
      // A call that was given up, or is answered while the other service still works, was waited for until then.
      const bool may_be_longer = at == until && (is_cut || next.foreign);
      const bool is_over = next.end <= at + spans.tick() || may_be_longer || (at == own.end && fills(next, own, spans));
      if (!is_over || next.begin >= at || next.begin >= next.end) {
        continue;
      }
      const std::int64_t end = std::min(next.end, at);
      waited_[span] += at - end;
      open.emplace_back(child, end);
      at = std::max(next.begin, own.begin);
    }
    waited_[span] += std::max<std::int64_t>(at - own.begin, 0);
  }
}

}  // namespace budgetcheck
