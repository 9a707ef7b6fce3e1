#include "detect/query/unbounded_read.h"

#include <fmt/format.h>

#include "detect/query/read_finding.h"
#include "detect/query/table_reads.h"

namespace budgetcheck {

void detect_unbounded_read(const Facts& facts, const Rule& rule, std::vector<Finding>& findings) {
  for (const TableRead& read : table_reads(facts, rule.param("min_rows")).reads) {
    if (read.access.way != TableAccess::Way::kUnbounded || is_ignored(rule, read)) {
      continue;
    }
    Finding finding = read_finding(rule, read);
    finding.message =
        fmt::format("every row of {} is returned: the statement has no condition and no limit", sized_name(read));
    if (read.access.behind_cursor) {
      finding.message = fmt::format(
          "every row of {} behind the cursor is returned: the statement has no limit, which Prisma leaves out when the "
          "order does not end with a unique column",
          sized_name(read));
      finding.fix.text =
          "Add a unique column to the order, as in orderBy: [{ createdAt: \"desc\" }, { id: \"desc\" }], so that take "
          "reaches the database.";
      findings.push_back(std::move(finding));
      continue;
    }
    finding.fix.text = "Read page by page (take with a cursor), add a where, or count and sum in the database.";
    findings.push_back(std::move(finding));
  }
}

}  // namespace budgetcheck
