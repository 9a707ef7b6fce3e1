#include "collect/trace/trace_tree.h"

#include <algorithm>
#include <tuple>

#include "base/hash.h"
#include "query/sql/sql_comment.h"

namespace budgetcheck {

TraceTree::TraceTree(const Trace& trace, NameId operation)
    : trace_(trace), operation_(operation), nodes_(trace.spans.size()) {
  index();
  const auto count = static_cast<std::uint32_t>(nodes_.size());
  for (std::uint32_t i = 0; i < count; ++i) {
    const Span& span = trace_.spans[i];
    nodes_[i].parent = find(span.parent, span.service);
    nodes_[i].orphan = span.parent != 0 && nodes_[i].parent == kNone;
  }
  for (std::uint32_t i = 0; i < count; ++i) {
    resolve(i);
  }
  for (std::uint32_t i = 0; i < count; ++i) {
    Node& node = nodes_[i];
    if (trace_.spans[i].statement.size == 0 || node.repeated) {
      continue;
    }
    node.counts = true;
    const Span::Text& text = trace_.spans[i].statement;
    node.text = text.begin >= Span::kShared ? trace_.shared->hash_of(text.begin - Span::kShared)
                                            : hash64(without_outer_comments(trace_.of(text)));
    node.with_params = trace_.spans[i].params.size != 0 ? i : kNone;
  }
  for (std::uint32_t i = 0; i < count; ++i) {
    if (nodes_[i].counts && nodes_[i].statement != kNone) {
      drop(i, nodes_[i].statement);
    }
  }
  drop_parallel();
}

void TraceTree::index() {
  const std::vector<Span>& spans = trace_.spans;
  by_id_.reserve(spans.size());
  for (std::uint32_t i = 0; i < spans.size(); ++i) {
    if (spans[i].id != 0) {
      by_id_.emplace_back(spans[i].id, i);
    }
  }
  std::sort(by_id_.begin(), by_id_.end());
  for (std::size_t i = 1; i < by_id_.size(); ++i) {
    if (by_id_[i - 1].first == by_id_[i].first) {
      const Span& a = spans[by_id_[i - 1].second];
      const Span& b = spans[by_id_[i].second];
      nodes_[by_id_[i].second].repeated = a.service == b.service && a.kind == b.kind && a.name == b.name;
    }
  }
}

/// Zipkin's servers share the id of the client's span: then the parent is that of the own service.
std::uint32_t TraceTree::find(std::uint64_t id, NameId service) const {
  auto at = std::lower_bound(by_id_.begin(), by_id_.end(), std::make_pair(id, std::uint32_t{0}));
  if (id == 0 || at == by_id_.end() || at->first != id) {
    return kNone;
  }
  const std::uint32_t first = at->second;
  for (; at != by_id_.end() && at->first == id; ++at) {
    if (trace_.spans[at->second].service == service && !nodes_[at->second].repeated) {
      return at->second;
    }
  }
  return first;
}

void TraceTree::resolve(std::uint32_t span) {
  std::vector<std::uint32_t> way;
  std::uint32_t at = span;
  while (at != kNone && nodes_[at].root == kNone && !nodes_[at].open) {
    nodes_[at].open = true;
    way.push_back(at);
    at = nodes_[at].parent;
  }
  if (at != kNone && nodes_[at].root == kNone) {
    nodes_[way.back()].parent = kNone;  // a ring is cut where it closes
    ++rings_;
    at = kNone;
  }
  for (; !way.empty(); way.pop_back()) {
    settle(way.back(), at);
    at = way.back();
  }
}

void TraceTree::settle(std::uint32_t span, std::uint32_t above) {
  const Span& own = trace_.spans[span];
  Node& node = nodes_[span];
  node.root = above == kNone ? span : nodes_[above].root;
  node.operation = own.name == operation_ && operation_ != 0 ? span : above == kNone ? kNone : nodes_[above].operation;
  node.open = false;
  if (own.is_request()) {
    node.request = span;
    return;
  }
  if (above == kNone || trace_.spans[above].service != own.service) {
    return;
  }
  node.request = nodes_[above].request;
  node.statement = nodes_[above].statement != kNone          ? nodes_[above].statement
                   : trace_.spans[above].statement.size != 0 ? above
                                                             : kNone;
}

bool TraceTree::overlap(std::uint32_t a, std::uint32_t b) const {
  const Span& x = trace_.spans[a];
  const Span& y = trace_.spans[b];
  const bool timed = x.start != 0 && y.start != 0;
  return !timed || (x.start <= y.end && y.start <= x.end);
}

/// Spans of one instrumentation are executions of their own. Where it is not said, their names tell it.
bool TraceTree::are_of_one_source(std::uint32_t a, std::uint32_t b) const {
  const Span& x = trace_.spans[a];
  const Span& y = trace_.spans[b];
  return x.scope != 0 && y.scope != 0 ? x.scope == y.scope && x.name == y.name : x.name == y.name;
}

void TraceTree::drop(std::uint32_t span, std::uint32_t for_the_sake_of) {
  nodes_[span].counts = false;
  ++counted_once_;
  std::uint32_t& with = nodes_[for_the_sake_of].with_params;
  with = with == kNone ? nodes_[span].with_params : with;
}

/// Spans of one statement that lie beside each other: below one call of Prisma's client, or below one parent.
void TraceTree::drop_parallel() {
  const auto key = [this](std::uint32_t i) {
    const Node& node = nodes_[i];
    const bool has_operation = node.operation != kNone;
    return std::make_tuple(has_operation, has_operation ? node.operation : node.parent,
                           node.parent == kNone ? trace_.spans[i].parent : 0, trace_.spans[i].service, node.text);
  };
  std::vector<std::uint32_t> sorted;
  for (std::uint32_t i = 0; i < nodes_.size(); ++i) {
    if (nodes_[i].counts) {
      sorted.push_back(i);
    }
  }
  std::stable_sort(sorted.begin(), sorted.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::make_pair(key(a), trace_.spans[a].start) < std::make_pair(key(b), trace_.spans[b].start);
  });
  for (auto begin = sorted.begin(); begin != sorted.end();) {
    const auto end = std::find_if(begin, sorted.end(), [&](std::uint32_t i) { return key(i) != key(*begin); });
    if (end - begin > 1) {
      pair_up({begin, end});
    }
    begin = end;
  }
}

/// Each span of the other sources is the same execution as the next of the first source that it overlaps.
void TraceTree::pair_up(const std::vector<std::uint32_t>& group) {
  std::vector<std::vector<std::uint32_t>> sources;
  for (const std::uint32_t i : group) {
    const auto own = std::find_if(sources.begin(), sources.end(),
                                  [&](const auto& source) { return are_of_one_source(source.front(), i); });
    if (own == sources.end()) {
      sources.push_back({i});
    } else {
      own->push_back(i);
    }
  }
  const auto most = std::max_element(sources.begin(), sources.end(),
                                     [](const auto& a, const auto& b) { return a.size() < b.size(); });
  const std::vector<std::uint32_t> kept = *most;
  for (const std::vector<std::uint32_t>& others : sources) {
    if (others.front() == kept.front()) {
      continue;
    }
    auto next = kept.begin();
    for (const std::uint32_t i : others) {
      while (next != kept.end() && !overlap(*next, i) && trace_.spans[*next].start < trace_.spans[i].start) {
        ++next;
      }
      if (next != kept.end() && overlap(*next, i)) {
        drop(i, *next);
        ++next;
      }
    }
  }
}

std::vector<std::uint32_t> TraceTree::statements() const {
  std::vector<std::uint32_t> all;
  for (std::uint32_t i = 0; i < nodes_.size(); ++i) {
    if (nodes_[i].counts) {
      all.push_back(i);
    }
  }
  std::stable_sort(all.begin(), all.end(),
                   [this](std::uint32_t a, std::uint32_t b) { return trace_.spans[a].start < trace_.spans[b].start; });
  return all;
}

}  // namespace budgetcheck
