#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// Stats of webpack 4 and 5 (`--json`, stats.toJson()), of one build or of a list of configurations: files, entries,
/// packages, failed builds. Also recognises what these tools write when their `stats` option leaves everything out.
Format webpack_format();
/// The same of rspack, told apart by its "rspackVersion".
Format rspack_format();

}  // namespace budgetcheck
