#include "cli/check/plan.h"

#include <fmt/format.h>

#include <utility>

#include "base/append.h"
#include "base/glob.h"
#include "base/text.h"
#include "budget/load.h"
#include "cli/chosen_budgets.h"
#include "cli/terminal/clock.h"

namespace budgetcheck {
namespace {

/// The one error of a budgets file that is a verdict: a file of another version cannot be judged.
constexpr std::string_view kVersionCode = "SCHEMA_VERSION";

/// Finds and loads the budgets file; the defaults when there is none. A problem leaves nothing to go on with.
std::optional<BudgetsFile> load(const FileSystem& files, const CheckOptions& options, Report& report) {
  Expected<std::string> path = choose_budgets(files, options.budgets);
  if (!path) {
    report.problems.push_back(std::move(path.error()));
    return std::nullopt;
  }
  if (path->empty()) {
    return default_budgets();
  }
  report.budgets_path = *path;
  ExpectedAll<BudgetsFile> loaded = load_budgets(files, *path);
  if (loaded) {
    return std::move(*loaded);
  }
  for (Error& error : loaded.error()) {
    if (error.code == kVersionCode) {
      Verdict verdict;
      verdict.budget = "*";
      verdict.status = Status::kError;
      verdict.code = std::move(error.code);
      verdict.message = std::move(error.message);
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

}  // namespace

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

namespace {

/// INPUTs of the command line replace those of the file, but an INPUT that the file describes as well keeps what
/// the file says of it.
std::vector<InputSpec> inputs_of(const CheckOptions& options, const BudgetsFile& budgets) {
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
  if (!options.gate_only && budgets.telemetry.collector) {
    InputSpec collector = *budgets.telemetry.collector;
    collector.path = join_path(budgets.folder, collector.path);
    inputs.push_back(std::move(collector));
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
        "no INPUT was given, and there is no budgets file",
        {},
        "name files (budgetcheck reports/lhr.json dist/stats.json), or let budgetcheck init write a budgets.yml from "
        "what it finds here",
        "NOTHING_TO_CHECK"};
  }
  return {ErrorKind::kUsage, "the budgets file names no inputs and no INPUT was given", Location::of(budgets.path),
          "add inputs: to it, or name files on the command line", "NOTHING_TO_CHECK"};
}

/// A schema that is named must be there, even when no input asks for it.
void check_schema(const FileSystem& files, const CheckOptions& options, Report& report) {
  if (options.schema.empty()) {
    return;
  }
  if (files.kind(options.schema) == FileKind::kMissing) {
    report.problems.push_back({ErrorKind::kUsage,
                               fmt::format("there is no file '{}'", printable(options.schema)),
                               {},
                               "--schema takes the schema.prisma of the application, or a folder of such files"});
  }
}

/// Of a file that names apps and has no inputs: settings that would then hold for nothing.
std::optional<Error> setting_without_inputs(const BudgetsFile& budgets) {
  for (const char* key : {"budgets", "rules", "rules_dir", "routes", "table_rows", "telemetry", "limits", "queues",
                          "generate", "waivers", "metrics"}) {
    if (const json::Value* found = budgets.document.find(key)) {
      return Error{
          ErrorKind::kUsage, fmt::format("the budgets file has '{}' and no inputs, so it holds for nothing", key),
          json::location_of(budgets.path, *found),
          "move it into the budgets files of the apps it is meant for: they take nothing from this file; or add "
          "inputs: of its own"};
    }
  }
  return std::nullopt;
}

/// What the report has from the budgets file.
void describe_budgets(const BudgetsFile& budgets, const std::optional<App>& app, Report& report) {
  report.project = budgets.project;
  report.rules = budgets.rules;
  report.budgets = budgets.document;
  if (report.app.empty()) {
    report.app = app ? app->name : report.project;
  }
}

}  // namespace

CheckPlan under_gate(CheckPlan plan, const CheckOptions& options, const Gate& gate) {
  plan.budgets.rules = gate.rules;
  plan.budgets.routes = gate.routes;
  plan.budgets.telemetry = gate.telemetry;
  plan.budgets.limits = gate.limits;
  plan.budgets.queues = gate.queues;
  plan.budgets.inputs = gate.inputs;
  plan.inputs = inputs_of(options, plan.budgets);
  for (InputSpec input : gate.more) {
    input.path = gate.texts.contains(input.path) ? input.path : join_path(plan.budgets.folder, input.path);
    plan.inputs.push_back(std::move(input));
  }
  return plan;
}

std::optional<CheckPlan> plan_check(const FileSystem& files, const CheckOptions& options, Report& report) {
  std::optional<BudgetsFile> budgets = load(files, options, report);
  if (!budgets) {
    return std::nullopt;
  }
  CheckPlan plan;
  plan.app =
      options.one_of_several || budgets->path.empty() ? options.one_of_several : app_with_file(files, budgets->path);
  describe_budgets(*budgets, plan.app, report);
  if (!report.problems.empty()) {  // of the outputs: nothing is measured that cannot be written
    return std::nullopt;
  }
  plan.inputs = inputs_of(options, *budgets);
  if (options.gate_only) {
    if (std::optional<Error> idle = setting_without_inputs(*budgets)) {
      report.problems.push_back(std::move(*idle));
      return std::nullopt;
    }
  } else if (plan.inputs.empty()) {
    report.problems.push_back(no_inputs(*budgets));
    return std::nullopt;
  }
  if (budgets->path.empty()) {
    report.notes.emplace_back(
        "no budgets file was found, so only the rules ran and nothing has a limit; write a budgets.yml to set limits");
  }
  check_schema(files, options, report);
  if (ExpectedAll<std::vector<GeneratedFile>> generated = generate_files(*budgets)) {
    plan.generated = std::move(*generated);
  } else {
    append_to(report.problems, std::move(generated.error()));
  }
  plan.limits = budgets->limits;
  plan.budgets = std::move(*budgets);
  plan.today = options.today.empty() ? today_utc() : options.today;
  return plan;
}

ExpectedAll<CheckPlan> plan_measurement(const FileSystem& files, const std::vector<std::string>& arguments,
                                        const std::string& budgets, const std::string& schema,
                                        const std::string& table_rows) {
  CheckOptions options;
  options.arguments = arguments;
  options.budgets = budgets;
  options.schema = schema;
  options.table_rows = table_rows;
  Report report;
  std::optional<CheckPlan> plan = plan_check(files, options, report);
  for (const Verdict& verdict : report.verdicts) {  // a budgets file of another version
    report.problems.push_back({ErrorKind::kUsage, verdict.message, verdict.location, verdict.hint});
  }
  if (!plan || !report.problems.empty()) {
    return tl::unexpected(std::move(report.problems));
  }
  return std::move(*plan);
}

}  // namespace budgetcheck
