#pragma once

#include <string>
#include <string_view>

#include "model/route.h"

namespace budgetcheck {

/// The route of a request in a load test, as reports name it. A URL becomes method and path ("GET /users/:id", by
/// `routes`, which may be null); a name that the script gave stays as it is. Safe to show, and of bounded length. Empty
/// for an empty name.
std::string request_label(std::string_view method, std::string_view name, const RouteTable* routes);

}  // namespace budgetcheck
