#pragma once

#include <string>

#include "model/report.h"

namespace budgetcheck {

/// The results file of a check (schemas/results.v1.json): everything that was measured and judged. Samples without a
/// value that JSON can carry are left out, with a note.
std::string write_report(const Report& report);

}  // namespace budgetcheck
