#pragma once

#include <cstdint>
#include <vector>

#include "collect/trace/trace_tree.h"

namespace budgetcheck {

/// The spans of one trace on one axis. Clocks of two services are not compared: a span whose service is another than
/// its parent's lies within its parent's call. It keeps the place that its clock says if that is within it; else it is
/// put into the middle, half of the rest being the way there and half the way back. What a message starts in another
/// service begins when it was sent: how long it waited is not known.
class PlacedSpans {
 public:
  PlacedSpans(const Trace& trace, const TraceTree& tree);

  struct Place {
    std::int64_t begin = 0;  ///< nanoseconds; 0 is the beginning of the trace
    std::int64_t end = 0;
    bool foreign = false;  ///< its clock is another than its parent's
    bool moved = false;
  };
  const Place& operator[](std::uint32_t span) const { return places_[span]; }
  /// Those that have no parent, in their order. Spans that were read twice are in no list.
  const std::vector<std::uint32_t>& roots() const { return roots_; }
  struct Children {
    const std::uint32_t* first = nullptr;
    const std::uint32_t* last = nullptr;
    const std::uint32_t* begin() const { return first; }
    const std::uint32_t* end() const { return last; }
  };
  Children children(std::uint32_t span) const {
    return {children_.data() + offsets_[span], children_.data() + offsets_[span + 1]};
  }
  std::int64_t end() const { return end_; }
  /// What ends so little after another begins is over then: clocks of browsers and Node.js begin spans on whole
  /// milliseconds.
  std::int64_t tick() const { return tick_; }

 private:
  void list_children(const TraceTree& tree);
  void place(const Trace& trace);
  void place_root(const Trace& trace, std::uint32_t span);
  void place_below(const Trace& trace, std::uint32_t span, std::uint32_t parent);

  std::vector<Place> places_;
  std::vector<std::uint32_t> anchors_;  ///< the span by whose clock and place a span is placed
  std::vector<std::uint32_t> roots_;
  std::vector<std::uint32_t> offsets_;
  std::vector<std::uint32_t> children_;
  std::int64_t end_ = 0;
  std::int64_t tick_ = 0;
};

}  // namespace budgetcheck
