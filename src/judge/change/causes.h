#pragma once

#include <string>
#include <vector>

#include "model/part.h"
#include "model/report.h"

namespace budgetcheck {

/// Says of each verdict whose value differs from the base's what the difference is made of: the parts of the same place
/// that are new, gone, bigger or smaller, those that pull the way the value went first, then the biggest; at most
/// kMostCauses, and none that is less than a hundredth of the biggest. A cause may count
/// something other than the sample does (source bytes and not gzip bytes): its kind says what.
///
/// `base`: the parts of the base; null: there is no base, and the hint of a bundle's broken limit names its biggest
/// parts. A base without any parts (a record of an older version), and inputs without parts, are reported in `notes`,
/// each once, when a value differs that parts could have explained.
void explain_changes(std::vector<Verdict>& verdicts, const std::vector<Part>& head, const std::vector<Part>* base,
                     std::vector<std::string>& notes);

inline constexpr std::size_t kMostCauses = 5;

}  // namespace budgetcheck
