#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "model/telemetry/span_kind.h"

namespace budgetcheck {

class StatementTexts;

/// 16 bytes, whatever their spelling (hexadecimal in either case, base64); shorter ones have zeros in front.
struct TraceId {
  std::uint64_t high = 0;
  std::uint64_t low = 0;

  explicit operator bool() const { return high != 0 || low != 0; }
  auto operator<=>(const TraceId&) const = default;
};

/// A number of a SpanNames; 0 is the empty text.
using NameId = std::uint32_t;

/// What is kept of one span while its trace is not complete. Texts that many spans share are numbers; those of its own
/// lie in the trace's text.
struct Span {
  struct Text {
    std::uint32_t begin = 0;  ///< from kShared on: the number of one of the StatementTexts
    std::uint32_t size = 0;
  };
  static constexpr std::uint32_t kShared = 0x80000000;

  std::uint64_t id = 0;      ///< 0: has none
  std::uint64_t parent = 0;  ///< 0: has none
  std::uint64_t start = 0;   ///< nanoseconds since 1970; 0: unknown
  std::uint64_t end = 0;
  NameId name = 0;
  NameId service = 0;
  NameId scope = 0;   ///< the instrumentation; 0: not said
  NameId route = 0;   ///< http.route
  NameId method = 0;  ///< of HTTP
  std::uint32_t line = 0;
  Text statement;                ///< empty: it is none
  Text params;                   ///< of the statement, as a list; empty: unknown
  Text url;                      ///< with its query; a path alone on most servers
  std::uint64_t attributes = 0;  ///< which of the required ones it has, a bit for each
  std::uint16_t status = 0;      ///< of HTTP; 0: none
  SpanKind kind = SpanKind::kUnknown;
  bool failed = false;  ///< status ERROR
  bool is_sql = false;  ///< the statement

  bool is_request() const { return kind == SpanKind::kServer || kind == SpanKind::kConsumer; }
  bool is_timed() const { return start != 0 && end >= start; }
  double milliseconds() const { return is_timed() ? static_cast<double>(end - start) / 1e6 : 0; }
};

/// A span as a reader hands it on; the views live during the call.
struct ReadSpan {
  TraceId trace;
  Span span;  ///< without texts of its own
  std::string_view statement;
  std::string_view params;
  std::string_view url;
  const StatementTexts* texts = nullptr;  ///< which live as long as all traces
  std::uint32_t shared_statement =
      0xFFFFFFFF;  ///< the statement's number among them; StatementTexts::kNone: it has none
};

/// Whoever takes spans from a reader.
class SpanSink {
 public:
  SpanSink() = default;
  SpanSink(const SpanSink&) = delete;
  SpanSink& operator=(const SpanSink&) = delete;
  virtual ~SpanSink() = default;

  virtual void add(const ReadSpan& span) = 0;
};

/// 32 hexadecimal digits.
std::string to_text(const TraceId& id);
/// 16 hexadecimal digits.
std::string span_id_text(std::uint64_t id);

/// Zero for what is no id.
TraceId trace_id_of(std::string_view text);
std::uint64_t span_id_of(std::string_view text);

}  // namespace budgetcheck
