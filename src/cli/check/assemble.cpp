#include "cli/check/assemble.h"

#include <string>
#include <utility>
#include <vector>

#include "base/append.h"
#include "base/text.h"
#include "base/variables.h"
#include "baseline/checkout.h"
#include "cli/commands.h"
#include "cli/repository.h"
#include "cli/terminal/clock.h"

namespace budgetcheck {
namespace {

/// A first word that is neither a file nor a command was probably meant as a command.
void suggest_command(const CheckOptions& options, Report& report) {
  const std::vector<std::string> names = command_names();
  for (Input& input : report.inputs) {
    const bool first = !options.arguments.empty() && input.path == options.arguments.front();
    const std::string near = first && input.state == InputState::kUnreadable ? nearest(input.path, names) : "";
    if (!near.empty()) {
      input.hint = "did you mean the command '" + near + "'?";
    }
  }
}

}  // namespace

Report begin_report(const FileSystem& files, const CheckOptions& options, Errors problems) {
  Report report;
  report.problems = std::move(problems);
  report.tool_version = BUDGETCHECK_VERSION;
  report.measured_at = utc_now();
  report.app = options.app;
  find_repository(files, report);
  Head head = describe_head(files, process_variables());
  report.commit = std::move(head.commit);
  report.parents = std::move(head.parents);
  return report;
}

Report assemble(Report report, const CheckOptions& options, Facts facts, Judgement judgement, Baseline base) {
  if (base.results) {
    report.base_samples = std::move(base.results->samples);
    report.base_parts = std::move(base.results->parts);
  }
  report.inputs = std::move(facts.inputs);
  report.samples = std::move(facts.samples);
  report.parts = std::move(facts.parts);
  report.exchanges = std::move(facts.capture.exchanges);
  report.env = std::move(facts.env);
  report.verdicts = std::move(judgement.verdicts);
  report.findings = std::move(judgement.findings.all);
  report.unbudgeted = judgement.unbudgeted;
  append_to(report.notes, std::move(judgement.findings.notes));
  append_to(report.notes, std::move(judgement.loosened));
  append_to(report.notes, std::move(facts.notes));
  append_to(report.notes, std::move(judgement.notes));
  suggest_command(options, report);
  return report;
}

}  // namespace budgetcheck
