#pragma once

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <vector>

#include "budget/import/import.h"
#include "budget/load.h"

// Tables of configurations, one for each tool.
namespace budgetcheck {

/// One configuration and what it becomes: budgets as summaries, and a part of what is left out.
struct ImportRow {
  const char* name;
  const char* path;
  std::string text;
  std::vector<std::string> budgets;
  std::string left_out;  ///< empty: nothing is left out
};

inline void PrintTo(const ImportRow& row, std::ostream* out) { *out << row.path << ": " << row.text; }

inline std::string name_of(const testing::TestParamInfo<ImportRow>& info) { return info.param.name; }

inline void expect_import(const ImportRow& row) {
  const auto import = import_budgets(row.path, row.text);
  ASSERT_TRUE(import) << import.error().front().message;
  std::vector<std::string> budgets;
  for (const DraftBudget& budget : import->budgets) {
    budgets.push_back((budget.id.empty() ? "" : budget.id + ": ") + summary_of(budget));
  }
  EXPECT_EQ(budgets, row.budgets);
  std::string left_out;
  for (const ImportRemark& remark : import->remarks) {
    EXPECT_EQ(remark.location.file, row.path);
    EXPECT_GT(remark.location.line, 0U) << remark.text;
    if (!remark.carried) {
      left_out += remark.subject + ": " + remark.text + "\n";
    }
  }
  if (row.left_out.empty()) {
    EXPECT_EQ(left_out, "");
  } else {
    EXPECT_NE(left_out.find(row.left_out), std::string::npos) << left_out;
  }
  // Whatever was imported is a valid budgets file on known metrics.
  DraftFile draft;
  draft.inputs = import->inputs;
  draft.budgets = import->budgets;
  draft.closing = {left_out};
  MemoryFileSystem files;
  files.add("budgets.yml", write_budgets(draft));
  const auto loaded = load_budgets(files, "budgets.yml");
  ASSERT_TRUE(loaded) << write_budgets(draft) << to_string(loaded.error().front());
  EXPECT_EQ(loaded->budgets.size(), import->budgets.size());
  for (const Budget& budget : loaded->budgets) {
    EXPECT_TRUE(budget.metric) << budget.metric_id;
  }
}

/// A suite of its own for the rows of one tool.
#define BUDGETCHECK_IMPORT_TABLE(Suite, rows)                       \
  class Suite : public testing::TestWithParam<ImportRow> {};        \
  TEST_P(Suite, BecomesTheseBudgets) { expect_import(GetParam()); } \
  INSTANTIATE_TEST_SUITE_P(Rows, Suite, testing::ValuesIn(rows), name_of)

}  // namespace budgetcheck
