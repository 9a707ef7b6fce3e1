#include "cli/calibrate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/number.h"
#include "base/text.h"
#include "cli/check/collect_inputs.h"
#include "cli/chosen_budgets.h"
#include "cli/command_line/shared_options.h"
#include "cli/terminal/console.h"
#include "cli/terminal/refuse.h"
#include "judge/noise/calibration.h"
#include "model/exit_code.h"

namespace budgetcheck {
namespace {

constexpr double kPromised = 0.005;  // of unchanged changes may fail
constexpr double kDifferent = 0.01;

/// Everything that `word` (a file or a glob) measured. Errors: inputs that could not be read.
ExpectedAll<Facts> measure(const FileSystem& files, const BudgetsFile& budgets, const std::string& word) {
  InputSpec spec;
  spec.path = word;
  RouteNames names;
  add_selected(budgets, names);
  Facts facts = collect_inputs(files, {spec}, budgets.routes, {}, names);
  Errors errors;
  for (const Input& input : facts.inputs) {
    if (input.state == InputState::kUnreadable) {
      errors.push_back({ErrorKind::kInput, input.message, Location::of(input.path), input.hint});
    }
  }
  if (!errors.empty()) {
    return tl::unexpected(std::move(errors));
  }
  return facts;
}

std::string share(double value) { return format_rounded(value * 100, value < 0.1 ? 2 : 0) + "%"; }

std::string signed_share(double value) { return (value < 0 ? "-" : "+") + share(std::fabs(value)); }

std::string name_of(const CalibratedMetric& metric) {
  constexpr std::size_t kWidth = 90;
  const std::string where = to_string(metric.where);
  return shorten_middle(printable(metric.metric + (where.empty() ? "" : ", " + where)), kWidth);
}

void describe(const CalibratedMetric& metric, std::string& out) {
  out += fmt::format("{}\n  {} + {} runs", name_of(metric), metric.runs_a, metric.runs_b);
  if (!metric.enough) {
    out += fmt::format(": too few to show how it varies, at least {} are needed\n", kLeastCalibrationRuns);
    return;
  }
  const bool has_share = metric.level != 0 && std::fabs(metric.detectable) <= std::fabs(metric.level);
  out += fmt::format(", suspicious in {} of changes, failed in {}, can prove changes of {}{}\n",
                     share(metric.suspicious), share(metric.failed), format_delta(metric.detectable, metric.unit),
                     has_share ? fmt::format(" ({})", share(std::fabs(metric.detectable / metric.level))) : "");
  if (metric.p < kDifferent) {
    out +=
        fmt::format("  B differs from A by {} although it is the same commit: another machine, or another load on it\n",
                    signed_share(metric.shift));
  }
}

void advise(const Calibration& result, const CalibrationOptions& options, std::string& out) {
  const auto few = std::count_if(result.metrics.begin(), result.metrics.end(),
                                 [](const CalibratedMetric& metric) { return !metric.enough; });
  const auto different = std::count_if(result.metrics.begin(), result.metrics.end(),
                                       [](const CalibratedMetric& metric) { return metric.p < kDifferent; });
  if (result.changes != 0) {
    out += fmt::format(
        "\n{} simulated changes without an effect, {} runs of each side {}: {} ask for a rerun, {} fail at once, "
        "{} fail in all\n",
        result.changes, options.runs, options.paired ? "in one job" : "in two jobs (with --paired: in one)",
        share(result.suspicious), share(result.failed_at_once), share(result.failed));
    const CalibratedMetric& worst = result.metrics.front();
    if (result.failed > kPromised) {
      out += fmt::format(
          "do: that is more than {}. Give the budget on {} a max_increase above its noise, or level: warning\n",
          share(kPromised), name_of(worst));
    } else {
      out += fmt::format("That is within the {} that budgetcheck promises.\n", share(kPromised));
    }
  }
  if (different > 0) {
    out += fmt::format(
        "do: {} with a difference between two measurements of one commit: measure base and head of a change in one "
        "job, taking turns\n",
        counted(static_cast<std::size_t>(different), "metric"));
  }
  if (few > 0) {
    out += fmt::format("do: measure {} at least {} times in A and in B, better 30\n",
                       counted(static_cast<std::size_t>(few), "metric"), kLeastCalibrationRuns / 2);
  }
}

}  // namespace

int run_calibrate(const FileSystem& files, const CalibrateOptions& options) {
  const ExpectedAll<BudgetsFile> budgets = load_chosen_budgets(files, options.budgets);
  if (!budgets) {
    return refuse(budgets.error());
  }
  const ExpectedAll<Facts> a = measure(files, *budgets, options.a);
  const ExpectedAll<Facts> b = measure(files, *budgets, options.b);
  if (!a || !b) {
    return refuse(a ? b.error() : a.error());
  }
  CalibrationOptions how;
  how.paired = options.paired;
  const Calibration result = calibrate(*budgets, a->samples, b->samples, how);
  if (result.metrics.empty()) {
    return refuse(
        {{ErrorKind::kInput,
          budgets->budgets.empty() ? "nothing that was measured is noisy: bytes and counts need no calibration"
                                   : "no budget judges a noisy metric of these measurements",
          {},
          "pass Lighthouse reports, or samples with runs of times and scores"}});
  }
  std::string out;
  for (const CalibratedMetric& metric : result.metrics) {
    describe(metric, out);
  }
  advise(result, how, out);
  (void)print(out);
  return kExitPass;
}

Command calibrate_command(const std::shared_ptr<CalibrateOptions>& options) {
  Command command;
  command.name = "calibrate";
  command.summary = "how often the settings raise a false alarm, from two measurements of one commit";
  command.text = "A and B are files or quoted patterns.";
  command.arguments = two_arguments("A B", options->a, options->b);
  command.options = {budgets_option(options->budgets), paired_option(options->paired)};
  command.examples = {"budgetcheck calibrate 'a/lhr-*.json' 'b/lhr-*.json'",
                      "budgetcheck calibrate --paired a.json b.json"};
  command.run = [options](const FileSystem& files) { return run_calibrate(files, *options); };
  return command;
}

}  // namespace budgetcheck
