#pragma once

#include "detect/detect.h"

namespace budgetcheck {

/// Rule n-plus-one: one request reads one shape at least min_repeats times with changing parameters, and neither
/// walks through pages nor carries lists of keys. One finding for each route and shape, from the worst request.
void detect_n_plus_one(const Facts& facts, const Rule& rule, std::vector<Finding>& findings);

/// Rule n-plus-one-write: the same of INSERT, UPDATE and DELETE.
void detect_n_plus_one_write(const Facts& facts, const Rule& rule, std::vector<Finding>& findings);

}  // namespace budgetcheck
