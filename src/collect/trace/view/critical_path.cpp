#include "collect/trace/view/critical_path.h"

#include <algorithm>
#include <utility>

namespace budgetcheck {

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
      const bool is_over = next.end <= at + spans.tick() || may_be_longer;
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
