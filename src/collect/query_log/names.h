#pragma once

#include <cstddef>
#include <string_view>

#include "model/facts.h"

namespace budgetcheck::query_log {

/// Names of routes, tables and requests are cut here.
constexpr std::size_t kMaxName = 200;

/// What a statement does, as the label operation names it; empty for what touches no rows.
std::string_view operation_of(Verb verb);

}  // namespace budgetcheck::query_log
