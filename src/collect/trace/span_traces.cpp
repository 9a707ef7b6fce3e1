#include "collect/trace/span_traces.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/hash.h"
#include "query/sql/sql_comment.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMaxClosed = 500'000;
/// A statement is looked for among so many ancestors of a span.
constexpr int kReach = 32;
constexpr std::uint32_t kNone = 0xFFFFFFFF;

/// The spans of one trace and how they hang together.
class Tree {
 public:
  explicit Tree(std::vector<Span>& spans) : spans_(spans), nodes_(spans.size()) {
    for (std::uint32_t i = 0; i < spans_.size(); ++i) {
      if (spans_[i].id != 0) {
        by_id_.emplace_back(spans_[i].id, i);
      }
    }
    std::sort(by_id_.begin(), by_id_.end());
    for (std::uint32_t i = 0; i < spans_.size(); ++i) {
      nodes_[i].parent = find(spans_[i].parent);
    }
    for (std::uint32_t i = 0; i < spans_.size(); ++i) {
      resolve(i);
    }
  }

  /// Statements that count, in the order in which they began.
  std::vector<std::uint32_t> statements() {
    std::vector<std::uint32_t> all;
    for (std::uint32_t i = 0; i < spans_.size(); ++i) {
      if (!spans_[i].statement.empty() && (spans_[i].id == 0 || find(spans_[i].id) == i)) {
        nodes_[i].text = hash64(without_outer_comments(spans_[i].statement));
        all.push_back(i);  // one that was sent twice counts once
      }
    }
    drop_nested(all);
    drop_parallel(all);
    std::erase_if(all, [this](std::uint32_t i) { return nodes_[i].dropped; });
    std::stable_sort(all.begin(), all.end(),
                     [this](std::uint32_t a, std::uint32_t b) { return spans_[a].start < spans_[b].start; });
    return all;
  }

  /// The request's span; kNone: no span says where one came in.
  std::uint32_t entry_of(std::uint32_t span) const { return nodes_[span].entry; }
  std::uint32_t root_of(std::uint32_t span) const { return nodes_[span].root; }
  std::uint64_t dropped() const { return dropped_; }

 private:
  struct Node {
    std::uint32_t parent = kNone;
    std::uint32_t entry = kNone;
    std::uint32_t root = kNone;       ///< kNone: not resolved yet
    std::uint32_t operation = kNone;  ///< of Prisma's client
    std::uint64_t text = 0;
    bool open = false;  ///< on the way up; met again: a ring
    bool dropped = false;
  };

  std::uint32_t find(std::uint64_t id) const {
    const auto at = std::lower_bound(by_id_.begin(), by_id_.end(), std::make_pair(id, std::uint32_t{0}));
    return id != 0 && at != by_id_.end() && at->first == id ? at->second : kNone;
  }

  void resolve(std::uint32_t span) {
    std::vector<std::uint32_t> way;
    std::uint32_t at = span;
    while (at != kNone && nodes_[at].root == kNone && !nodes_[at].open) {
      nodes_[at].open = true;
      way.push_back(at);
      at = nodes_[at].parent;
    }
    if (at != kNone && nodes_[at].root == kNone) {
      nodes_[way.back()].parent = kNone;  // a ring is cut where it closes
      at = kNone;
    }
    for (; !way.empty(); way.pop_back()) {
      const std::uint32_t i = way.back();
      Node& node = nodes_[i];
      const Node* above = at == kNone ? nullptr : &nodes_[at];
      node.root = above == nullptr ? i : above->root;
      node.entry = spans_[i].is_entry ? i : above == nullptr ? kNone : above->entry;
      node.operation = spans_[i].is_operation ? i : above == nullptr ? kNone : above->operation;
      node.open = false;
      at = i;
    }
  }

  bool overlap(std::uint32_t a, std::uint32_t b) const {
    const bool timed = spans_[a].start != 0 && spans_[b].start != 0;
    return !timed || (spans_[a].start <= spans_[b].end && spans_[b].start <= spans_[a].end);
  }

  void drop(std::uint32_t span, std::uint32_t for_the_sake_of) {
    nodes_[span].dropped = true;
    ++dropped_;
    if (spans_[for_the_sake_of].params.empty()) {
      spans_[for_the_sake_of].params = std::move(spans_[span].params);
    }
  }

  /// The driver's span inside that of Prisma.
  void drop_nested(const std::vector<std::uint32_t>& all) {
    for (const std::uint32_t i : all) {
      std::uint32_t above = nodes_[i].parent;
      std::uint32_t outermost = kNone;
      for (int step = 0; step < kReach && above != kNone; ++step, above = nodes_[above].parent) {
        if (nodes_[above].text == nodes_[i].text && !spans_[above].statement.empty() && overlap(above, i)) {
          outermost = above;
        }
      }
      if (outermost != kNone) {
        drop(i, outermost);
      }
    }
  }

  /// The driver's span beside that of Prisma, below one operation. Spans of one name are executions of their own.
  void drop_parallel(const std::vector<std::uint32_t>& all) {
    const auto key = [this](std::uint32_t i) {
      const Node& node = nodes_[i];
      const std::uint64_t group = node.operation != kNone ? node.operation : spans_[i].parent;
      return std::make_tuple(node.operation != kNone, group, node.text);
    };
    std::vector<std::uint32_t> sorted;
    std::copy_if(all.begin(), all.end(), std::back_inserter(sorted),
                 [this](std::uint32_t i) { return !nodes_[i].dropped; });
    std::stable_sort(sorted.begin(), sorted.end(), [&](std::uint32_t a, std::uint32_t b) {
      return std::make_pair(key(a), spans_[a].start) < std::make_pair(key(b), spans_[b].start);
    });
    for (auto begin = sorted.begin(); begin != sorted.end();) {
      const auto end = std::find_if(begin, sorted.end(), [&](std::uint32_t i) { return key(i) != key(*begin); });
      pair_up({begin, end});
      begin = end;
    }
  }

  void pair_up(const std::vector<std::uint32_t>& group) {
    std::unordered_map<std::uint64_t, std::size_t> counts;
    for (const std::uint32_t i : group) {
      ++counts[spans_[i].name];
    }
    if (counts.size() < 2) {
      return;
    }
    std::uint64_t name = spans_[group.front()].name;
    for (const std::uint32_t i : group) {
      name = counts[spans_[i].name] > counts[name] ? spans_[i].name : name;
    }
    std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> by_name;
    for (const std::uint32_t i : group) {
      by_name[spans_[i].name].push_back(i);
    }
    const std::vector<std::uint32_t>& kept = by_name[name];
    for (const auto& [other, spans] : by_name) {
      auto next = kept.begin();
      for (const std::uint32_t i : other == name ? std::vector<std::uint32_t>{} : spans) {
        while (next != kept.end() && !overlap(*next, i) && spans_[*next].start < spans_[i].start) {
          ++next;
        }
        if (next != kept.end() && overlap(*next, i)) {
          drop(i, *next);
          ++next;
        }
      }
    }
  }

  std::vector<Span>& spans_;
  std::vector<Node> nodes_;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> by_id_;
  std::uint64_t dropped_ = 0;
};

std::size_t bytes_of(const Span& span) {
  return span.label.size() + span.route.size() + span.statement.size() + span.params.size();
}

}  // namespace

void SpanTraces::add(std::string_view trace, Span span) {
  ++spans_;
  const std::uint64_t key = hash64(trace);
  const auto [found, is_new] = by_key_.try_emplace(key, open_.end());
  if (is_new) {
    split_ += closed_.erase(key);
    open_.emplace_back();
    open_.back().key = key;
    open_.back().number = begun_++;
    open_.back().id = trace;
    found->second = std::prev(open_.end());
  } else {
    open_.splice(open_.end(), open_, found->second);
  }
  const std::size_t bytes = bytes_of(span);
  Trace& own = *found->second;
  own.bytes += bytes;
  own.spans.push_back(std::move(span));
  bytes_ += bytes;
  ++waiting_;
  make_room();
}

void SpanTraces::make_room() {
  while (waiting_ > max_spans_ || bytes_ > kMaxBytes) {
    Trace& oldest = open_.front();
    close(oldest);
    waiting_ -= oldest.spans.size();
    bytes_ -= oldest.bytes;
    if (closed_.size() < kMaxClosed) {
      closed_.insert(oldest.key);
    }
    by_key_.erase(oldest.key);
    open_.pop_front();
  }
}

void SpanTraces::finish() {
  open_.sort([](const Trace& a, const Trace& b) { return a.number < b.number; });
  for (Trace& trace : open_) {
    close(trace);
  }
  open_.clear();
  by_key_.clear();
}

void SpanTraces::close(Trace& trace) {
  Tree tree(trace.spans);
  std::string request;
  for (const std::uint32_t i : tree.statements()) {
    const Span& span = trace.spans[i];
    const std::uint32_t entry = tree.entry_of(i);
    LogRecord record;
    record.plain = true;
    record.query = span.statement;
    record.params = span.params;
    record.params_are_list = true;
    const Span& root = trace.spans[tree.root_of(i)];
    // A call of the client around which nothing is traced has a trace of its own: it says nothing of what it is part
    // of.
    if (entry != kNone || !root.is_client || root.parent != 0) {
      record.trace = trace.id;
    }
    if (entry != kNone) {
      request = trace.id;
      request += '/';
      request += trace.spans[entry].label;
      record.request = request;
    }
    record.route = entry != kNone ? trace.spans[entry].route : root.route;
    if (span.start != 0 && span.end >= span.start) {
      record.at_ms = static_cast<double>(span.start) / 1e6;
      record.duration_ms = static_cast<double>(span.end - span.start) / 1e6;
    }
    builder_.add(record, span.line);
  }
  counted_once_ += tree.dropped();
}

}  // namespace budgetcheck
