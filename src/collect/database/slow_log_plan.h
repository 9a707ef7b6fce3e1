#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/database.h"

namespace budgetcheck {

/// The "# explain:" rows of one statement of MariaDB's slow log.
class SlowLogPlan {
 public:
  static constexpr std::size_t kMaxRows = 256;

  /// One row, without "# explain: "; the first names the columns.
  void add(std::string_view row);
  void clear();
  /// A row has other columns than the first one names, or there are too many.
  bool broken() const { return broken_; }
  /// The steps that read a table.
  const std::vector<PlanAccess>& accesses() const { return accesses_; }

 private:
  void add_access(const std::vector<std::string_view>& row);
  std::string_view field(const std::vector<std::string_view>& row, std::string_view name) const;

  std::vector<std::string> columns_;
  std::vector<PlanAccess> accesses_;
  std::size_t rows_ = 0;
  /// Of the select that the last row belongs to: how often its next table is read.
  std::string select_;
  double loops_ = 1;
  bool broken_ = false;
};

}  // namespace budgetcheck
