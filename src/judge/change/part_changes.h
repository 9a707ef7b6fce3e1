#pragma once

#include <vector>

#include "model/part.h"

namespace budgetcheck {

/// How the parts of one metric at one place differ, the biggest difference first, equal ones in order of their names.
/// - Kinds that one side does not report are left out: modules are not compared when the base has assets only.
/// - Files that have no more than a number are compared by their sizes (pair_unnamed_files).
/// - Files say what grew only where both sides do not report modules or packages too, which say more.
/// - Where a side summed up its small parts (rest_name), a part that it does not name may be among them: the difference
///   is then counted from the biggest that it can have been there (Cause::at_least), and what is left of the sums is a
///   cause of its own.
/// Differences below one unit are none.
std::vector<Cause> part_changes(const std::vector<const Part*>& base, const std::vector<const Part*>& head);

/// Whether both sides report parts of the same kinds, so that part_changes has a meaning.
bool are_comparable(const std::vector<const Part*>& base, const std::vector<const Part*>& head);

}  // namespace budgetcheck
