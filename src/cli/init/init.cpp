#include "cli/init/init.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <sstream>

#include "base/glob.h"
#include "base/overlay_file_system.h"
#include "base/text.h"
#include "budget/import/import.h"
#include "budget/load.h"
#include "cli/init/add_to_file.h"
#include "cli/init/folder_file_system.h"
#include "cli/init/init_limits.h"
#include "cli/init/init_survey.h"
#include "cli/init/workspace.h"
#include "cli/schema.h"
#include "cli/terminal/clock.h"
#include "judge/judge_budgets.h"
#include "model/exit_code.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kFile = "budgets.yml";

InitPlan refuse(const Errors& errors, int code = kExitUsage) {
  InitPlan plan;
  plan.code = code;
  for (const Error& error : errors) {
    plan.err += fmt::format("budgetcheck: {}\n", printable(to_string(error)));
  }
  return plan;
}

/// What a reader of the file would object to. Nothing, unless a name is beyond what a budgets file can hold.
Errors objections(const std::string& text) {
  MemoryFileSystem written;
  written.add(std::string(kFile), text);
  const ExpectedAll<BudgetsFile> loaded = load_budgets(written, std::string(kFile));
  if (!loaded) {
    return loaded.error();
  }
  Errors errors;
  for (const Budget& budget : loaded->budgets) {
    if (!budget.metric) {
      errors.push_back({ErrorKind::kUsage, fmt::format("the metric '{}' is not known", printable(budget.metric_id)),
                        budget.location, budget.metric_hint});
    }
  }
  return errors;
}

InitPlan with_file(const DraftFile& draft, std::string out) {
  InitPlan plan;
  plan.text = write_budgets(draft);
  DraftFile alone = draft;
  alone.apps.clear();  // their folders are not in what is asked
  if (Errors errors = objections(write_budgets(alone)); !errors.empty()) {
    errors.insert(
        errors.begin(),
        {ErrorKind::kUsage, "the budgets file that this would make is not valid, so none is written", {}, ""});
    return refuse(errors);
  }
  plan.out = std::move(out);
  std::ostringstream schema;
  std::ostringstream unused;
  (void)run_schema("budgets", schema, unused);
  plan.schema = schema.str();
  return plan;
}

std::string remark_text(const ImportRemark& remark) {
  const std::string place = printable(to_string(remark.location));
  const std::string text = printable(remark.text);
  return place + ": " + remark.subject +
         (remark.carried ? text.starts_with("->") ? " " : ": " : ": not carried over: ") + text;
}

/// Takes out what a budgets file would refuse, such as a metric that is probably misspelt.
void leave_out_invalid(Import& import) {
  std::vector<DraftBudget> valid;
  for (DraftBudget& budget : import.budgets) {
    DraftFile alone;
    alone.budgets = {budget};
    const Errors errors = objections(write_budgets(alone));
    if (errors.empty()) {
      valid.push_back(std::move(budget));
    } else {
      const std::string hint = errors.front().hint.empty() ? "" : "; " + errors.front().hint;
      import.remarks.push_back({budget.source, printable(budget.metric), errors.front().message + hint, false});
    }
  }
  import.budgets = std::move(valid);
}

DraftFile imported_file(const Import& import, const std::vector<std::string>& from) {
  DraftFile draft;
  std::vector<std::string> names;
  for (const std::string& path : from) {
    names.push_back(printable(path));
  }
  draft.comments = {
      fmt::format("Performance budgets, imported from {} ({}) by budgetcheck init.", join(names, ", "), import.tool),
      "Units and aggregation are those of the tool. budgetcheck validate checks this file, budgetcheck",
      "explain METRIC says what a metric is, and budgetcheck check is the gate."};
  draft.inputs = import.inputs;
  draft.budgets = import.budgets;
  for (const ImportRemark& remark : import.remarks) {
    if (!remark.carried) {
      draft.closing.push_back(remark_text(remark));
    }
  }
  return draft;
}

InitPlan plan_import(const FileSystem& files, const std::vector<std::string>& from) {
  Import all;
  Errors errors;
  for (const std::string& path : from) {
    const auto content = files.open(path);
    if (!content) {
      errors.push_back(content.error());
      continue;
    }
    ExpectedAll<Import> import = import_budgets(path, (*content)->bytes());
    if (!import) {
      errors.insert(errors.end(), import.error().begin(), import.error().end());
      continue;
    }
    add_import(all, std::move(*import));
  }
  if (!errors.empty()) {
    return refuse(errors);
  }
  if (!objections(write_budgets(imported_file(all, from))).empty()) {
    leave_out_invalid(all);
  }
  std::string out;
  for (const ImportRemark& remark : all.remarks) {
    out += remark_text(remark) + "\n";
  }
  if (all.budgets.empty()) {
    InitPlan plan = refuse({{ErrorKind::kUsage,
                             "nothing in these files can become a budget, so no file is written",
                             {},
                             "the lines above say why; budgetcheck init without --from starts from today's numbers"}});
    plan.out = std::move(out);
    return plan;
  }
  const auto lost = static_cast<std::size_t>(std::count_if(all.remarks.begin(), all.remarks.end(),
                                                           [](const ImportRemark& remark) { return !remark.carried; }));
  out += fmt::format("\nwrote {}: {} from {}{}\n", kFile, counted(all.budgets.size(), "budget"), all.tool,
                     lost == 0 ? "" : fmt::format(", {} not carried over (see its end)", counted(lost, "line")));
  out += fmt::format("wrote {}: for completion in editors\n", kEditorSchema);
  for (const DraftInput& input : all.inputs) {
    if (files.kind(input.path) != FileKind::kDirectory && expand_path_glob(files, ".", input.path, 1).empty()) {
      out += fmt::format("no file matches '{}' yet: {}\n", printable(input.path), printable(join(input.comments, " ")));
    }
  }
  out += "next: budgetcheck check\n";
  return with_file(imported_file(all, from), std::move(out));
}

DraftFile measured_file(const Survey& survey, const Limits& limits) {
  DraftFile draft;
  draft.comments = {
      "Performance budgets, written by budgetcheck init from what it found here: today's numbers and some",
      "room, so that the next change is checked against them. Tighten what matters, delete what does not, and",
      "give each an owner. budgetcheck explain METRIC says what a metric is."};
  draft.project = survey.project;
  draft.inputs = survey.inputs;
  draft.budgets = limits.budgets;
  draft.rules = limits.rules;
  if (!survey.missing.empty()) {
    draft.closing.emplace_back("Not measured yet (budgetcheck init --add says more, and adds what is there by then):");
  }
  for (const NotMeasured& one : survey.missing) {
    draft.to_copy.push_back(fmt::format("{}: {}", one.what, one.steps.front()));
  }
  return draft;
}

/// What the survey measured, without the files that are known to be broken: a glob may take them in.
Facts sound_facts(const Facts& all) {
  Facts facts = all;
  std::set<std::string> broken;
  for (const Input& input : facts.inputs) {
    if (input.state != InputState::kRead) {
      broken.insert(input.path);
    }
  }
  std::erase_if(facts.inputs, [&](const Input& input) { return broken.contains(input.path); });
  std::erase_if(facts.unmeasured, [&](const Unmeasured& u) { return broken.contains(u.location.file); });
  return facts;
}

/// Judges the limits as the first check will, and takes out those that it would not pass: parts of what they are on
/// could not be measured.
void leave_out_unclear(const Survey& survey, Limits& limits) {
  MemoryFileSystem written;
  written.add(std::string(kFile), write_budgets(measured_file(survey, limits)));
  const ExpectedAll<BudgetsFile> file = load_budgets(written, std::string(kFile));
  if (!file || file->budgets.size() != limits.budgets.size()) {
    return;  // with_file says why
  }
  std::map<std::string, std::string> unclear;  // by the budget's id, why
  for (const Verdict& verdict : judge_budgets(*file, sound_facts(survey.facts), {}, today_utc()).verdicts) {
    if (verdict.status != Status::kPass) {
      unclear.emplace(verdict.budget, verdict.message);
    }
  }
  std::vector<DraftBudget> clear;
  for (std::size_t i = 0; i < limits.budgets.size(); ++i) {
    const auto found = unclear.find(file->budgets[i].id);
    if (found == unclear.end()) {
      clear.push_back(std::move(limits.budgets[i]));
    } else {
      limits.remarks.push_back(fmt::format("no budget on {}: {}", summary_of(limits.budgets[i]), found->second));
    }
  }
  limits.budgets = std::move(clear);
}

/// With an empty line between them.
std::string in_blocks(std::initializer_list<std::string> blocks) {
  std::string out;
  for (const std::string& block : blocks) {
    out += out.empty() || block.empty() ? "" : "\n";
    out += block;
  }
  return out;
}

struct Today {
  Survey survey;
  Limits limits;
  std::string found;    ///< lines for people
  std::string lacking;  ///< what was left out, what else there is to know, and what is not measured yet
};

Today look_at_folder(const FileSystem& files) {
  Today today{survey_folder(files), {}, {}, {}};
  const Survey& survey = today.survey;
  for (const std::string& line : survey.found) {
    today.found += fmt::format("found: {}\n", printable(line));
  }
  std::string& out = today.lacking;
  for (const std::string& line : survey.left_out) {
    out += fmt::format("left out: {}\n", printable(line));
  }
  today.limits = limits_of(survey.facts, survey.libraries);
  Limits& limits = today.limits;
  leave_out_unclear(survey, limits);
  limits.remarks.insert(limits.remarks.begin(), survey.remarks.begin(), survey.remarks.end());
  for (const std::string& line : limits.remarks) {
    out += fmt::format("note: {}\n", printable(line));
  }
  for (const NotMeasured& one : survey.missing) {
    out += fmt::format("not measured yet: {}{}{}\n", printable(one.what), one.meanwhile.empty() ? "" : ", ",
                       printable(one.meanwhile));
    for (const std::string& step : one.steps) {
      out += fmt::format("  {}\n", printable(step));
    }
  }
  return today;
}

/// The file that names apps, and limits what is measured in none of them.
DraftFile root_file(const Survey& survey, const Limits& limits, const std::vector<DraftApp>& apps) {
  DraftFile draft;
  draft.comments = {
      "The apps of this repository, written by budgetcheck init. Each has a budgets file of its own in its",
      "folder; budgetcheck check judges all of them here, and one of them in its folder."};
  draft.project = survey.project;
  if (!limits.budgets.empty()) {
    draft = measured_file(survey, limits);
    const bool is_taken =
        std::any_of(apps.begin(), apps.end(), [&](const DraftApp& app) { return app.name == survey.project; });
    draft.project = survey.project.empty() ? "root" : survey.project + (is_taken ? "-root" : "");
  }
  draft.apps = apps;
  return draft;
}

Errors errors_of(const ExpectedAll<BudgetsFile>& file) { return file ? Errors() : file.error(); }

/// Whether an input of the file reads what `input` would: the same path, or a build's folder and a file of that build,
/// of which only one may be named.
bool is_named(const BudgetsFile& file, const DraftInput& input) {
  const auto is_below = [](const std::string& path, const std::string& folder) {
    return path == folder || path.starts_with(folder + "/");
  };
  return std::any_of(file.inputs.begin(), file.inputs.end(), [&](const InputSpec& spec) {
    const std::string path = join_path(spec.folder, spec.path);
    const std::string own = join_path("", input.path);
    const std::string root = spec.settings.path("root");
    return path == own || path_glob_matches(path, own) || is_below(own, path) || is_below(path, own) ||
           (!input.root.empty() && root == join_path("", input.root));
  });
}

/// Whether a budget of the file limits what `budget` would.
bool is_limited(const BudgetsFile& file, const DraftBudget& budget) {
  return std::any_of(file.budgets.begin(), file.budgets.end(), [&](const Budget& own) {
    return own.metric_id == budget.metric && own.where.size() == budget.where.size() &&
           std::all_of(budget.where.begin(), budget.where.end(), [&](const auto& label) {
             return std::any_of(own.where.begin(), own.where.end(), [&](const auto& place) {
               return place.first == label.first &&
                      (place.second == label.second || label_glob_matches(place.second, label.second));
             });
           });
  });
}

}  // namespace

InitPlan plan_folder(const FileSystem& files, const std::vector<DraftApp>& apps) {
  Today today = look_at_folder(files);
  const Survey& survey = today.survey;
  const Limits& limits = today.limits;
  InitPlan plan;
  if (!apps.empty()) {
    plan = with_file(root_file(survey, limits, apps), today.found + today.lacking);
  } else if (limits.budgets.empty()) {
    plan = refuse({{ErrorKind::kInput,
                    survey.inputs.empty() ? "nothing that can be measured was found here, so no file is written"
                                          : "nothing that was measured here can have a limit, so no file is written",
                    {},
                    "run one of the commands above, the first that fits, then budgetcheck init again"}},
                  kExitCannotJudge);
    plan.out = today.found + today.lacking;
  } else {
    const std::string written = fmt::format(
        "wrote {}: {} on {}\nwrote {}: for completion in editors\n"
        "next: budgetcheck check, then commit both files\n"
        "then, in CI on the main branch, so that check shows what a change made bigger:\n"
        "  budgetcheck check --output json=results.json\n"
        "  budgetcheck baseline push results.json\n",
        kFile, counted(limits.budgets.size(), "budget"), counted(survey.inputs.size(), "input"), kEditorSchema);
    plan = with_file(measured_file(survey, limits), in_blocks({today.found, written, today.lacking}));
  }
  plan.lines = {survey.found, survey.left_out, limits.remarks, {}};
  for (const NotMeasured& one : survey.missing) {
    plan.lines.missing.push_back(fmt::format("{}: {}", one.what, one.steps.front()));
  }
  return plan;
}

InitPlan plan_addition(const FileSystem& files) {
  const Expected<std::string> existing = find_budgets_file(files, ".");
  if (!existing) {
    return refuse({existing.error()});
  }
  if (existing->empty() || existing->find('/') != std::string::npos) {
    return refuse(
        {{ErrorKind::kUsage,
          existing->empty() ? std::string("there is no budgets file to add to")
                            : fmt::format("the budgets file is not in this folder but '{}'", printable(*existing)),
          {},
          existing->empty() ? "budgetcheck init writes one" : "run init --add in its folder"}});
  }
  const auto content = files.open(*existing);
  const ExpectedAll<BudgetsFile> file = load_budgets(files, *existing);
  if (!content || !file) {
    return content ? refuse(file.error()) : refuse({content.error()});
  }
  std::set<std::string> of_apps;  // their own files are added to in their folders
  for (const App& app : file->apps) {
    of_apps.insert(app.path);
  }
  Today today = look_at_folder(FolderFileSystem(files, ".", of_apps));
  std::vector<DraftInput> inputs = today.survey.inputs;
  std::vector<DraftBudget> budgets = today.limits.budgets;
  std::erase_if(inputs, [&](const DraftInput& input) { return is_named(*file, input); });
  std::erase_if(budgets, [&](const DraftBudget& budget) { return is_limited(*file, budget); });
  InitPlan plan;
  plan.path = *existing;
  if (inputs.empty() && budgets.empty()) {
    plan.out = in_blocks({today.found, fmt::format("nothing is missing in {}\n", *existing), today.lacking});
    return plan;
  }
  Expected<std::string> text = add_to_file(*existing, (*content)->bytes(), inputs, budgets);
  const Errors errors =
      text ? errors_of(load_budgets(OverlayFileSystem(files, {{*existing, *text}}), *existing)) : Errors{text.error()};
  if (!errors.empty()) {
    InitPlan refused = refuse(errors);
    refused.out = today.found + today.lacking;
    return refused;
  }
  plan.text = std::move(*text);
  plan.out = in_blocks({today.found,
                        fmt::format("added to {}: {} on {}\nnext: budgetcheck check, then commit the file\n", *existing,
                                    counted(budgets.size(), "budget"), counted(inputs.size(), "new input")),
                        today.lacking});
  return plan;
}

InitPlan plan_init(const FileSystem& files, const std::vector<std::string>& from) {
  const Expected<std::string> existing = find_budgets_file(files, ".");
  if (!existing) {
    return refuse({existing.error()});
  }
  const bool is_here = !existing->empty() && existing->find('/') == std::string::npos;
  if (is_here) {
    return refuse(
        {{ErrorKind::kUsage, "there is a budgets file already", Location::of(*existing),
          "init never overwrites one: budgetcheck init --add adds what is missing to it; or move it away first"}});
  }
  std::optional<InitPlan> workspace = from.empty() ? plan_workspace(files) : std::nullopt;
  InitPlan plan = workspace ? std::move(*workspace) : from.empty() ? plan_folder(files, {}) : plan_import(files, from);
  if (!existing->empty() && !plan.text.empty()) {
    plan.out += named_apps(files, *existing).any
                    ? fmt::format("'{}' names the apps that check judges there: this one is to be among them\n",
                                  printable(*existing))
                    : fmt::format("in this folder it replaces '{}'\n", printable(*existing));
  }
  return plan;
}

}  // namespace budgetcheck
