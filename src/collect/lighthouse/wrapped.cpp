#include "collect/lighthouse/wrapped.h"

#include <fmt/format.h>

#include "collect/lighthouse/field_data.h"
#include "collect/lighthouse/run.h"

namespace budgetcheck {

WrappedResult::WrappedResult(json::Selector& wanted, const std::string& prefix) {
  for (std::size_t i = 0; i < kMembers.size(); ++i) {
    const std::string member(kMembers[i]);
    select_lighthouse_result(wanted, prefix + (member.empty() ? "" : member + "/"), tables_[i]);
  }
}

WrappedResult::Found WrappedResult::find(const json::Value& document) const {
  for (std::size_t i = 0; i < kMembers.size(); ++i) {
    const json::Value* lhr = kMembers[i].empty() ? &document : document.find(kMembers[i]);
    if (has_lighthouse_audits(lhr)) {
      return {lhr, &tables_[i], kMembers[i].empty() ? std::string() : "/" + std::string(kMembers[i])};
    }
  }
  return {};
}

void WrappedResult::clear() {
  for (LighthouseTables& tables : tables_) {
    tables.clear();
  }
}

void collect_wrapped_result(const json::Value& document, const WrappedResult& result, const LighthousePlace& place,
                            Account& account, Facts& facts) {
  const WrappedResult::Found found = result.find(document);
  if (found.lhr != nullptr) {
    LighthousePlace inside = place;
    inside.pointer += found.pointer;
    collect_lighthouse_result(*found.lhr, *found.tables, inside, account, facts);
  }
  if (has_field_data(document)) {
    const std::string device = found.lhr == nullptr ? std::string() : lighthouse_device(*found.lhr);
    collect_field_data(document, place.file, place.pointer, device, account, facts);
  } else if (found.lhr == nullptr) {
    account.incomplete(place.pointer.empty() ? std::string("it has no Lighthouse result")
                                             : fmt::format("'{}' has no Lighthouse result", place.pointer),
                       "pass what Lighthouse wrote", "lighthouse.", {place.file, 0, 0, place.pointer}, facts);
  }
}

}  // namespace budgetcheck
