#include <algorithm>
#include <cmath>

#include "collect/database/postgres_plan.h"
#include "fuzz.h"
#include "query/sql/restore_constants.h"

// What reads the parts of PostgreSQL's plans and totals: any bytes, and nothing but finite numbers.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace budgetcheck;
  const std::string text = fuzz::text_of(data, size);
  for (const bool as_json : {false, true}) {
    LoggedPlan plan;
    if (!(as_json ? read_json_plan(text, plan) : read_text_plan(text, true, plan))) {
      continue;
    }
    for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
      const std::uint32_t parent = plan.nodes[i].parent;
      fuzz::require(parent == PlanNode::kNoParent || parent < i, "parents stand before their children");
    }
    for (const PlanAccess& access : accesses_of(plan.nodes)) {
      fuzz::require(!std::isnan(access.rows_read) && !std::isnan(access.rows_returned), "rows are numbers");
    }
  }
  (void)condition_columns(text);
  (void)parameter_list(text);
  const std::string restored = restore_constants(text);
  fuzz::require(restored.size() <= 2 * text.size(), "a constant is not much longer than its parameter");
  fuzz::require(restore_constants(restored) == restored, "what was put back stays");
  return 0;
}
