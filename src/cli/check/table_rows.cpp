#include "cli/check/table_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/overlay_file_system.h"
#include "base/text.h"
#include "budget/load.h"
#include "collect/collect.h"
#include "judge/gate/excuses.h"

namespace budgetcheck {
namespace {

using Rows = std::map<std::string, double>;

/// Nothing that a rule looks at is smaller: the least of min_rows.
double least_rows(const RuleSet& rules) {
  double least = std::numeric_limits<double>::infinity();
  for (const Rule& rule : rules.all()) {
    for (const RuleParam& param : rule.params) {
      if (rule.level != Level::kOff && param.name == "min_rows") {
        least = std::min(least, param.value);
      }
    }
  }
  return least;
}

Rows rows_in(const FileSystem& files, const InputSpec& spec) {
  Rows rows;
  for (const TableSize& size : collect(files, {spec}, {}, {}).queries.table_sizes) {
    double& most = rows[lower(size.table)];
    most = std::max(most, size.rows);
  }
  return rows;
}

/// Tables that were big enough to be looked at and are not any more.
std::vector<std::string> shrunk(const Rows& then, const Rows& now, double least) {
  std::vector<std::string> names;
  for (const auto& [name, rows] : then) {
    const auto found = now.find(name);
    if (rows >= least && (found == now.end() || found->second < least)) {
      names.push_back(name);
    }
  }
  return names;
}

InputSpec spec_of(std::string path) {
  InputSpec spec;
  spec.path = std::move(path);
  spec.settings.set("table_rows", json::Value(true));
  return spec;
}

}  // namespace

void hold_edited_table_rows(const FileSystem& files, const CheckOptions& options, const CheckPlan& plan,
                            const Baseline& base, Gate& gate) {
  const std::string path = !options.table_rows.empty() ? options.table_rows
                           : plan.budgets.table_rows   ? join_path(plan.budgets.folder, plan.budgets.table_rows->path)
                                                       : std::string();
  const std::string in_git = path.empty() || base.tree == nullptr ? "" : base.tree->in_repository(files, path);
  const FileChange change = in_git.empty() ? FileChange::kNone : base.tree->change_of(in_git);
  if (change == FileChange::kNone || change == FileChange::kAdded) {
    return;
  }
  const auto before = base.tree->open(in_git);
  if (!before) {
    gate.remarks.push_back(
        fmt::format("whether it makes tables in '{}' too small to be looked at is not known, as the base's file is not "
                    "in this clone; try: {}",
                    printable(path), base.tree->fix()));
    return;
  }
  const std::string name = path + " at the base";
  std::map<std::string, std::string> texts{{name, std::string((*before)->bytes())}};
  const OverlayFileSystem with_base(files, texts);
  const std::vector<std::string> names =
      shrunk(rows_in(with_base, spec_of(name)), rows_in(files, spec_of(path)), least_rows(gate.rules));
  if (names.empty()) {
    return;
  }
  const BudgetsFile unknown = default_budgets();
  const Excuses excuses(plan.budgets, base.budgets ? *base.budgets : unknown, plan.today);
  Excuses::Answer answer =
      excuses.judge({"table_rows",
                     {},
                     fmt::format("makes {} in '{}' too small to be looked at ('{}'{})", counted(names.size(), "table"),
                                 printable(path), printable(names.front()),
                                 names.size() > 1 ? fmt::format(" and {} more", names.size() - 1) : ""),
                     "the base's sizes hold",
                     Level::kError,
                     Location::of(path)});
  gate.verdicts.push_back(std::move(answer.verdict));
  if (!answer.accepted) {
    gate.more.push_back(spec_of(name));
    gate.texts.insert(texts.begin(), texts.end());
  }
}

}  // namespace budgetcheck
