#include "cli/hook/hook.h"

#include <algorithm>
#include <chrono>
#include <optional>

#include "base/platform/own_process.h"
#include "base/platform/streams.h"
#include "base/text.h"
#include "base/variables.h"
#include "baseline/checkout.h"
#include "baseline/repository.h"
#include "budget/load.h"
#include "cli/check/check.h"
#include "cli/hook/hook_files.h"
#include "cli/hook/pushed.h"
#include "cli/terminal/refuse.h"
#include "cli/terminal/terminal.h"
#include "model/exit_code.h"
#include "report/words/order.h"
#include "report/words/printable.h"
#include "report/words/run_words.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kSkip = "push all the same: git push --no-verify, or BUDGETCHECK_SKIP=1 git push";

/// Nothing that git sends takes longer, and a hook that waits would hold the push.
constexpr std::chrono::milliseconds kPatience{2000};
constexpr std::size_t kMostInput = 1 << 20;

void say(const std::string& line) { (void)write_all(kStandardError, "budgetcheck: " + line + "\n"); }

std::string text_of(const Variables& variables, const char* name) {
  const char* value = variables(name);
  return value == nullptr ? std::string() : std::string(value);
}

int tell(const Expected<HookChange>& change) {
  if (!change) {
    return refuse({change.error()});
  }
  (void)write_all(change->exit_code == kExitPass ? kStandardOutput : kStandardError,
                  "budgetcheck: " + change->text + "\n");
  return change->exit_code;
}

/// Which commit to compare with, where the push itself knows better than the situation; `why`: nothing to judge.
struct Plan {
  std::string base;
  std::string why;
};

Plan plan_of(const FileSystem& files, const Variables& variables, const std::vector<PushedRef>& pushed) {
  Plan out;
  const auto opened = open_checkout(files, variables, ".", "");
  if (!opened || !*opened || pushed.empty()) {
    return out;
  }
  const Checkout& checkout = **opened;
  const Head head = describe_head(checkout);
  const PushedRef* of_head = pushed_head(pushed, head.commit);
  if (of_head == nullptr) {
    out.why = only_deletes(pushed) ? "nothing but deletions is pushed"
                                   : "what is pushed is not what is checked out (" + short_id(head.commit) +
                                         "), and only that was built here";
    return out;
  }
  // On the main branch everything since the remote's state is new; elsewhere the branch point is the base.
  const bool known = !of_head->remote_id.empty() && checkout.repository->has_commit(of_head->remote_id);
  if (head.is_main && known && text_of(variables, "BUDGETCHECK_BASE").empty()) {
    out.base = of_head->remote_id;
  }
  return out;
}

/// What was not looked at, for the line that must not be missing under a green result.
std::vector<std::string> not_checked(const Report& report) {
  std::vector<std::string> out;
  constexpr std::string_view kOptional = "optional input ";
  for (const std::string& note : report.notes) {
    if (note.starts_with(kOptional)) {
      out.push_back(note.substr(kOptional.size()) + " there");
    }
  }
  for (const Input& input : report.inputs) {
    if (input.state != InputState::kRead) {
      out.push_back(name_text(input.path) + " is " + input_words(input));
    }
  }
  return out;
}

int judge_push(const FileSystem& files, const Options& given, const Plan& plan) {
  CheckOptions options;
  options.budgets = given.budgets;
  options.app = given.app;
  options.inputs_may_miss = true;
  options.no_fetch = true;
  options.base = plan.base;
  if (options.budgets.empty()) {
    const Expected<std::string> found = find_budgets_file(files, ".");
    if (found && found->empty()) {
      say("there is no budgets file here, so nothing was checked before this push");
      return kExitPass;
    }
  }
  const Report report = check(files, options, {});
  const std::vector<std::string> missing = not_checked(report);
  const bool any_read = std::any_of(report.inputs.begin(), report.inputs.end(),
                                    [](const Input& input) { return input.state == InputState::kRead; });
  const bool broken = !report.problems.empty() ||
                      std::any_of(report.verdicts.begin(), report.verdicts.end(),
                                  [&](const Verdict& v) { return breaks(v, report.fail_level); }) ||
                      std::any_of(report.findings.begin(), report.findings.end(),
                                  [&](const Finding& f) { return breaks(f, report.fail_level); });
  // Without all inputs a budget that matches nothing proves nothing.
  const bool wrong = report.exit_code == kExitUsage && missing.empty();
  for (const std::string& line : missing) {
    say("not checked: " + line);
  }
  if (broken || wrong) {
    (void)write_all(kStandardError, render_text(report, rendering_for(kStandardError, process_variables())));
    say("the push was stopped; mend it, or " + std::string(kSkip));
    return report.problems.empty() && broken ? kExitFailed : kExitUsage;
  }
  if (!any_read) {
    say("nothing was built or measured here, so nothing was checked before this push; CI will");
    return kExitPass;
  }
  const Tally t = tally(report);
  say(counted(t.passed + t.warned + t.waived, "budget") + " kept" +
      (t.errors + t.unclear > 0 ? ", " + std::to_string(t.errors + t.unclear) + " could not be judged here" : "") +
      "; " + base_words(report.base));
  return kExitPass;
}

}  // namespace

int run_hook(const FileSystem& files, const Options& options) {
  const std::string action = options.arguments.empty() ? "" : options.arguments.front();
  if (action == "install" || action == "uninstall") {
    if (options.arguments.size() > 1) {
      return refuse({{ErrorKind::kUsage,
                      "'hook " + action + "' has no use for '" + printable(options.arguments[1]) + "'",
                      {},
                      {}}});
    }
    return tell(action == "install" ? install_hook(own_path()) : uninstall_hook());
  }
  if (action != "run") {
    const std::string near = nearest(action, {"install", "uninstall", "run"});
    return refuse({{ErrorKind::kUsage,
                    "hook takes install, uninstall or run" +
                        (action.empty() ? std::string() : ", not '" + printable(action) + "'"),
                    {},
                    near.empty() ? "" : "did you mean '" + near + "'?"}});
  }
  const Variables variables = process_variables();
  if (const std::string skip = text_of(variables, "BUDGETCHECK_SKIP"); !skip.empty() && skip != "0") {
    say("skipped, as BUDGETCHECK_SKIP says; CI checks it all the same");
    return kExitPass;
  }
  std::vector<PushedRef> pushed = pushed_by_pre_commit(variables);
  if (pushed.empty()) {
    pushed = read_pushed(read_piped_input(kMostInput, kPatience));
  }
  const Plan plan = plan_of(files, variables, pushed);
  if (!plan.why.empty()) {
    if (!only_deletes(pushed)) {
      say("nothing was checked before this push: " + plan.why);
    }
    return kExitPass;
  }
  return judge_push(files, options, plan);
}

}  // namespace budgetcheck
