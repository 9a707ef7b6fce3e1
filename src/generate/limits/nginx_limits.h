#pragma once

#include <optional>
#include <string>

#include "base/error.h"
#include "model/budget.h"

namespace budgetcheck {

/// A configuration of nginx with a zone of limit_req for each plan (nginx.org, ngx_http_limit_req_module).
ExpectedAll<std::string> nginx_limits(const BudgetsFile& budgets, const GeneratedTarget& target);

/// "5r/s": nginx takes whole numbers in a second or a minute. Nothing: neither is one.
std::optional<std::string> nginx_rate(const RequestRate& rate);

/// The name of a plan in names of zones and variables: "limit_free".
std::string nginx_name(const LimitPlan& plan);

}  // namespace budgetcheck
