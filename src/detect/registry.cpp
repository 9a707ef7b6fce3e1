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

namespace budgetcheck {

const std::vector<Detector>& detectors() {
  static const std::vector<Detector> kDetectors{
      {"duplicate-package", detect_duplicate_package},
      {"failed-build", detect_failed_build},
      {"oversized-response", detect_oversized_response},
      {"uncompressed-response", detect_uncompressed_response},
      {"n-plus-one-api", detect_n_plus_one_api},
      {"duplicate-request", detect_duplicate_request},
      {"over-fetching", detect_over_fetching},
      {"static-cache-headers", detect_static_cache_headers},
      {"duplicate-query", detect_duplicate_query},
      {"n-plus-one", detect_n_plus_one},
      {"n-plus-one-write", detect_n_plus_one_write},
      {"full-scan", detect_full_scan, note_unjudged_reads},
      {"unbounded-read", detect_unbounded_read},
      {"repeated-query", detect_repeated_query},
      {"slow-drift"},  // judge/history/slow_drift.h: only judge has the stored records
  };
  return kDetectors;
}

}  // namespace budgetcheck
