#include "collect/trace/view/trace_view.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "collect/trace/view/critical_path.h"
#include "collect/trace/view/placed_spans.h"
#include "collect/trace/view/span_words.h"

namespace budgetcheck {
namespace {

/// So many spans beside each other that say the same are one row; fewer, where their parents are one row already.
constexpr std::size_t kLeastFolded = 3;
constexpr std::size_t kLeastFoldedBelow = 2;
/// Bars that are nearer to each other than this share of the trace are one.
constexpr std::int64_t kGaps = 300;
constexpr double kNanoseconds = 1e6;  ///< in a millisecond

constexpr std::uint16_t kFirstError = 500;
constexpr std::uint16_t kBeyondErrors = 600;

bool has_failed(const Span& span) { return span.failed || (span.status >= kFirstError && span.status < kBeyondErrors); }

/// What becomes a row.
struct Node {
  std::vector<std::uint32_t> spans;
  std::vector<std::uint32_t> below;  ///< indices of nodes
  std::uint32_t parent = TraceTree::kNone;
  std::uint32_t depth = 0;
  std::int64_t total = 0;
  bool shown = false;
};

class Waterfall {
 public:
  Waterfall(const Trace& trace, const TraceTree& tree, const SpanNames& names, const ViewLimits& limits)
      : trace_(trace),
        tree_(tree),
        limits_(limits),
        placed_(trace, tree),
        words_(trace, tree, names),
        path_(placed_, trace.spans.size(), longest_root()) {}

  TraceView view() {
    build();
    choose();
    TraceView view;
    view.id = trace_.id ? to_text(trace_.id) : "";
    view.duration_ms = static_cast<double>(placed_.end()) / kNanoseconds;
    view.is_rest = trace_.was_closed;
    view.rings = tree_.rings();
    std::unordered_set<NameId> services;
    for (std::uint32_t i = 0; i < trace_.spans.size(); ++i) {
      if (!tree_.is_repeated(i)) {
        ++view.spans;
        view.torn += tree_.is_orphan(i) ? 1U : 0U;
        services.insert(trace_.spans[i].service);
      }
    }
    view.services = services.size();
    emit(view);
    return view;
  }

 private:
  std::uint32_t longest_root() const {
    const std::vector<std::uint32_t>& roots = placed_.roots();
    return *std::max_element(roots.begin(), roots.end(), [this](std::uint32_t a, std::uint32_t b) {
      return placed_[a].end - placed_[a].begin < placed_[b].end - placed_[b].begin;
    });
  }

  /// All nodes, each before those below it.
  void build() {
    fold(placed_.roots(), TraceTree::kNone, kLeastFolded);
    for (std::uint32_t i = 0; i < nodes_.size(); ++i) {
      std::vector<std::uint32_t> below;
      for (const std::uint32_t span : nodes_[i].spans) {
        const PlacedSpans::Children children = placed_.children(span);
        below.insert(below.end(), children.begin(), children.end());
      }
      fold(below, i, nodes_[i].spans.size() > 1 ? kLeastFoldedBelow : kLeastFolded);
    }
  }

  std::string key_of(std::uint32_t span) {
    const Span& own = trace_.spans[span];
    const SpanWords::Words words = words_.of(span);
    return words.name + '\n' + words.detail + '\n' + std::to_string(own.service) + ' ' +
           std::to_string(static_cast<int>(own.kind)) + (has_failed(own) ? " failed" : "") +
           (tree_.is_orphan(span) ? " torn" : "");
  }

  void fold(const std::vector<std::uint32_t>& spans, std::uint32_t parent, std::size_t least) {
    if (spans.empty()) {
      return;
    }
    std::unordered_map<std::string, std::size_t> numbers;
    std::vector<std::vector<std::uint32_t>> groups;
    for (const std::uint32_t span : spans) {
      const auto [at, is_new] = numbers.try_emplace(key_of(span), groups.size());
      if (is_new) {
        groups.emplace_back();
      }
      groups[at->second].push_back(span);
    }
    const auto by_begin = [this](std::uint32_t a, std::uint32_t b) { return placed_[a].begin < placed_[b].begin; };
    std::vector<std::vector<std::uint32_t>> rows;
    for (std::vector<std::uint32_t>& group : groups) {
      std::stable_sort(group.begin(), group.end(), by_begin);
      if (group.size() >= least) {
        rows.push_back(std::move(group));
        continue;
      }
      for (const std::uint32_t span : group) {
        rows.push_back({span});
      }
    }
    std::stable_sort(rows.begin(), rows.end(),
                     [&](const auto& a, const auto& b) { return by_begin(a.front(), b.front()); });
    for (std::vector<std::uint32_t>& row : rows) {
      Node node;
      node.parent = parent;
      node.depth = parent == TraceTree::kNone ? 0 : nodes_[parent].depth + 1;
      for (const std::uint32_t span : row) {
        node.total += placed_[span].end - placed_[span].begin;
      }
      node.spans = std::move(row);
      const auto number = static_cast<std::uint32_t>(nodes_.size());
      (parent == TraceTree::kNone ? tops_ : nodes_[parent].below).push_back(number);
      nodes_.push_back(std::move(node));
    }
  }

  /// The rows that took longest, and those that they lie below.
  void choose() {
    std::vector<std::uint32_t> sorted(nodes_.size());
    for (std::uint32_t i = 0; i < sorted.size(); ++i) {
      sorted[i] = i;
    }
    std::stable_sort(sorted.begin(), sorted.end(),
                     [this](std::uint32_t a, std::uint32_t b) { return nodes_[a].total > nodes_[b].total; });
    std::size_t left = limits_.rows;
    std::vector<std::uint32_t> way;
    for (const std::uint32_t node : sorted) {
      way.clear();
      for (std::uint32_t at = node; at != TraceTree::kNone && !nodes_[at].shown && way.size() <= left;
           at = nodes_[at].parent) {
        way.push_back(at);
      }
      if (way.size() > left) {
        continue;
      }
      left -= way.size();
      for (const std::uint32_t at : way) {
        nodes_[at].shown = true;
      }
      if (left == 0) {
        break;
      }
    }
  }

  void emit(TraceView& view) {
    std::vector<std::size_t> row_of(nodes_.size(), kNoRow);
    std::vector<std::uint32_t> open(tops_.rbegin(), tops_.rend());
    std::size_t bars = limits_.bars;
    while (!open.empty()) {
      const std::uint32_t number = open.back();
      open.pop_back();
      const Node& node = nodes_[number];
      const std::size_t above = node.parent == TraceTree::kNone ? kNoRow : row_of[node.parent];
      if (node.shown) {
        row_of[number] = view.rows.size();
        view.rows.push_back(row(node, bars));
      } else {
        row_of[number] = above;
        (above == kNoRow ? view.hidden : view.rows[above].hidden) += node.spans.size();
      }
      open.insert(open.end(), node.below.rbegin(), node.below.rend());
    }
  }

  TraceRow row(const Node& node, std::size_t& bars_left) {
    const std::uint32_t first = node.spans.front();
    const Span& own = trace_.spans[first];
    SpanWords::Words words = words_.of(first);
    TraceRow row;
    row.name = std::move(words.name);
    row.detail = std::move(words.detail);
    row.service = words_.service(first);
    row.kind = own.kind;
    row.depth = node.depth;
    row.spans = node.spans.size();
    row.start_ms = ms(placed_[first].begin);
    row.total_ms = ms(node.total);
    row.failed = has_failed(own);
    row.is_statement = own.statement.size != 0;
    row.torn = tree_.is_orphan(first);
    std::int64_t waited = 0;
    std::int64_t end = 0;
    const std::int64_t gap = placed_.end() / kGaps;
    for (const std::uint32_t span : node.spans) {
      const PlacedSpans::Place& place = placed_[span];
      waited += path_.waited(span);
      row.on_path = row.on_path || path_.holds(span);
      row.moved = row.moved || place.moved;
      const bool is_near = !row.bars.empty() && (place.begin <= end + gap || bars_left == 0);
      if (is_near) {
        end = std::max(end, place.end);
        row.bars.back().end_ms = ms(end);
      } else {
        end = std::max(end, place.end);
        row.bars.push_back({ms(place.begin), ms(place.end)});
        bars_left -= bars_left > 0 ? 1 : 0;
      }
    }
    row.waited_ms = ms(waited);
    row.end_ms = ms(end);
    return row;
  }

  static double ms(std::int64_t nanoseconds) { return static_cast<double>(nanoseconds) / kNanoseconds; }
  static constexpr std::size_t kNoRow = static_cast<std::size_t>(-1);

  const Trace& trace_;
  const TraceTree& tree_;
  ViewLimits limits_;
  PlacedSpans placed_;
  SpanWords words_;
  CriticalPath path_;
  std::vector<Node> nodes_;
  std::vector<std::uint32_t> tops_;
};

}  // namespace

TraceView view_of(const Trace& trace, const TraceTree& tree, const SpanNames& names, const ViewLimits& limits) {
  if (trace.spans.empty()) {
    return {};
  }
  return Waterfall(trace, tree, names, limits).view();
}

}  // namespace budgetcheck
