#include "cli/hook/hook.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>

#include "base/append.h"
#include "base/platform/own_process.h"
#include "base/platform/streams.h"
#include "base/text.h"
#include "base/variables.h"
#include "baseline/checkout.h"
#include "baseline/repository.h"
#include "budget/load.h"
#include "cli/check/check.h"
#include "cli/check/combine.h"
#include "cli/chosen_budgets.h"
#include "cli/command_line/shared_options.h"
#include "cli/hook/hook_files.h"
#include "cli/hook/pushed.h"
#include "cli/repository.h"
#include "cli/terminal/console.h"
#include "cli/terminal/refuse.h"
#include "cli/terminal/terminal.h"
#include "model/exit_code.h"
#include "report/words/order.h"
#include "report/words/printable.h"
#include "report/words/run_words.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kSkip = "push anyway: git push --no-verify, or BUDGETCHECK_SKIP=1 git push";

/// Nothing that git sends takes longer, and a hook that waits would hold the push.
constexpr std::chrono::milliseconds kPatience{2000};
constexpr std::size_t kMostInput = 1 << 20;

std::string text_of(const Variables& variables, const char* name) {
  const char* value = variables(name);
  return value == nullptr ? std::string() : std::string(value);
}

int tell(const Expected<HookChange>& change) {
  if (!change) {
    return refuse({change.error()});
  }
  const std::string text = "budgetcheck: " + change->text + "\n";
  if (change->exit_code == kExitPass) {
    (void)print(text);
  } else {
    print_aside(text);
  }
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
    out.why = only_deletes(pushed)
                  ? "only deletions are pushed"
                  : fmt::format("what is pushed is not what is checked out ({}), and only that was built here",
                                short_id(head.commit));
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
  for (const Report& app : report.apps) {
    for (const std::string& line : not_checked(app)) {
      out.push_back(line);
    }
  }
  if (!report.apps.empty()) {
    return out;
  }
  constexpr std::string_view kOptional = "optional input ";
  for (const std::string& note : report.notes) {
    if (note.starts_with(kOptional)) {
      out.push_back(note.substr(kOptional.size()) + " there");
    }
  }
  for (const Input& input : report.inputs) {
    if (input.state != InputState::kRead) {
      out.push_back(fmt::format("{} is {}", name_text(input.path), input_words(input)));
    }
  }
  return out;
}

/// What is to be guarded, judged; nothing: there is no budgets file.
std::optional<Report> judged(const FileSystem& files, const HookOptions& given, const Plan& plan) {
  CheckOptions options;
  options.app = given.app;
  options.inputs_may_miss = true;
  options.no_fetch = true;
  options.base = plan.base;
  std::vector<Report> reports;
  for (const std::string& folder : given.in.empty() ? std::vector<std::string>{"."} : given.in) {
    const Expected<std::string> path = choose_budgets(files, given.budgets, folder);
    if (path && path->empty()) {
      say_aside(fmt::format("there is no budgets file {}, so nothing was checked {}before this push",
                            folder == "." ? "here" : "in '" + printable(folder) + "'",
                            given.in.size() > 1 ? "of it " : ""));
      continue;
    }
    options.budgets = path ? *path : given.budgets;  // two files in one folder: check says so
    reports.push_back(check(files, options, {}));
  }
  if (reports.size() < 2) {
    return reports.empty() ? std::nullopt : std::optional<Report>(std::move(reports.front()));
  }
  std::vector<Report> apps;
  for (Report& report : reports) {
    if (report.apps.empty()) {
      apps.push_back(std::move(report));
    } else {
      append_to(apps, std::move(report.apps));
    }
  }
  return combine(Report(), false, std::move(apps));
}

/// Without all inputs a budget that matches nothing proves nothing.
bool is_wrong(const Report& report) {
  if (report.apps.empty()) {
    return report.exit_code == kExitUsage && not_checked(report).empty();
  }
  return std::any_of(report.apps.begin(), report.apps.end(), is_wrong);
}

int judge_push(const FileSystem& files, const HookOptions& given, const Plan& plan) {
  const std::optional<Report> found = judged(files, given, plan);
  if (!found) {
    return kExitPass;
  }
  const Report& report = *found;
  const std::vector<std::string> missing = not_checked(report);
  const bool any_read = std::any_of(report.inputs.begin(), report.inputs.end(),
                                    [](const Input& input) { return input.state == InputState::kRead; });
  const bool broken = !report.problems.empty() ||
                      std::any_of(report.verdicts.begin(), report.verdicts.end(),
                                  [&](const Verdict& v) { return breaks(v, report.fail_level); }) ||
                      std::any_of(report.findings.begin(), report.findings.end(),
                                  [&](const Finding& f) { return breaks(f, report.fail_level); });
  const bool wrong = is_wrong(report);
  for (const std::string& line : missing) {
    say_aside(fmt::format("not checked: {}", line));
  }
  if (broken || wrong) {
    print_aside(render_text(report, rendering_for(kStandardError, process_variables())));
    say_aside(fmt::format("the push was stopped; fix it, or {}", kSkip));
    return report.problems.empty() && broken ? kExitFailed : kExitUsage;
  }
  if (!any_read) {
    say_aside("nothing was built or measured here, so nothing was checked before this push; CI will");
    return kExitPass;
  }
  const Tally t = tally(report);
  const std::size_t open = t.errors + t.unclear;
  say_aside(fmt::format("{} kept{}; {}", counted(t.passed + t.warned + t.waived, "budget"),
                        open > 0 ? fmt::format(", {} could not be judged here", open) : "", base_words(report.base)));
  return kExitPass;
}

/// What `hook install` here is to guard.
HookScope scope_of(const FileSystem& files) {
  Report here;
  find_repository(files, here);
  const auto from_top = [&](const std::string& path) {
    const std::string real = files.real_path(path);
    return real == here.repository_root ? std::string(".") : relative_to(real, here.repository_root);
  };
  HookScope scope;
  const Expected<std::string> path = find_budgets_file(files, ".");
  if (here.repository_root.empty() || !path || path->empty()) {
    return scope;
  }
  scope.folder = from_top(folder_of(*path));
  const Expected<std::string> top = find_budgets_file(files, here.repository_root);
  scope.top_has_budgets = !top || !top->empty();
  if (top && !top->empty()) {
    for (const App& app : named_apps(files, *top).apps) {
      scope.apps_of_top.push_back(from_top(folder_of(app.budgets_path)));
    }
  }
  return scope;
}

}  // namespace

int run_hook(const FileSystem& files, const HookOptions& options) {
  if (options.action == "install") {
    return tell(install_hook(own_path(), scope_of(files)));
  }
  if (options.action == "uninstall") {
    return tell(uninstall_hook());
  }
  const Variables variables = process_variables();
  if (const std::string skip = text_of(variables, "BUDGETCHECK_SKIP"); !skip.empty() && skip != "0") {
    say_aside("skipped, because BUDGETCHECK_SKIP is set; CI checks it anyway");
    return kExitPass;
  }
  std::vector<PushedRef> pushed = pushed_by_pre_commit(variables);
  if (pushed.empty()) {
    pushed = read_pushed(read_piped_input(kMostInput, kPatience));
  }
  const Plan plan = plan_of(files, variables, pushed);
  if (!plan.why.empty()) {
    if (!only_deletes(pushed)) {
      say_aside(fmt::format("nothing was checked before this push: {}", plan.why));
    }
    return kExitPass;
  }
  return judge_push(files, options, plan);
}

Command hook_command(const std::shared_ptr<HookOptions>& options) {
  Command command;
  command.name = "hook";
  command.summary = "a pre-push hook: checks what is cheap and local";
  command.arguments = action_arguments(options->action, options->rest);
  command.actions = {
      {"install", "", 0, 0, "let git run it before each push, or show how where another tool keeps the hooks"},
      {"uninstall", "", 0, 0, "take it out again"},
      {"run", "", 0, Arguments::kAnyNumber, "what git calls: judges the inputs that are here, fetches nothing"},
  };
  command.options = {budgets_option(options->budgets), app_option(options->app),
                     list_option("in", "FOLDER",
                                 "of run: where to look for a budgets file, as install writes it into the hook "
                                 "(default: here)",
                                 options->in)};
  command.examples = {"budgetcheck hook install", "budgetcheck hook run"};
  command.run = [options](const FileSystem& files) { return run_hook(files, *options); };
  return command;
}

}  // namespace budgetcheck
