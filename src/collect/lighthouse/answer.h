#pragma once

#include <optional>

#include "collect/lighthouse/reasons.h"
#include "collect/lighthouse/requests.h"
#include "json/value.h"

namespace budgetcheck {

/// Why a navigation measured something else than the page that was asked for: its document is an error page, or the
/// browser was led to another page, such as a login. Lighthouse calls neither an error: the first not with
/// --ignore-status-code, the second only warns.
std::optional<LighthouseReason> measured_another_page(const json::Value& lhr, const PageRequests& requests);

}  // namespace budgetcheck
