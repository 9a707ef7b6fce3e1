#pragma once

#include <cstdint>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "collect/query_log/builder.h"

namespace budgetcheck {

/// What is needed of one span.
struct Span {
  std::uint64_t id = 0;      ///< hash; 0: has none
  std::uint64_t parent = 0;  ///< 0: has none
  std::uint64_t name = 0;    ///< hash
  std::uint64_t start = 0;   ///< nanoseconds; 0: unknown
  std::uint64_t end = 0;
  bool is_operation = false;  ///< one call of Prisma's client
  bool is_client = false;     ///< of Prisma's client: a call, or a transaction around some
  bool is_entry = false;      ///< a request or a job comes in here
  std::string label;          ///< an entry's id as written
  std::string route;
  std::string statement;  ///< empty: no statement
  std::string params;     ///< a list; empty: unknown
  std::uint32_t line = 0;
};

/// Puts spans together that come in any order, children before their parents, and hands the statements of each trace
/// on in the order in which they began. A statement that two instrumentations have seen counts once. Bounded memory:
/// when too many spans wait, the trace that was longest without a new one is closed.
class SpanTraces {
 public:
  static constexpr std::size_t kMaxSpans = 200'000;
  static constexpr std::size_t kMaxBytes = std::size_t{64} << 20;

  explicit SpanTraces(QueryLogBuilder& builder, std::size_t max_spans = kMaxSpans)
      : builder_(builder), max_spans_(max_spans) {}

  /// `trace` is the trace's id as written; empty: has none.
  void add(std::string_view trace, Span span);
  void finish();

  std::uint64_t spans() const { return spans_; }
  std::uint64_t counted_once() const { return counted_once_; }
  /// Traces of which spans came after it had to be closed.
  std::uint64_t split() const { return split_; }

 private:
  struct Trace {
    std::uint64_t key = 0;
    std::uint64_t number = 0;  ///< in the order in which they began
    std::string id;
    std::vector<Span> spans;
    std::size_t bytes = 0;
  };
  void close(Trace& trace);
  void make_room();

  QueryLogBuilder& builder_;
  std::size_t max_spans_;
  std::list<Trace> open_;  ///< that with the newest span last
  std::unordered_map<std::uint64_t, std::list<Trace>::iterator> by_key_;
  std::unordered_set<std::uint64_t> closed_;
  std::size_t waiting_ = 0;
  std::size_t bytes_ = 0;
  std::uint64_t spans_ = 0;
  std::uint64_t begun_ = 0;
  std::uint64_t counted_once_ = 0;
  std::uint64_t split_ = 0;
};

}  // namespace budgetcheck
