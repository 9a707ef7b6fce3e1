#pragma once

#include <string>
#include <vector>

#include "json/value.h"
#include "results/outcome.h"
#include "results/read.h"

namespace budgetcheck {

/// The results document that a record of the base branch keeps: samples with their history, findings without texts,
/// parts, budgets, and of each verdict its code. Numbers that are not whole are rounded, at most 64 runs are kept.
json::Value trim_results(const Results& results, const std::string& outcome,
                         const std::vector<StoredVerdict>& verdicts);

}  // namespace budgetcheck
