#include "cli/check/assemble.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/append.h"
#include "base/text.h"
#include "base/variables.h"
#include "baseline/checkout.h"
#include "cli/repository.h"
#include "cli/terminal/clock.h"
#include "collect/format.h"
#include "collect/measured_file.h"

namespace budgetcheck {
namespace {

/// Something that a limit or a rule may be on.
bool measures(const Facts& facts) {
  const bool has_statements = std::any_of(facts.queries.logs.begin(), facts.queries.logs.end(),
                                          [](const QueryLog& log) { return log.statements != 0; });
  return !facts.samples.empty() || !facts.capture.exchanges.empty() || has_statements ||
         !facts.bundle.packages.empty() || !facts.bundle.duplicate_packages.empty() ||
         !facts.bundle.failed_builds.empty() || !facts.personal.searched.empty() || !facts.collector.configs.empty();
}

/// Inputs that were read and yet measure nothing, such as the sizes of tables, leave nothing that could have failed.
/// One that was not read says so itself.
void refuse_to_pass_nothing(const Facts& facts, const CheckOptions& options, Report& report) {
  const bool all_read = std::all_of(facts.inputs.begin(), facts.inputs.end(),
                                    [](const Input& input) { return input.state == InputState::kRead; });
  // The hook says itself what was not there.
  if (options.inputs_may_miss || options.gate_only || !all_read || measures(facts)) {
    return;
  }
  constexpr std::size_t kShown = 3;
  std::vector<std::string> read;
  std::string carrier;
  for (const Input& input : facts.inputs) {
    const std::string name = fmt::format("'{}' ({})", printable(input.path), input.format);
    if (input.format == kMeasuredFormat) {  // the inputs that it brings are named as if they had been read here
      carrier = name;
    } else {
      read.push_back(name);
    }
  }
  if (read.empty() && !carrier.empty()) {
    read.push_back(carrier);
  }
  const bool is_one = read.size() == 1;
  const std::string more = read.size() > kShown ? fmt::format(" and {} more", read.size() - kShown) : "";
  read.resize(std::min(read.size(), kShown));
  report.problems.push_back(
      {ErrorKind::kInput,
       facts.inputs.empty() ? "nothing was measured: every input is optional, and none of them is there"
                            : fmt::format("nothing was measured: {}{} {} nothing that a limit or a rule could be on",
                                          join(read, ", "), more, is_one ? "holds" : "hold"),
       {},
       "pass a file with measurements: 'budgetcheck explain inputs' lists what is read"});
}

}  // namespace

Report begin_report(const FileSystem& files, const CheckOptions& options, Errors problems) {
  Report report;
  report.problems = std::move(problems);
  report.tool_version = BUDGETCHECK_VERSION;
  report.measured_at = utc_now();
  report.app = options.app.empty() && options.one_of_several ? options.one_of_several->name : options.app;
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
  refuse_to_pass_nothing(facts, options, report);
  report.inputs = std::move(facts.inputs);
  report.samples = std::move(facts.samples);
  report.parts = std::move(facts.parts);
  report.exchanges = std::move(facts.capture.exchanges);
  report.traces = std::move(facts.traces.slowest);
  report.queues = std::move(facts.queues.courses);
  report.env = std::move(facts.env);
  report.verdicts = std::move(judgement.verdicts);
  report.findings = std::move(judgement.findings.all);
  report.unbudgeted = judgement.unbudgeted;
  report.gate = std::move(judgement.gate);
  append_to(report.notes, std::move(judgement.findings.notes));
  if (!options.inputs_may_miss) {
    append_to(report.problems, std::move(judgement.findings.unanswered));
  }
  append_to(report.notes, std::move(facts.notes));
  append_to(report.notes, std::move(judgement.notes));
  return report;
}

}  // namespace budgetcheck
