#include "cli/check/check.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "base/glob.h"
#include "base/text.h"
#include "base/variables.h"
#include "baseline/checkout.h"
#include "baseline/find_base.h"
#include "baseline/history.h"
#include "budget/load.h"
#include "cli/check/collect_inputs.h"
#include "cli/repository.h"
#include "cli/terminal/clock.h"
#include "cli/terminal/outputs.h"
#include "cli/terminal/terminal.h"
#include "detect/detect.h"
#include "detect/query/table_reads.h"
#include "judge/change/causes.h"
#include "judge/change/loosening.h"
#include "judge/history/budget_history.h"
#include "judge/judge.h"
#include "model/exit_code.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kVersionCode = "SCHEMA_VERSION: ";

template <class T>
void append(std::vector<T>& to, std::vector<T> from) {
  std::move(from.begin(), from.end(), std::back_inserter(to));
}

/// Finds and loads the budgets file; the defaults when there is none. A problem leaves nothing to go on with.
std::optional<BudgetsFile> load(const FileSystem& files, const Options& options, Report& report) {
  std::string path = options.budgets;
  if (path.empty()) {
    Expected<std::string> found = find_budgets_file(files, ".");
    if (!found) {
      report.problems.push_back(std::move(found.error()));
      return std::nullopt;
    }
    path = std::move(*found);
  }
  if (path.empty()) {
    return default_budgets();
  }
  report.budgets_path = path;
  ExpectedAll<BudgetsFile> loaded = load_budgets(files, path);
  if (loaded) {
    return std::move(*loaded);
  }
  for (Error& error : loaded.error()) {
    if (error.message.starts_with(kVersionCode)) {
      Verdict verdict;
      verdict.budget = "*";
      verdict.status = Status::kError;
      verdict.code = "SCHEMA_VERSION";
      verdict.message = error.message.substr(kVersionCode.size());
      verdict.hint = std::move(error.hint);
      verdict.location = std::move(error.location);
      report.verdicts.push_back(std::move(verdict));
    } else {
      error.kind = ErrorKind::kUsage;
      report.problems.push_back(std::move(error));
    }
  }
  return std::nullopt;
}

/// What the file says of its inputs, with paths as seen from the working directory.
std::vector<InputSpec> described_inputs(const BudgetsFile& budgets) {
  std::vector<InputSpec> described = budgets.inputs;
  for (InputSpec& spec : described) {
    if (spec.path != "-") {
      spec.path = join_path(budgets.folder, spec.path);
    }
    spec.settings.set_folder(budgets.folder);
  }
  return described;
}

/// INPUTs of the command line replace those of the file, but an INPUT that the file describes as well keeps what
/// the file says of it.
std::vector<InputSpec> inputs_of(const Options& options, const BudgetsFile& budgets) {
  const std::vector<InputSpec> described = described_inputs(budgets);
  std::vector<InputSpec> inputs;
  for (const std::string& argument : options.arguments) {
    InputSpec input;
    for (const InputSpec& spec : described) {
      if (path_glob_matches(spec.path, join_path(".", argument))) {
        input = spec;
      }
    }
    input.path = argument;
    input.optional = false;
    inputs.push_back(std::move(input));
  }
  if (options.arguments.empty()) {
    inputs = described;
  }
  if (inputs.empty()) {
    return inputs;
  }
  if (!options.table_rows.empty()) {
    InputSpec sizes;
    sizes.path = options.table_rows;
    sizes.settings.set("table_rows", json::Value(true));
    inputs.push_back(std::move(sizes));
  } else if (budgets.table_rows) {
    InputSpec sizes = *budgets.table_rows;
    sizes.path = join_path(budgets.folder, sizes.path);
    inputs.push_back(std::move(sizes));
  }
  for (InputSpec& input : inputs) {
    if (!options.schema.empty()) {
      input.settings.set("schema", options.schema);
    }
    input.optional = input.optional || options.inputs_may_miss;
  }
  return inputs;
}

Error no_inputs(const BudgetsFile& budgets) {
  if (budgets.path.empty()) {
    return {
        ErrorKind::kUsage,
        "there is nothing to check: no INPUT was given and no budgets file was found",
        {},
        "name files (budgetcheck reports/lhr.json dist/stats.json), or let budgetcheck init write a budgets.yml from "
        "what it finds here"};
  }
  return {ErrorKind::kUsage, "the budgets file names no inputs and no INPUT was given", Location::of(budgets.path),
          "add inputs: to it, or name files on the command line"};
}

/// A schema that is named must be there, even when no input asks for it.
void check_schema(const FileSystem& files, const Options& options, Report& report) {
  if (options.schema.empty()) {
    return;
  }
  if (files.kind(options.schema) == FileKind::kMissing) {
    report.problems.push_back({ErrorKind::kUsage,
                               "there is no file '" + printable(options.schema) + "'",
                               {},
                               "--schema takes the schema.prisma of the application, or a folder of such files"});
  }
}

/// Says in the report which base was chosen; nothing when there are no results to compare with.
std::optional<Base> load_base(const FileSystem& files, const Options& options, Report& report) {
  BaseRequest request;
  request.base = options.base;
  request.app = report.app;
  request.budgets_path = report.budgets_path;
  request.remote = options.remote;
  request.fetch = !options.no_fetch;
  ExpectedAll<Base> base = find_base(files, process_variables(), request);
  if (!base) {
    append(report.problems, std::move(base.error()));
    return std::nullopt;
  }
  report.base = base->info;
  append(report.notes, std::move(base->notes));
  return std::move(*base);
}

/// The budgets that held at the base. A file that cannot be read leaves loosened limits unseen, which is said.
std::optional<BudgetsFile> budgets_of(const Base& base, Report& report) {
  if (!base.budgets && base.results.budgets.is_null()) {
    return std::nullopt;
  }
  ExpectedAll<BudgetsFile> file = base.budgets ? load_past_budgets(base.budgets->path, base.budgets->text)
                                               : load_past_budgets("the base's budgets", base.results.budgets);
  if (file) {
    return std::move(*file);
  }
  const Error& first = file.error().front();
  report.notes.push_back("the base's budgets file cannot be used, so a limit that this change loosens is not seen: " +
                         to_string(first));
  return std::nullopt;
}

/// `--rerun FILE`: a results file with fresh runs of both sides. A file without any would leave every question open in
/// silence, so it is an error.
std::optional<Results> load_rerun(const FileSystem& files, const Options& options, Report& report) {
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
  ExpectedAll<Results> results = read_results(options.rerun, (*content)->bytes());
  if (!results) {
    for (Error& error : results.error()) {
      error.kind = ErrorKind::kUsage;
    }
    append(report.problems, std::move(results.error()));
    return std::nullopt;
  }
  const bool has_pairs = std::any_of(results->samples.begin(), results->samples.end(),
                                     [](const Sample& sample) { return !sample.base_runs.empty(); });
  if (!has_pairs) {
    report.problems.push_back(
        {ErrorKind::kUsage, "the rerun has no sample with runs of both sides", Location::of(options.rerun), kHint});
    return std::nullopt;
  }
  return std::move(*results);
}

/// On the main branch: what its stored results say of growth that no single change shows.
void find_creep(const FileSystem& files, const Options& options, const BudgetsFile& budgets, Report& report,
                Facts& facts) {
  const Rule* rule = budgets.rules.find("slow-drift");
  if (rule == nullptr || rule->level == Level::kOff || budgets.budgets.empty() ||
      !describe_head(files, process_variables()).is_main) {
    return;
  }
  HistoryRequest request;
  request.app = report.app;
  request.remote = options.remote;
  request.fetch = false;  // looking for the base has fetched what there is
  request.limit = kCreepRecords;
  const ExpectedAll<History> history = read_history(files, process_variables(), request);
  if (!history) {
    append(report.notes, {"slow-drift was not looked for: " + to_string(history.error().front())});
    return;
  }
  std::vector<const Results*> records;
  for (const StoredRecord& record : history->records) {
    if (record.commit != report.commit) {  // an earlier run of this very commit
      records.push_back(&record.results);
    }
  }
  facts.crept = find_crept(budgets, facts.samples, records);
}

/// A first word that is neither a file nor a command was probably meant as a command.
void suggest_command(const Options& options, Report& report) {
  std::vector<std::string> names;
  for (const CommandSpec& spec : command_specs()) {
    names.emplace_back(spec.name);
  }
  for (Input& input : report.inputs) {
    const bool first = !options.arguments.empty() && input.path == options.arguments.front();
    const std::string near = first && input.state == InputState::kUnreadable ? nearest(input.path, names) : "";
    if (!near.empty()) {
      input.hint = "did you mean the command '" + near + "'?";
    }
  }
}

void measure_and_judge(const FileSystem& files, const Options& options, const BudgetsFile& budgets,
                       JudgeOptions judging, Report& report) {
  const std::vector<InputSpec> inputs = inputs_of(options, budgets);
  if (inputs.empty()) {
    report.problems.push_back(no_inputs(budgets));
    return;
  }
  check_schema(files, options, report);
  std::optional<Base> base = load_base(files, options, report);
  const std::optional<Results> rerun = load_rerun(files, options, report);
  if (!report.problems.empty()) {
    return;
  }

  // A bare repository has no files: that the budgets file is not there is no change.
  const bool could_be_there = !budgets.path.empty() || !report.repository_root.empty();
  const std::optional<BudgetsFile> base_budgets = base && could_be_there ? budgets_of(*base, report) : std::nullopt;
  // A budget that the change removes is missed only where its metric is still measured.
  Wishes wishes = wishes_of(budgets);
  if (base_budgets) {
    wishes.add(wishes_of(*base_budgets));
  }
  Facts facts = collect_inputs(files, inputs, budgets.routes, wishes);
  if (options.paired) {
    facts.env.paired = true;
  }
  if (base && options.paired) {
    base->results.env.paired = true;
  }
  const Results* base_results = base && base->found() ? &base->results : nullptr;
  find_creep(files, options, budgets, report, facts);
  judging.rerun = rerun ? &*rerun : nullptr;
  report.findings = detect(facts, budgets.rules);
  if (const Rule* scans = budgets.rules.find("full-scan"); scans != nullptr && scans->level != Level::kOff) {
    append(report.notes, table_read_remarks(facts, scans->param("min_rows")));
  }
  compare_findings(report.findings, base_results);
  if (base_budgets) {
    judging.base_budgets = &base_budgets->budgets;
    append(report.notes, loosened_rules(base_budgets->document, budgets.rules));
    append(report.notes, dropped_inputs(base_budgets->document, budgets.inputs));
  }
  Judgement judgement = judge(budgets, facts, base_results, judging);

  explain_changes(judgement.verdicts, facts.parts, base_results != nullptr ? &base_results->parts : nullptr,
                  judgement.notes);

  if (base_results != nullptr) {
    report.base_samples = std::move(base->results.samples);
    report.base_parts = std::move(base->results.parts);
  }
  report.inputs = std::move(facts.inputs);
  report.samples = std::move(facts.samples);
  report.parts = std::move(facts.parts);
  report.exchanges = std::move(facts.capture.exchanges);
  report.env = std::move(facts.env);
  append(report.notes, std::move(facts.notes));
  report.verdicts = std::move(judgement.verdicts);
  report.unbudgeted = judgement.unbudgeted;
  append(report.notes, std::move(judgement.notes));
  suggest_command(options, report);
}

}  // namespace

Report check(const FileSystem& files, const Options& options, Errors problems) {
  Report report;
  report.problems = std::move(problems);
  report.tool_version = BUDGETCHECK_VERSION;
  report.measured_at = utc_now();
  report.app = options.app;
  find_repository(files, report);
  Head head = describe_head(files, process_variables());
  report.commit = std::move(head.commit);
  report.parents = std::move(head.parents);
  JudgeOptions judging;
  judging.today = options.today.empty() ? today_utc() : options.today;
  judging.fail_level = options.fail_level;
  judging.require_base = options.require_base;

  const std::optional<BudgetsFile> budgets = load(files, options, report);
  if (budgets) {
    report.project = budgets->project;
    report.rules = budgets->rules;
    if (budgets->path.empty()) {
      report.notes.emplace_back(
          "no budgets file was found, so only the rules ran and nothing has a limit; write a budgets.yml to set "
          "limits");
    }
    report.budgets = budgets->document;
    if (report.app.empty()) {
      report.app = report.project;
    }
    if (report.problems.empty()) {
      measure_and_judge(files, options, *budgets, judging, report);
    }
  }
  decide(report, judging);
  return report;
}

int run_check(const FileSystem& files, const Options& options, const Rendering& on_stdout) {
  Outputs outputs;
  Errors unopened = outputs.open(options.outputs);
  const Report report = check(files, options, std::move(unopened));
  const Errors unwritten = outputs.write(report, on_stdout);
  if (!unwritten.empty()) {
    for (const Error& error : unwritten) {
      (void)write_all(2, "budgetcheck: " + to_string(error) + "\n");
    }
    return kExitUsage;
  }
  return report.exit_code;
}

}  // namespace budgetcheck
