#pragma once

#include <map>
#include <string>
#include <vector>

#include "detect/query/table_reads.h"
#include "model/facts.h"

// What captured plans and table sizes say of a read; for src/detect only.
namespace budgetcheck {

enum class PlanEvidence {
  kNothing,  ///< no plan, or one of a database that holds next to nothing
  kScan,     ///< the planner read every row of a table of real size
  kChoice,   ///< it did too, but so many of the rows were wanted that it may have chosen to, whatever indexes there are
  kIndex,    ///< the planner found the rows by an index
  kSmall,    ///< the table is small, in a database that holds real data
};

class TableEvidence {
 public:
  TableEvidence(const Facts& facts, double min_rows);

  /// Sets `rows`, `plan` and `step` of a read whose log, shape and table are set; `plans` are those of the shape.
  void look_up(TableRead& read, const std::vector<const CapturedPlan*>& plans, const std::string& alias) const;
  /// What the plan that was looked up says.
  PlanEvidence judge(const TableRead& read, const TableAccess& access) const;
  bool tiny_statistics() const { return tiny_statistics_; }

 private:
  double min_rows_;
  bool tiny_statistics_ = false;
  bool real_plans_ = false;                ///< some plan read a table of real size
  std::map<std::string, double> sizes_;    ///< by lower-case name; empty when they are not to be trusted
  std::map<std::string, double> scanned_;  ///< rows of tables that a plan read whole
};

}  // namespace budgetcheck
