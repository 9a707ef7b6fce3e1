#pragma once

#include <string>

#include "collect/account.h"
#include "json/stream/select.h"
#include "json/value.h"
#include "model/facts.h"

namespace budgetcheck {

/// The field data that an answer of PageSpeed Insights carries beside the lab's result: `loadingExperience` (the page)
/// and `originLoadingExperience`. Each has `metrics.NAME.percentile`, the 75th, layout shifts in hundredths. With
/// `origin_fallback` the first one is a copy of the second, and nothing is known of the page.

/// Names what is read of it at `prefix` ("" or "*/").
void select_field_data(json::Selector& wanted, const std::string& prefix);
bool has_field_data(const json::Value& answer);
/// `pointer`: of the answer in `file`. `device`: as in the lab's result; may be empty.
void collect_field_data(const json::Value& answer, const std::string& file, const std::string& pointer,
                        const std::string& device, Account& account, Facts& facts);

}  // namespace budgetcheck
