#include "cli/update/update.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "base/append.h"
#include "base/ci.h"
#include "base/date.h"
#include "base/overlay_file_system.h"
#include "base/platform/output_file.h"
#include "base/text.h"
#include "base/text/suggestion.h"
#include "budget/edit/edit_budgets.h"
#include "budget/load.h"
#include "cli/check/assemble.h"
#include "cli/check/check.h"
#include "cli/chosen_budgets.h"
#include "cli/terminal/clock.h"
#include "cli/terminal/console.h"
#include "cli/update/decide_limit.h"
#include "cli/update/diff_lines.h"
#include "judge/judge_budgets.h"
#include "model/exit_code.h"

namespace budgetcheck {
namespace {

constexpr long kDaysOfRaise = 90;  // as long as a waiver may last without a remark

UpdatePlan refusal(const Errors& errors) {
  UpdatePlan plan;
  plan.code = kExitCannotJudge;
  for (const Error& error : errors) {
    plan.code = error.kind == ErrorKind::kInput ? plan.code : kExitUsage;
    plan.err += fmt::format("budgetcheck: {}\n", printable(to_string(error)));
  }
  return plan;
}

/// The budgets that are named, each once, in the order of the file.
ExpectedAll<std::vector<std::size_t>> named_budgets(const BudgetsFile& file, const std::vector<std::string>& ids) {
  std::vector<std::size_t> found;
  Errors errors;
  std::vector<std::string> known;
  for (const Budget& budget : file.budgets) {
    known.push_back(budget.id);
  }
  for (const std::string& id : ids) {
    const auto at = std::find(known.begin(), known.end(), id);
    if (at == known.end()) {
      if (id.starts_with("queues.")) {
        errors.push_back({ErrorKind::kUsage,
                          fmt::format("'{}' is no budget of the list but a limit of the section queues, which update "
                                      "does not edit",
                                      printable(id)),
                          Location::of(file.path),
                          "write the new limit there, and why under loosened: [{ setting: queues.QUEUE, owner: …, "
                          "reason: … }]"});
        continue;
      }
      const std::string near = nearest(id, known);
      errors.push_back({ErrorKind::kUsage, fmt::format("there is no budget '{}'", printable(id)),
                        Location::of(file.path),
                        near.empty() ? "an id is what check and explain call the budget" : did_you_mean(id, near)});
    } else if (const auto index = static_cast<std::size_t>(at - known.begin());
               std::find(found.begin(), found.end(), index) == found.end()) {
      found.push_back(index);
    }
  }
  for (std::size_t i = 0; ids.empty() && i < known.size(); ++i) {
    found.push_back(i);
  }
  for (const std::size_t index : found) {
    const Budget& budget = file.budgets[index];
    if (!budget.metric) {
      errors.push_back({ErrorKind::kUsage,
                        fmt::format("'{}' is on '{}', which is not a known metric", printable(budget.id),
                                    printable(budget.metric_id)),
                        budget.location, budget.metric_hint});
    }
  }
  if (!errors.empty()) {
    return tl::unexpected(std::move(errors));
  }
  std::sort(found.begin(), found.end());
  return found;
}

Errors problems_of(const Report& report) {
  Errors errors = report.problems;
  for (const Verdict& verdict : report.verdicts) {  // a file of another version
    errors.push_back({ErrorKind::kUsage, verdict.message, verdict.location, verdict.hint});
  }
  return errors;
}

/// What a check says of a file on the same measurements.
std::vector<Verdict> verdicts_on(const BudgetsFile& file, const Measurement& measured) {
  Reference reference;
  reference.base = measured.base.results ? &*measured.base.results : nullptr;
  reference.base_budgets = measured.base.budgets ? &measured.base.budgets->budgets : nullptr;
  reference.rerun = measured.base.rerun ? &*measured.base.rerun : nullptr;
  reference.needs_base = measured.base.is_needed;
  return judge_budgets(file, measured.facts, reference, measured.plan.today).verdicts;
}

std::vector<Verdict> of_budget(const std::vector<Verdict>& verdicts, const std::string& id) {
  std::vector<Verdict> own;
  std::copy_if(verdicts.begin(), verdicts.end(), std::back_inserter(own),
               [&](const Verdict& verdict) { return verdict.budget == id; });
  return own;
}

struct Change {
  std::size_t budget = 0;
  LimitDecision decision;
};

class Update {
 public:
  Update(const FileSystem& files, const UpdateOptions& options, const Measurement& measured,
         const std::vector<std::size_t>& chosen)
      : files_(files), options_(options), measured_(measured), file_(measured.plan.budgets), chosen_(chosen) {}

  UpdatePlan plan() {
    UpdatePlan plan;
    plan.path = file_.path;
    Errors errors = decide();
    if (!errors.empty()) {
      return refusal(errors);
    }
    for (const Change& change : changes_) {
      plan.out += printable_lines(change.decision.text);
    }
    const std::vector<LimitEdit> edits = edits_of(changes_);
    if (edits.empty()) {
      plan.out += changes_.empty() ? nothing_to_tighten() : "";
      return plan;
    }
    const auto content = files_.open(file_.path);
    const Expected<std::string> text =
        content ? edit_budgets(file_.path, (*content)->bytes(), edits) : tl::unexpected(content.error());
    if (!text) {
      return refusal({text.error()});
    }
    errors = objections(*text);
    if (!errors.empty()) {
      return refusal(errors);
    }
    if (any_looser()) {
      plan.out +=
          fmt::format("raised by {} until {}: {}\n", printable(options_.owner), expires(), printable(options_.reason));
    }
    if (options_.dry_run) {
      plan.out += fmt::format("would change {}:\n{}", printable(file_.path), diff_lines((*content)->bytes(), *text));
      return plan;
    }
    plan.text = *text;
    plan.out += fmt::format("wrote {}; next: budgetcheck check, then commit it with the change that needs it\n",
                            printable(file_.path));
    return plan;
  }

 private:
  Errors decide() {
    Errors errors;
    const std::vector<Verdict> verdicts = options_.tighten ? verdicts_on(file_, measured_) : std::vector<Verdict>();
    std::set<std::string> suggested;
    for (const Verdict& verdict : verdicts) {
      if (verdict.tighter) {
        suggested.insert(verdict.budget);
      }
    }
    const json::Value* list = file_.document.find("budgets");
    for (const std::size_t index : chosen_) {
      if (options_.tighten && options_.ids.empty() && !suggested.contains(file_.budgets[index].id)) {
        continue;
      }
      const Trial trial(file_, index, list->array()->at(index), measured_.facts, measured_.base, measured_.plan.today);
      if (options_.tighten) {
        LimitDecision decision = decide_tighter(trial, of_budget(verdicts, file_.budgets[index].id));
        if (!options_.ids.empty() || !decision.limits.empty()) {
          changes_.push_back({index, std::move(decision)});
        }
        continue;
      }
      Expected<LimitDecision> decision = decide_limit(trial, options_);
      if (!decision) {
        errors.push_back(decision.error());
      } else if (decision->is_looser && (options_.reason.empty() || options_.owner.empty())) {
        errors.push_back({ErrorKind::kUsage,
                          fmt::format("'{}' gets a looser limit, which needs --reason and --owner",
                                      printable(file_.budgets[index].id)),
                          file_.budgets[index].location, "they go into the file, and reviewers read them"});
      } else {
        changes_.push_back({index, std::move(*decision)});
      }
    }
    return errors;
  }

  std::string expires() const {
    return options_.expires.empty() ? date_text(day_number(measured_.plan.today).value_or(0) + kDaysOfRaise)
                                    : options_.expires;
  }

  bool any_looser() const {
    return std::any_of(changes_.begin(), changes_.end(), [](const Change& one) { return one.decision.is_looser; });
  }

  std::vector<LimitEdit> edits_of(const std::vector<Change>& changes) const {
    std::vector<LimitEdit> edits;
    for (const Change& change : changes) {
      bool is_first = true;
      for (const NewLimit& limit : change.decision.limits) {
        LimitEdit edit{change.budget, limit.key, limit.part, limit.text, {}};
        if (is_first && change.decision.is_looser) {
          edit.raised = Raised{options_.reason, options_.owner, expires()};
        }
        is_first = false;
        edits.push_back(std::move(edit));
      }
    }
    return edits;
  }

  /// What a check would say against the changed budgets: that the file is not valid, or that they do not pass.
  Errors objections(const std::string& text) const {
    const OverlayFileSystem changed(files_, {{file_.path, text}});
    const ExpectedAll<BudgetsFile> file = load_budgets(changed, file_.path);
    if (!file) {
      return file.error();
    }
    Errors errors;
    const std::vector<Verdict> verdicts = verdicts_on(*file, measured_);
    for (const Change& change : changes_) {
      if (change.decision.limits.empty()) {
        continue;
      }
      for (const Verdict& verdict : of_budget(verdicts, file_.budgets[change.budget].id)) {
        if (verdict.status != Status::kFail && verdict.status != Status::kInconclusive &&
            verdict.status != Status::kError) {
          continue;
        }
        errors.push_back({verdict.status == Status::kFail ? ErrorKind::kUsage : ErrorKind::kInput,
                          fmt::format("with its new limit '{}' would still not pass: {}", printable(verdict.budget),
                                      verdict.message),
                          verdict.location, hint_for(change.budget, verdict)});
        break;
      }
    }
    return errors;
  }

  /// A reason that the base has in the same words was for an earlier raise.
  std::string hint_for(std::size_t budget, const Verdict& verdict) const {
    const std::vector<Budget>* base = measured_.base.budgets ? &measured_.base.budgets->budgets : nullptr;
    const bool is_old = base != nullptr && std::any_of(base->begin(), base->end(), [&](const Budget& was) {
                          return was.id == file_.budgets[budget].id && was.raised &&
                                 was.raised->reason == options_.reason && was.raised->owner == options_.owner &&
                                 was.raised->expires == expires();
                        });
    return is_old ? "the base has been raised for this reason already: give this raise its own --reason" : verdict.hint;
  }

  static std::string printable_lines(const std::string& text) {
    std::string out;
    for (const std::string_view line : split(text, '\n')) {
      out += printable(line) + "\n";
    }
    return out;
  }

  static std::string nothing_to_tighten() {
    return "no limit can be tightened: that takes ten stored results of the main branch that stay well below it, on "
           "bytes or counts\n";
  }

  const FileSystem& files_;
  const UpdateOptions& options_;
  const Measurement& measured_;
  const BudgetsFile& file_;
  const std::vector<std::size_t>& chosen_;
  std::vector<Change> changes_;
};

}  // namespace

UpdatePlan plan_update(const FileSystem& files, const UpdateOptions& options) {
  const ExpectedAll<BudgetsFile> file = load_own_budgets(
      files, options.check.budgets, ".", "let budgetcheck init write one, or name a file with --budgets");
  if (!file) {
    return refusal(file.error());
  }
  const ExpectedAll<std::vector<std::size_t>> chosen = named_budgets(*file, options.ids);
  if (!chosen) {
    return refusal(chosen.error());
  }
  const std::string today = options.check.today.empty() ? today_utc() : options.check.today;
  if (!options.expires.empty() && options.expires < today) {
    return refusal({{ErrorKind::kUsage,
                     fmt::format("--expires {} is over, so the raise would excuse nothing", options.expires),
                     {},
                     "give a day to come"}});
  }
  Report report = begin_report(files, options.check, {});
  const std::optional<Measurement> measured = measure_for_check(files, options.check, report);
  if (!measured) {
    return refusal(problems_of(report));
  }
  return Update(files, options, *measured, *chosen).plan();
}

int run_update(const FileSystem& files, const Variables& variables, const UpdateOptions& options) {
  UpdatePlan plan = runs_in_ci(variables)
                        ? refusal({{ErrorKind::kUsage,
                                    "update does not run in CI: a gate that raises its own limits guards nothing",
                                    {},
                                    "run it where you work, and commit the budgets file with the change"}})
                        : plan_update(files, options);
  if (!plan.text.empty()) {
    const SystemResult<> written =
        OutputFile::open(plan.path, OutputFile::Existing::kReplaced).and_then([&](OutputFile file) {
          return file.write(plan.text);
        });
    if (!written) {
      plan = refusal({{ErrorKind::kOutput,
                       fmt::format("cannot write '{}': {}", printable(plan.path), written.error()),
                       {},
                       "check that the file may be written"}});
    }
  }
  (void)print(plan.out);
  print_aside(plan.err);
  return plan.code;
}

}  // namespace budgetcheck
