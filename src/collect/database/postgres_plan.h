#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/database.h"

namespace budgetcheck {

/// One step of a plan as EXPLAIN shows it. Numbers are those of one loop; negative: not said.
struct PlanNode {
  static constexpr std::uint32_t kNoParent = 0xFFFFFFFF;

  std::string type;      ///< "Seq Scan", "Limit", …; without "Parallel" and "Backward"
  std::string relation;  ///< the table, without quotes and schema
  std::string alias;
  std::string index;
  std::string index_condition;
  bool conditional = false;  ///< has an index condition, though it may be too long to keep
  bool filtered = false;
  bool aside = false;  ///< a plan of its own for a subquery or a WITH: the step above does not stop it
  double plan_rows = -1;
  double actual_rows = -1;
  double loops = -1;
  double removed = 0;  ///< by the filter and by rechecks
  std::uint32_t parent = kNoParent;
};

/// What auto_explain logs for one statement.
struct LoggedPlan {
  std::string query;
  std::string parameters;       ///< "$1 = '77', $2 = '0'"; empty when not logged
  std::vector<PlanNode> nodes;  ///< parents before children
  bool deep = false;            ///< more or deeper steps than are read: the rest is missing
};

constexpr std::size_t kMaxPlanNodes = 2'000;
constexpr std::size_t kMaxPlanDepth = 200;
constexpr std::size_t kMaxCondition = std::size_t{64} << 10;

/// Reads auto_explain's JSON. False when it is not complete, or holds no plan.
bool read_json_plan(const std::string& json, LoggedPlan& plan);
/// Reads auto_explain's text: "Query Text: …" over one line or several, and the tree below it. A leading TAB of each
/// line is passed over. False when it holds no plan or breaks off inside a step; `ended` tells that a line end follows
/// it.
bool read_text_plan(std::string_view text, bool ended, LoggedPlan& plan);

/// The steps that read a table, in the plan's order.
std::vector<PlanAccess> accesses_of(const std::vector<PlanNode>& nodes);
/// Columns that an index condition names: `((author_id = 5) AND ("categoryId" = p.id))` has author_id and categoryId.
std::vector<std::string> condition_columns(std::string_view condition);

/// Rows that all steps read together; negative when one of them does not say.
double rows_read_by(const std::vector<PlanAccess>& accesses);

/// "[\"77\",\"0\"]" of "$1 = '77', $2 = '0'": a list that parameters can be told apart by. Empty when it is no such
/// text.
std::string parameter_list(std::string_view detail);

}  // namespace budgetcheck
