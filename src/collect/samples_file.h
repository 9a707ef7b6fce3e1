#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// A samples or results document of this program (schemas/results.v1.json): `version` and `samples`. The way in for
/// any tool of a team's own. Only its samples are used. Its first error makes it unreadable; a newer version is one.
Format samples_format();

}  // namespace budgetcheck
