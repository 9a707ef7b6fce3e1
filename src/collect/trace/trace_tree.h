#pragma once

#include <cstdint>
#include <vector>

#include "collect/trace/open_traces.h"

namespace budgetcheck {

/// How the spans of one trace hang together. Spans are named by their place in Trace::spans. Parents alone say what is
/// below what: clocks are too coarse for that, and those of two services differ.
class TraceTree {
 public:
  /// `operation`: the name of a call of Prisma's client, which spans of one statement hang below side by side.
  TraceTree(const Trace& trace, NameId operation);

  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

  /// kNone: it is the first of its trace, or its parent is not there.
  std::uint32_t parent(std::uint32_t span) const { return nodes_[span].parent; }
  std::uint32_t root(std::uint32_t span) const { return nodes_[span].root; }
  /// The request that the span is part of: the SERVER or CONSUMER span next above it, or itself, in its own service.
  std::uint32_t request(std::uint32_t span) const { return nodes_[span].request; }
  /// It names a parent that is not among the spans.
  bool is_orphan(std::uint32_t span) const { return nodes_[span].orphan; }
  /// The same span was read before.
  bool is_repeated(std::uint32_t span) const { return nodes_[span].repeated; }
  /// A statement that was not already counted in another span: in one around it, or in one beside it that another
  /// instrumentation made of the same call.
  bool is_statement(std::uint32_t span) const { return nodes_[span].counts; }
  /// Of a statement that counts: the span that has the same one's parameters; kNone: none.
  std::uint32_t params_of(std::uint32_t span) const { return nodes_[span].with_params; }
  std::uint64_t counted_once() const { return counted_once_; }
  /// Parents that led back to a span itself.
  std::uint64_t rings() const { return rings_; }

  /// Those that count, in the order in which they began.
  std::vector<std::uint32_t> statements() const;

 private:
  struct Node {
    std::uint32_t parent = kNone;
    std::uint32_t root = kNone;  ///< kNone: not resolved yet
    std::uint32_t request = kNone;
    std::uint32_t operation = kNone;
    std::uint32_t statement = kNone;  ///< the outermost above it, in its request and service
    std::uint32_t with_params = kNone;
    std::uint64_t text = 0;  ///< hash of the statement, without the comments around it
    bool open = false;
    bool orphan = false;
    bool repeated = false;
    bool counts = false;
  };
  void index();
  std::uint32_t find(std::uint64_t id, NameId service) const;
  void resolve(std::uint32_t span);
  void settle(std::uint32_t span, std::uint32_t above);
  bool overlap(std::uint32_t a, std::uint32_t b) const;
  bool are_of_one_source(std::uint32_t a, std::uint32_t b) const;
  void drop(std::uint32_t span, std::uint32_t for_the_sake_of);
  void drop_parallel();
  void pair_up(const std::vector<std::uint32_t>& group);

  const Trace& trace_;
  NameId operation_;
  std::vector<Node> nodes_;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> by_id_;
  std::uint64_t counted_once_ = 0;
  std::uint64_t rings_ = 0;
};

}  // namespace budgetcheck
