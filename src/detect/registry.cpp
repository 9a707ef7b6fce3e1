#include "detect/bundle/duplicate_package.h"
#include "detect/bundle/failed_build.h"
#include "detect/capture/duplicate_request.h"
#include "detect/capture/n_plus_one_api.h"
#include "detect/capture/over_fetching.h"
#include "detect/capture/oversized_response.h"
#include "detect/capture/static_cache_headers.h"
#include "detect/capture/uncompressed_response.h"
#include "detect/detect.h"
#include "detect/query/duplicate_query.h"
#include "detect/query/full_scan.h"
#include "detect/query/n_plus_one.h"
#include "detect/query/repeated_query.h"
#include "detect/query/unbounded_read.h"
#include "detect/query/unjudged_reads.h"
#include "detect/queue/queue_findings.h"
#include "detect/telemetry/collector_config.h"
#include "detect/telemetry/missing_trace_context.h"
#include "detect/telemetry/personal_data.h"
#include "detect/trace/calls_in_loops.h"
#include "detect/trace/missing_attributes.h"
#include "detect/trace/orphan_spans.h"
#include "detect/trace/request_waterfall.h"
#include "detect/trace/unbounded_names.h"

namespace budgetcheck {
namespace {

/// Captures show what pages ask for, traces what services do.
void detect_calls_for_each_row(const Facts& facts, const Rule& rule, std::vector<Finding>& findings) {
  detect_n_plus_one_api(facts, rule, findings);
  detect_calls_in_loops(facts, rule, findings);
}

}  // namespace

const std::vector<Detector>& detectors() {
  static const std::vector<Detector> kDetectors{
      {"duplicate-package", {FactKind::kPackages}, detect_duplicate_package},
      {"failed-build", {FactKind::kBuildErrors}, detect_failed_build},
      {"oversized-response", {FactKind::kBodySizes}, detect_oversized_response},
      {"uncompressed-response", {FactKind::kWireSizes}, detect_uncompressed_response},
      {"n-plus-one-api", {FactKind::kRequestTimes}, detect_calls_for_each_row},
      {"duplicate-request", {FactKind::kRequestTimes, FactKind::kPageLoads}, detect_duplicate_request},
      {"over-fetching", {FactKind::kBodies}, detect_over_fetching},
      {"static-cache-headers", {FactKind::kResponseHeaders}, detect_static_cache_headers},
      {"duplicate-query", {FactKind::kSequences, FactKind::kRequestIds}, detect_duplicate_query},
      {"n-plus-one", {FactKind::kSequences}, detect_n_plus_one},
      {"n-plus-one-write", {FactKind::kSequences}, detect_n_plus_one_write},
      {"full-scan", {FactKind::kStatements, FactKind::kAccessPaths}, detect_full_scan, note_unjudged_reads},
      {"unbounded-read", {FactKind::kStatements, FactKind::kAccessPaths}, detect_unbounded_read},
      {"repeated-query", {FactKind::kSequences}, detect_repeated_query},
      {"request-waterfall", {FactKind::kTraces}, detect_request_waterfall},
      {"missing-attributes", {FactKind::kTraces}, detect_missing_attributes},
      {"orphan-spans", {FactKind::kTraces}, detect_orphan_spans},
      {"unbounded-names", {FactKind::kTraces}, detect_unbounded_names},
      {"collector-config", {FactKind::kCollector}, detect_collector_config},
      {"missing-trace-context", {FactKind::kLogRecords}, detect_missing_trace_context},
      {"queue-growing", {FactKind::kQueues}, detect_queue_growing},
      {"queue-stalled", {FactKind::kQueues}, detect_queue_stalled, note_queues},
      {"queue-saturated", {FactKind::kQueues}, detect_queue_saturated},
      {"retention-review-due", {}},  // judge/telemetry/retention_review.h: only judge has the day
      {"personal-data", {}, detect_personal_data, note_unlooked_personal_data},
      {"secret-in-telemetry", {}, detect_secret_in_telemetry, note_unlooked_personal_data},
      // judge/limits/judge_limits.h: only judge has the verdict on the budget that proves the capacity
      {"limit-over-capacity", {}},
      {"limit-tenant-share", {}},
      {"limit-burst-backlog", {}},
      {"generated-file-stale", {}},  // generate/stale_files.h: what generators write
      {"slow-drift", {}},            // judge/history/slow_drift.h: only judge has the stored records
  };
  return kDetectors;
}

}  // namespace budgetcheck
