#include "report/format.h"
#include "results/write_report.h"

namespace budgetcheck {

std::string render_json(const Report& report, const Rendering& /*rendering*/) { return write_report(report); }

}  // namespace budgetcheck
