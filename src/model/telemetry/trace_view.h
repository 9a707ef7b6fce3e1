#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/location.h"
#include "model/telemetry/span_kind.h"

namespace budgetcheck {

/// One line of a waterfall: a span, or several beside each other that say the same. Texts are printable and hold
/// nothing that was captured: no literals, no query strings, no ids.
struct TraceRow {
  struct Bar {
    double start_ms = 0;  ///< from the beginning of the trace
    double end_ms = 0;
  };

  std::string name;    ///< "GET /users/:id", "pg.query"; empty where `detail` says it all
  std::string detail;  ///< a statement's shape, or what is called: "users:8080/users/:id"; may be empty
  std::string service;
  SpanKind kind = SpanKind::kUnknown;
  std::uint32_t depth = 0;
  std::uint64_t spans = 1;  ///< how many it stands for
  double start_ms = 0;      ///< of the first of them
  double end_ms = 0;        ///< of the last of them
  double total_ms = 0;      ///< their durations added up
  /// The time in which the trace waited for these spans and for nothing below them; 0: they held nothing up.
  double waited_ms = 0;
  bool on_path = false;  ///< on the critical path: had it been shorter, the trace would have been
  bool failed = false;   ///< status ERROR or 5xx
  bool is_statement = false;
  /// Its clock is another than its parent's, and it was moved: it lies within its parent's call, where exactly is
  /// unknown.
  bool moved = false;
  bool torn = false;         ///< it names a parent that is in no file
  std::uint64_t hidden = 0;  ///< spans below it that have no row
  std::vector<Bar> bars;     ///< when they ran, apart from each other; bounded
};

/// One trace, in the order of a waterfall.
struct TraceView {
  std::string id;       ///< 32 hexadecimal digits; empty: its spans name none
  std::string service;  ///< of the request that it is shown for
  std::string route;    ///< likewise; empty: it has no request
  /// Other routes of which this trace has the slowest request, "service route".
  std::vector<std::string> also;
  double request_ms = 0;   ///< of that request; of its longest span when there is none
  double duration_ms = 0;  ///< from its first span to its last, as they are drawn
  std::uint64_t spans = 0;
  std::uint64_t services = 0;
  std::uint64_t hidden = 0;  ///< spans without a row that lie below none
  std::uint64_t torn = 0;    ///< spans whose parent is in no file
  std::uint64_t rings = 0;   ///< parents that led back to a span itself
  bool is_rest = false;      ///< it had to be closed before: these are the spans that came after
  std::vector<TraceRow> rows;
  Location location;  ///< of its first span in a file
};

}  // namespace budgetcheck
