#pragma once

#include <string>
#include <vector>

#include "collect/format.h"
#include "collect/trace/open_traces.h"
#include "collect/trace/read/attribute_keys.h"
#include "collect/trace/request/call_chains.h"
#include "collect/trace/request/name_survey.h"
#include "collect/trace/request/request_metrics.h"
#include "collect/trace/request/required_attributes.h"
#include "collect/trace/request/route_table.h"
#include "collect/trace/seen_survey.h"
#include "collect/trace/span_names.h"
#include "collect/trace/view/slow_traces.h"

namespace budgetcheck {

/// Which file a line belongs to, when the lines of several files are numbered as if they were one.
class LineFiles {
 public:
  /// The next file; gives the number of lines before it.
  std::uint32_t begin(std::string path) {
    files_.push_back({std::move(path), lines_});
    return lines_;
  }
  void add(std::uint32_t lines) { lines_ += lines; }
  Location location(std::uint32_t line) const;

 private:
  struct File {
    std::string path;
    std::uint32_t before = 0;
  };
  std::vector<File> files_;
  std::uint32_t lines_ = 0;
};

/// Everything that complete traces say besides their statements.
class TraceSurvey {
 public:
  TraceSurvey(const SpanNames& names, const AttributeKeys& keys, const CollectContext& context);

  /// Gives the requests of the trace.
  std::vector<TracedRequest> add(const Trace& trace, const TraceTree& tree);
  void report(const LineFiles& files, Facts& facts) const;

  struct Counts {
    std::uint64_t requests = 0;
    std::uint64_t loose_statements = 0;  ///< in no request
    NameId loose_service = 0;            ///< of the first
    std::uint64_t rings = 0;
    std::uint64_t without_trace = 0;
  };
  const Counts& counts() const { return counts_; }
  const RequestMetrics& metrics() const { return metrics_; }
  const TraceRoutes& routes() const { return routes_; }

 private:
  struct Orphans {
    std::uint64_t spans = 0;
    std::uint64_t all = 0;
    TraceId trace;
    NameId route = 0;
    std::uint32_t line = 0;
  };
  void count_orphans(const Trace& trace, const TraceTree& tree);

  const SpanNames& names_;
  TraceRoutes routes_;
  RequestMetrics metrics_;
  CallChains calls_;
  NameSurvey survey_;
  RequiredAttributes required_;
  SlowTraces slow_;
  SeenSurvey seen_;
  std::map<NameId, Orphans> orphans_;
  Counts counts_;
};

}  // namespace budgetcheck
