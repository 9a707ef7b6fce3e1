#pragma once

#include <string>
#include <vector>

#include "collect/lighthouse/requests.h"
#include "collect/lighthouse/timings.h"
#include "json/stream/select.h"
#include "json/value.h"
#include "model/facts.h"

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

/// Names what is read of a result that stands at `prefix` ("" or "steps/*/lhr/") of a document; rows of tables go
/// straight into `tables`.
void select_lighthouse_result(json::Selector& wanted, const std::string& prefix, LighthouseTables& tables);

/// Where a result stands.
struct LighthousePlace {
  std::string file;
  std::string pointer;  ///< JSON pointer of the result in the file: "" or "/steps/0/lhr"
  std::string step;     ///< the label of a user flow's step; empty: none
};

/// How far a result could be used.
struct LighthouseOutcome {
  bool incomplete = false;
  std::vector<std::string> remarks;  ///< clauses for Input::message
  std::string hint;
};

/// Appends the samples of one result, and an Unmeasured for each audit that a budget may ask for and that this result
/// does not answer. `lhr` holds what select_lighthouse_result named; it has an object `audits`.
LighthouseOutcome collect_lighthouse_result(const json::Value& lhr, const LighthouseTables& tables,
                                            const LighthousePlace& place, Facts& facts);

}  // namespace budgetcheck
