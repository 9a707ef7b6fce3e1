#pragma once

#include <vector>

#include "model/report.h"

namespace budgetcheck {

/// The reports of a monorepo's apps as one. Its lists hold what is in theirs, under names that tell the apps apart: the
/// budget "web: main-js", the label `app` of a measurement, the message "web: …" and the key of a finding. So whatever
/// looks for two things of one name never joins those of two apps. The exit code is the first of theirs in the order of
/// model/exit_code.h. `root`: of the file that names them, which is first in the list when it has something to say.
/// `has_own`: it has inputs of its own.
Report combine(Report root, bool has_own, std::vector<Report> apps);

}  // namespace budgetcheck
