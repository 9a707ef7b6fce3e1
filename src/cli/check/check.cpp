#include "cli/check/check.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/append.h"
#include "base/overlay_file_system.h"
#include "cli/check/assemble.h"
#include "cli/check/base.h"
#include "cli/check/collect_inputs.h"
#include "cli/check/gate.h"
#include "cli/check/plan.h"
#include "cli/terminal/console.h"
#include "cli/terminal/outputs.h"
#include "cli/terminal/refuse.h"
#include "detect/detect.h"
#include "detect/keys_seen_from.h"
#include "generate/limits/nginx_policy.h"
#include "generate/stale_files.h"
#include "json/writer.h"
#include "judge/decide.h"
#include "judge/judge.h"
#include "model/exit_code.h"
#include "report/words/run_words.h"

namespace budgetcheck {
namespace {

/// What takes much time is measured where a budget or a rule is on it: the base's too, whose budget that the change
/// removes is missed only where its metric is still measured.
Wishes wishes_of(const CheckPlan& plan, const Baseline& base) {
  Wishes wishes = wishes_of(plan.budgets);
  if (base.budgets) {
    wishes.add(wishes_of(*base.budgets));
  }
  return wishes;
}

RouteNames route_names_of(const CheckPlan& plan, const Baseline& base) {
  RouteNames names;
  add_selected(plan.budgets, names);
  if (base.budgets) {
    add_selected(*base.budgets, names);
  }
  if (base.results) {
    add_measured(base.results->samples, names);
  }
  return names;
}

Facts measure(const FileSystem& files, const CheckOptions& options, const CheckPlan& plan, const Baseline& base,
              const Gate& gate) {
  const OverlayFileSystem seen(files, gate.texts);
  Facts facts =
      collect_inputs(seen, plan.inputs, plan.budgets.routes, wishes_of(plan, base), route_names_of(plan, base),
                     reading_settings(plan.budgets), &plan.budgets.telemetry, plan.budgets.queues);
  facts.env.paired = facts.env.paired || options.paired;
  return facts;
}

Report decided(Report report, const CheckOptions& options) {
  decide(report, {options.fail_level, options.require_base && !options.gate_only});
  return report;
}

}  // namespace

std::optional<Measurement> measure_for_check(const FileSystem& files, const CheckOptions& options, Report& report) {
  begin_phase(options.phases, "plan");
  std::optional<CheckPlan> planned = plan_check(files, options, report);
  if (!planned) {
    return std::nullopt;
  }
  begin_phase(options.phases, "base");
  std::optional<Baseline> base = find_baseline(files, options, *planned, report);
  if (!base) {
    return std::nullopt;
  }
  Gate gate = find_gate(files, options, *planned, *base);
  CheckPlan plan = under_gate(std::move(*planned), options, gate);
  begin_phase(options.phases, "collect");
  Facts facts = measure(files, options, plan, *base, gate);
  return Measurement{std::move(plan), std::move(*base), std::move(gate), std::move(facts)};
}

Report check_one(const FileSystem& files, const CheckOptions& options, Errors problems) {
  Report report = begin_report(files, options, std::move(problems));
  std::optional<Measurement> measured = measure_for_check(files, options, report);
  if (!measured) {
    return decided(std::move(report), options);
  }
  auto& [plan, base, gate, facts] = *measured;
  report.rules = plan.budgets.rules;
  report.personal_data = plan.budgets.telemetry.personal_data;
  append_to(gate.verdicts, inputs_of_change(files, facts.inputs, base.tree.get(), gate.remarks));
  begin_phase(options.phases, "detect");
  Findings findings = detect(facts, plan.budgets.rules);
  append_to(findings.all, stale_files(files, plan.budgets.rules, plan.generated));
  if (plan.limits && plan.budgets.limits) {
    NginxComparison nginx =
        compare_nginx(files, plan.budgets.rules, *plan.limits, plan.budgets.limits->nginx, plan.budgets.folder);
    append_to(findings.all, std::move(nginx.findings));
    append_to(findings.unanswered, std::move(nginx.unread));
  }
  see_keys_from(plan.budgets.folder, findings.all);
  begin_phase(options.phases, "judge");
  Judgement judgement = judge(plan.budgets, facts, std::move(findings), base, std::move(gate), plan.today);
  begin_phase(options.phases, "report");
  return decided(assemble(std::move(report), options, std::move(facts), std::move(judgement), std::move(base)),
                 options);
}

int run_check(const FileSystem& files, const CheckOptions& options, const Rendering& on_stdout) {
  Outputs outputs;
  Errors unopened = outputs.open(options.outputs);
  Timings timings;
  const TimedFiles timed(files, timings);
  CheckOptions told = options;
  told.phases = options.timings ? &timings : nullptr;
  const Report report =
      check(options.timings ? static_cast<const FileSystem&>(timed) : files, told, std::move(unopened));
  outputs.sweep_with(sweep_of(report.personal_data, json::to_json(report.budgets)));
  const Errors unwritten = outputs.write(
      [&](const std::string& format, const Rendering& rendering) {
        timings.begin("report");
        std::string text = render_report(format, report, rendering);
        timings.begin("deliver");
        return text;
      },
      on_stdout);
  if (options.timings) {
    print_aside(timings.table());
  }
  if (!unwritten.empty()) {
    for (const Error& error : unwritten) {
      say_aside(to_string(error));
    }
    return kExitUsage;
  }
  // Where nothing is printed when all is well, a pass must still look unlike a run that never began.
  if (std::any_of(options.outputs.begin(), options.outputs.end(),
                  [](const OutputSpec& output) { return output.format == "compact" && output.path == "-"; })) {
    say_aside(outcome_words(report));
  }
  return report.exit_code;
}

}  // namespace budgetcheck
