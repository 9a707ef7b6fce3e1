#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "collect/trace/key_set.h"
#include "collect/trace/span.h"
#include "collect/trace/statement_texts.h"

namespace budgetcheck {

/// The spans of one trace, in the order in which they were read.
struct Trace {
  TraceId id;                ///< zero: of a span that names no trace, and is alone
  std::uint64_t number = 0;  ///< in the order in which traces began
  std::vector<Span> spans;
  std::string text;                        ///< what Span::Text points into
  const StatementTexts* shared = nullptr;  ///< or this
  bool was_closed = false;                 ///< spans of it came after it had to be closed: these are the rest

  std::string_view of(const Span::Text& part) const {
    return part.begin >= Span::kShared ? (*shared)[part.begin - Span::kShared]
                                       : std::string_view(text).substr(part.begin, part.size);
  }
};

/// Puts spans together that come in any order and from several files, children before their parents. Bounded memory:
/// when too many spans wait, the trace that was longest without a new one is closed, and what then comes of it is a
/// trace of its own.
class OpenTraces final : public SpanSink {
 public:
  struct Limits {
    std::size_t spans = 100'000;                ///< that wait, in all traces
    std::size_t bytes = std::size_t{16} << 20;  ///< of their texts
    std::size_t spans_of_one = 50'000;  ///< more are only counted, so that one trace cannot drive out all others
  };
  /// `close` takes each trace when it is complete, or cannot be waited for any longer.
  using Close = std::function<void(Trace& trace)>;

  explicit OpenTraces(Close close, Limits limits) : close_(std::move(close)), limits_(limits) {}
  explicit OpenTraces(Close close) : OpenTraces(std::move(close), Limits()) {}

  void add(const ReadSpan& span) override;
  /// No more spans come: closes all, in the order in which they began.
  void finish();

  std::uint64_t spans() const { return spans_; }
  /// Traces of which spans came after they had to be closed.
  std::uint64_t split() const { return split_; }
  /// Spans beyond Limits::spans_of_one, and in how many traces.
  std::uint64_t passed_over() const { return passed_over_; }
  std::uint64_t too_big() const { return too_big_.size(); }

 private:
  struct Hash {
    std::size_t operator()(const TraceId& id) const { return static_cast<std::size_t>(id.low ^ id.high * 31); }
  };
  void bring_to_end(const TraceId& id);
  void make_room();
  void give_back(Trace& closed);

  Close close_;
  Limits limits_;
  std::list<Trace> open_;  ///< that with the newest span last
  std::list<Trace> spare_;
  std::unordered_map<TraceId, std::list<Trace>::iterator, Hash> by_id_;
  KeySet closed_;  ///< hashes of ids
  std::unordered_set<TraceId, Hash> too_big_;
  std::size_t waiting_ = 0;
  std::size_t bytes_ = 0;
  std::uint64_t spans_ = 0;
  std::uint64_t begun_ = 0;
  std::uint64_t split_ = 0;
  std::uint64_t passed_over_ = 0;
};

}  // namespace budgetcheck
