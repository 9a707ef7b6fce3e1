#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "collect/format.h"
#include "model/measured.h"

namespace budgetcheck {

/// One file that `measure` wrote.
struct MeasuredPart {
  std::string path;
  Measured measured;
};

/// Puts together what several runs measured, in the order of the parts, as one run would have measured it. Pieces of a
/// log become the log. A piece that is missing makes the log incomplete. Errors: parts that were measured with other
/// settings or another version, the same input or piece twice, pieces that do not fit together, a build whose files are
/// spread over parts.
ExpectedAll<Measured> join_measured(std::vector<MeasuredPart> parts, const std::vector<Format>& table = formats());

}  // namespace budgetcheck
