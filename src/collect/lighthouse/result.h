#pragma once

#include <cstddef>
#include <string>

#include "collect/account.h"
#include "collect/lighthouse/select.h"
#include "json/value.h"
#include "model/facts.h"

namespace budgetcheck {

/// An input says so many things of its results; the rest are counted.
constexpr std::size_t kMaxLighthouseNotes = 4;

/// Null or without an object `audits`: not a result.
bool has_lighthouse_audits(const json::Value* lhr);

/// Where a result stands.
struct LighthousePlace {
  std::string file;
  std::string pointer;  ///< JSON pointer of the result in the file: "" or "/steps/0/lhr"
  std::string step;     ///< the label of a user flow's step; empty: none
};

/// Appends the samples of one result, and an Unmeasured for each audit that a budget may ask for and that this result
/// does not answer. `lhr` has what select_lighthouse_result named, and an object `audits`.
void collect_lighthouse_result(const json::Value& lhr, const LighthouseTables& tables, const LighthousePlace& place,
                               Account& account, Facts& facts);

}  // namespace budgetcheck
