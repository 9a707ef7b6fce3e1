#pragma once

#include <string>
#include <utility>
#include <vector>

#include "model/labels.h"

namespace budgetcheck {

/// Names and values as people read them: what first (page, route, entry, …), then the kind. to_string() has this order.
std::vector<std::pair<std::string, std::string>> in_reading_order(const Labels& labels);

}  // namespace budgetcheck
