#include "cli/check/base.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/append.h"
#include "base/text.h"
#include "base/variables.h"
#include "baseline/checkout.h"
#include "baseline/ci_environment.h"
#include "baseline/find_base.h"
#include "baseline/history.h"
#include "budget/load.h"
#include "judge/history/drift.h"

namespace budgetcheck {
namespace {

/// Says in the report which base was chosen; nothing when there are no results to compare with.
std::optional<Base> load_base(const FileSystem& files, const CheckOptions& options, const CheckPlan& plan,
                              Report& report) {
  BaseRequest request;
  request.base = options.base;
  request.app = report.app;
  request.app_is_project = options.app.empty() && !(plan.app && plan.app->shares_project);
  request.is_app_of_root = plan.app.has_value();
  request.is_of_several = options.one_of_several.has_value();
  request.budgets_only = options.gate_only;
  request.fetched = options.fetched;
  request.budgets_path = report.budgets_path;
  request.remote = options.remote;
  request.fetch = !options.no_fetch;
  ExpectedAll<Base> base = find_base(files, process_variables(), request);
  if (!base) {
    append_to(report.problems, std::move(base.error()));
    return std::nullopt;
  }
  report.base = base->info;
  append_to(report.notes, std::move(base->notes));
  return std::move(*base);
}

/// The budgets file that held at the base. When it cannot be used, what the change loosens is not seen: a clause in
/// `gate` says so.
std::optional<BudgetsFile> budgets_of(const Base& base, std::vector<std::string>& gate) {
  if (!base.budgets && base.results.budgets.is_null()) {
    return std::nullopt;
  }
  ExpectedAll<BudgetsFile> file = base.budgets
                                      ? load_past_budgets(base.budgets->path, base.budgets->text, base.tree.get())
                                      : load_past_budgets("the base's budgets", base.results.budgets);
  if (file) {
    return std::move(*file);
  }
  gate.push_back(fmt::format("what it loosens is not known, as the base's budgets file cannot be used: {}",
                             to_string(file.error().front())));
  return std::nullopt;
}

/// A pull request whose base has a budgets file is not the one that brings the gate, so its base has been measured or
/// should have been.
bool is_needed(const FileSystem& files, const CheckOptions& options, const Base& base) {
  return options.require_base ||
         (!base.has_no_budgets && read_ci_environment(files, process_variables()).is_change_request());
}

/// `--rerun FILE`: a results file with fresh runs of both sides. A file without any would silently leave every
/// question open, so it is an error.
std::optional<Results> load_rerun(const FileSystem& files, const CheckOptions& options, Report& report) {
  if (options.rerun.empty()) {
    return std::nullopt;
  }
  constexpr const char* kHint = "--rerun takes a results file whose samples have runs and base_runs, measured in turns";
  Expected<std::unique_ptr<FileContent>> content = files.open(options.rerun);
  if (!content) {
    Error error = std::move(content.error());
    error.kind = ErrorKind::kUsage;
    error.message = "the rerun: " + error.message;
    error.hint = kHint;
    report.problems.push_back(std::move(error));
    return std::nullopt;
  }
  ExpectedAll<Results> results = read_results(options.rerun, (*content)->bytes(), report.app);
  if (!results) {
    for (Error& error : results.error()) {
      error.kind = ErrorKind::kUsage;
    }
    append_to(report.problems, std::move(results.error()));
    return std::nullopt;
  }
  const bool has_pairs = std::any_of(results->samples.begin(), results->samples.end(), [](const Sample& sample) {
    return !sample.base_runs.empty() || !sample.base_quantiles.empty();
  });
  if (!has_pairs) {
    report.problems.push_back(
        {ErrorKind::kUsage, "the rerun has no sample with runs of both sides", Location::of(options.rerun), kHint});
    return std::nullopt;
  }
  return std::move(*results);
}

/// On the main branch, where growth that no single change shows is looked for: the results stored before this run.
std::vector<Results> load_records(const FileSystem& files, const CheckOptions& options, const BudgetsFile& budgets,
                                  Report& report) {
  std::vector<Results> records;
  const Rule* rule = budgets.rules.find("slow-drift");
  if (rule == nullptr || rule->level == Level::kOff || budgets.budgets.empty() ||
      !describe_head(files, process_variables()).is_main) {
    return records;
  }
  HistoryRequest request;
  request.app = report.app;
  request.remote = options.remote;
  request.fetch = false;  // looking for the base has fetched what there is
  request.limit = kDriftRecords;
  ExpectedAll<History> history = read_history(files, process_variables(), request);
  if (!history) {
    report.notes.push_back("slow-drift was not looked for: " + to_string(history.error().front()));
    return records;
  }
  for (StoredRecord& record : history->records) {
    if (record.commit != report.commit) {  // an earlier run of this very commit
      records.push_back(std::move(record.results));
    }
  }
  return records;
}

}  // namespace

std::optional<Baseline> find_baseline(const FileSystem& files, const CheckOptions& options, const CheckPlan& plan,
                                      Report& report) {
  Baseline baseline;
  std::optional<Base> base = load_base(files, options, plan, report);
  baseline.rerun = load_rerun(files, options, report);
  if (!base || !report.problems.empty()) {
    return std::nullopt;
  }
  // A bare repository has no files: a missing budgets file is not a change there.
  if (!plan.budgets.path.empty() || !report.repository_root.empty()) {
    baseline.budgets = budgets_of(*base, baseline.gate);
  }
  baseline.is_needed = is_needed(files, options, *base);
  baseline.tree = base->tree;
  if (base->found()) {
    base->results.env.paired = base->results.env.paired || options.paired;
    baseline.results = std::move(base->results);
  }
  baseline.records = load_records(files, options, plan.budgets, report);
  return baseline;
}

}  // namespace budgetcheck
