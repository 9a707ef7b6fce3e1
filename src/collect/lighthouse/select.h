#pragma once

#include <string>

#include "collect/lighthouse/requests.h"
#include "collect/lighthouse/timings.h"
#include "json/stream/select.h"

namespace budgetcheck {

/// The tables of one run that are summed up while the file streams past: a page may fill them with any number of rows.
struct LighthouseTables {
  UserTimings timings;
  PageRequests requests;

  void clear() {
    timings.clear();
    requests.clear();
  }
};

/// A result keeps about 1,500 values; a flow forgets each step before the next.
json::SelectLimits lighthouse_limits();

/// Names what is read of a result that stands at `prefix` ("" or "steps/*/lhr/") of a document; rows of tables go
/// straight into `tables`.
void select_lighthouse_result(json::Selector& wanted, const std::string& prefix, LighthouseTables& tables);

}  // namespace budgetcheck
