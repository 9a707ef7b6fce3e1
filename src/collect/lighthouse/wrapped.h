#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "collect/account.h"
#include "collect/lighthouse/result.h"
#include "collect/lighthouse/select.h"
#include "json/stream/select.h"
#include "json/value.h"
#include "model/facts.h"

namespace budgetcheck {

/// A result in a document: as Lighthouse writes it, or in a member of what other programs write around it: `lhr` (what
/// Lighthouse's function for Node.js returns), `lighthouseResult` (PageSpeed Insights).
class WrappedResult {
 public:
  /// Names what is read of a result at `prefix` ("" or "*/"). `wanted` and this must live until the reading is done.
  WrappedResult(json::Selector& wanted, const std::string& prefix);

  struct Found {
    const json::Value* lhr = nullptr;  ///< with an object `audits`; null: `document` has no result
    const LighthouseTables* tables = nullptr;
    std::string pointer;  ///< of the result in the document: "" or "/lhr"
  };
  Found find(const json::Value& document) const;
  /// Before the next document streams past.
  void clear();

 private:
  static constexpr std::array<std::string_view, 3> kMembers{"", "lhr", "lighthouseResult"};
  std::array<LighthouseTables, kMembers.size()> tables_;
};

/// Reads the result and the field data (see field_data.h) of one document that stands at `place`. A document with
/// neither is incomplete.
void collect_wrapped_result(const json::Value& document, const WrappedResult& result, const LighthousePlace& place,
                            Account& account, Facts& facts);

}  // namespace budgetcheck
