#include "cli/check/command.h"

#include "base/append.h"
#include "base/variables.h"
#include "cli/check/check.h"
#include "cli/command_line/output_option.h"
#include "cli/terminal/terminal.h"
#include "report/format.h"

namespace budgetcheck {
namespace {

Option fail_level_option(Level& to) {
  return {"fail-level",
          "LEVEL",
          "what fails the check: error (default), warning or none",
          false,
          [&to](const std::vector<std::string>& values) {
            Level level = Level::kOff;
            const bool is_level = parse_level(values.back(), level) && level >= Level::kWarning;
            if (!is_level && values.back() != "none") {
              return Errors{wrong_value("fail-level", "error, warning or none", values.back())};
            }
            to = level;
            return Errors();
          },
          [] {
            return std::vector<std::string>{"error", "warning", "none"};
          }};
}

}  // namespace

Command check_command(const std::shared_ptr<CheckOptions>& options) {
  CheckOptions& o = *options;
  Command command;
  command.name = "check";
  command.summary = "measure the inputs, judge them by the budgets file, and report (the default)";
  command.text =
      "Without an INPUT the inputs of the budgets file are read. An INPUT is a file, a folder or a quoted pattern; its "
      "format is recognised.";
  command.arguments = any_arguments("[INPUT...]", o.arguments);
  command.options = {
      budgets_option(o.budgets),
      text_option("base", "REV|FILE|none",
                  "what to compare with: a commit, or results as --output json=FILE wrote them (default: found from "
                  "the CI environment and git)",
                  o.base),
      switch_option("require-base", "exit with 4 when there is no base", o.require_base),
      output_option(output_formats(report_formats()), o.outputs),
      fail_level_option(o.fail_level),
      switch_option("quiet", "text: only what turns the run red, and the outcome", o.quiet),
      switch_option("verbose", "text: every kept budget and all that a finding rests on", o.verbose),
      today_option(o.today),
      schema_option(o.schema),
      text_option("table-rows", "FILE",
                  "how many rows the tables have: an export of pg_stat_user_tables, or lines 'table,rows'",
                  o.table_rows),
      text_option("rerun", "FILE", "results with confirming runs of both sides (see explain RERUN)", o.rerun),
      paired_option(o.paired),
      timings_option(o.timings),
  };
  append_to(command.options, store_options(o));
  command.examples = {
      "budgetcheck",
      "budgetcheck dist/stats.json 'reports/lhr-*.json' --budgets ci/budgets.yml",
      "budgetcheck --output json=results.json --output html=report.html",
      "budgetcheck --base origin/main --fail-level warning",
  };
  command.verify = [options] {
    if (options->quiet && options->verbose) {
      return Errors{{ErrorKind::kUsage, "--quiet and --verbose exclude each other", {}, "leave one of them out"}};
    }
    std::vector<std::string> read = options->arguments;
    read.push_back(options->budgets);
    read.push_back(options->table_rows);
    return overwritten(options->outputs, read);
  };
  command.run = [options](const FileSystem& files) {
    Rendering rendering = rendering_for(kStandardOutput, process_variables());
    rendering.detail = options->quiet ? Detail::kQuiet : options->verbose ? Detail::kVerbose : Detail::kNormal;
    return run_check(files, *options, rendering);
  };
  return command;
}

}  // namespace budgetcheck
