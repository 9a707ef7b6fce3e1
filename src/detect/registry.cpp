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
#include "detect/telemetry/collector_config.h"
#include "detect/telemetry/missing_trace_context.h"

namespace budgetcheck {

const std::vector<Detector>& detectors() {
  static const std::vector<Detector> kDetectors{
      {"duplicate-package", {FactKind::kPackages}, detect_duplicate_package},
      {"failed-build", {FactKind::kBuildErrors}, detect_failed_build},
      {"oversized-response", {FactKind::kBodySizes}, detect_oversized_response},
      {"uncompressed-response", {FactKind::kWireSizes}, detect_uncompressed_response},
      {"n-plus-one-api", {FactKind::kRequestTimes}, detect_n_plus_one_api},
      {"duplicate-request", {FactKind::kRequestTimes, FactKind::kPageLoads}, detect_duplicate_request},
      {"over-fetching", {FactKind::kBodies}, detect_over_fetching},
      {"static-cache-headers", {FactKind::kResponseHeaders}, detect_static_cache_headers},
      {"duplicate-query", {FactKind::kSequences, FactKind::kRequestIds}, detect_duplicate_query},
      {"n-plus-one", {FactKind::kSequences}, detect_n_plus_one},
      {"n-plus-one-write", {FactKind::kSequences}, detect_n_plus_one_write},
      {"full-scan", {FactKind::kStatements, FactKind::kAccessPaths}, detect_full_scan, note_unjudged_reads},
      {"unbounded-read", {FactKind::kStatements, FactKind::kAccessPaths}, detect_unbounded_read},
      {"repeated-query", {FactKind::kSequences}, detect_repeated_query},
      {"collector-config", {FactKind::kCollector}, detect_collector_config},
      {"missing-trace-context", {FactKind::kLogRecords}, detect_missing_trace_context},
      {"retention-review-due", {}},  // judge/telemetry/retention_review.h: only judge has the day
      {"slow-drift", {}},            // judge/history/slow_drift.h: only judge has the stored records
  };
  return kDetectors;
}

}  // namespace budgetcheck
