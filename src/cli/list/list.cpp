#include "cli/list/list.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/glob.h"
#include "base/text.h"
#include "base/variables.h"
#include "budget/catalogue.h"
#include "cli/check/collect_inputs.h"
#include "cli/check/plan.h"
#include "cli/command_line/output_option.h"
#include "cli/command_line/shared_options.h"
#include "cli/list/listing.h"
#include "cli/terminal/console.h"
#include "cli/terminal/outputs.h"
#include "cli/terminal/refuse.h"
#include "cli/terminal/terminal.h"
#include "cli/terminal/timings.h"
#include "json/writer.h"
#include "model/exit_code.h"

namespace budgetcheck {
namespace {

Option where_option(std::vector<std::pair<std::string, std::string>>& to) {
  return {"where", "LABEL=GLOB", "only what has this label, as in a budget's where: route='/api/*'", true,
          [&to](const std::vector<std::string>& values) {
            Errors errors;
            for (const std::string& value : values) {
              const std::size_t equals = value.find('=');
              if (equals == std::string::npos || equals == 0 || equals + 1 == value.size()) {
                errors.push_back(wrong_value("where", "a label and its value", value, "for example --where page=/"));
              } else {
                to.emplace_back(value.substr(0, equals), value.substr(equals + 1));
              }
            }
            return errors;
          }};
}

Option metric_option(std::vector<std::string>& to) {
  Option option = list_option("metric", "GLOB", "only this metric, or those that fit a quoted pattern", to);
  option.words = [] {
    std::vector<std::string> names;
    for (const Metric& metric : shipped_metrics().all()) {
      if (!is_glob(metric.id)) {
        names.push_back(metric.id);
      }
    }
    return names;
  };
  return option;
}

std::string render(const std::string& format, const Listing& listing, const Rendering& rendering) {
  for (const ListFormat& known : list_formats()) {
    if (known.name == format) {
      return known.render(listing, rendering);
    }
  }
  throw InternalError(fmt::format("no output format {}", format));
}

/// Says which inputs are not among what is listed. A document on standard output has no room for it.
bool say_unread(const Listing& listing) {
  bool all_read = true;
  for (const Input& input : listing.inputs) {
    if (input.state != InputState::kRead) {
      all_read = false;
      say_aside(to_string(Error{ErrorKind::kInput, input.message, Location::of(input.path), input.hint, {}}));
    }
  }
  return all_read;
}

}  // namespace

int run_list(const FileSystem& files, const ListOptions& options, const Rendering& on_stdout) {
  Outputs outputs;
  if (const Errors unopened = outputs.open(options.outputs); !unopened.empty()) {
    return refuse(unopened);
  }
  Timings timings;
  const TimedFiles timed(files, timings);
  timings.begin("plan");
  const ExpectedAll<CheckPlan> plan =
      plan_measurement(timed, options.arguments, options.budgets, options.schema, options.table_rows);
  if (!plan) {
    return refuse(plan.error());
  }
  Wishes wishes;
  wishes.everything = true;
  RouteNames names;
  add_selected(plan->budgets, names);
  timings.begin("collect");
  Listing listing =
      listing_of(collect_inputs(timed, plan->inputs, plan->budgets.routes, wishes, names,
                                reading_settings(plan->budgets), &plan->budgets.telemetry, plan->budgets.queues),
                 plan->budgets);
  listing.tool_version = BUDGETCHECK_VERSION;
  const Errors wrong = apply_filter({options.metrics, options.where}, plan->budgets.catalogue, listing);
  if (!wrong.empty()) {
    say_unread(listing);
    return refuse(wrong);
  }
  timings.begin("report");
  outputs.sweep_with(sweep_of(plan->budgets.telemetry.personal_data, json::to_json(plan->budgets.document)));
  const Errors unwritten = outputs.write(
      [&](const std::string& format, const Rendering& rendering) { return render(format, listing, rendering); },
      on_stdout);
  if (!unwritten.empty()) {
    return refuse(unwritten);
  }
  if (options.timings) {
    print_aside(timings.table());
  }
  return say_unread(listing) ? kExitPass : kExitCannotJudge;
}

Command list_command(const std::shared_ptr<ListOptions>& options) {
  ListOptions& o = *options;
  Command command;
  command.name = "list";
  command.summary = "show every measurement with its labels and the budget that judges it";
  command.text =
      "Without an INPUT the inputs of the budgets file are read. Nothing is judged. --output budgets prints each "
      "measurement as a line of the budgets file, with a limit that today's value keeps.";
  command.arguments = any_arguments("[INPUT...]", o.arguments);
  command.options = {
      metric_option(o.metrics),
      where_option(o.where),
      output_option(output_formats(list_formats()), o.outputs),
      budgets_option(o.budgets),
      schema_option(o.schema),
      text_option("table-rows", "FILE",
                  "how many rows the tables have: an export of pg_stat_user_tables, or lines 'table,rows'",
                  o.table_rows),
      timings_option(o.timings),
  };
  command.examples = {
      "budgetcheck list",
      "budgetcheck list dist/stats.json --metric bundle.gzip",
      "budgetcheck list --metric 'queries.*' --where 'route=/api/*'",
      "budgetcheck list --metric lighthouse.lcp --output budgets",
  };
  command.verify = [options] {
    std::vector<std::string> read = options->arguments;
    read.push_back(options->budgets);
    read.push_back(options->table_rows);
    return overwritten(options->outputs, read);
  };
  command.run = [options](const FileSystem& files) {
    return run_list(files, *options, rendering_for(kStandardOutput, process_variables()));
  };
  return command;
}

}  // namespace budgetcheck
