#include "cli/trace/trace.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "base/variables.h"
#include "cli/check/collect_inputs.h"
#include "cli/chosen_budgets.h"
#include "cli/command_line/output_option.h"
#include "cli/command_line/shared_options.h"
#include "cli/terminal/outputs.h"
#include "cli/terminal/refuse.h"
#include "cli/terminal/terminal.h"
#include "cli/trace/trace_pick.h"
#include "collect/collect.h"
#include "json/writer.h"
#include "model/exit_code.h"
#include "report/traces/traces.h"

namespace budgetcheck {
namespace {

constexpr std::uint64_t kMostTraces = 20;

/// For those who want the numbers of routes and no trace.
class NoTrace final : public TraceTaker {
 public:
  void take(const ClosedTrace& /*closed*/) override {}
};

Facts facts_of(const FileSystem& files, const std::vector<std::string>& paths, const BudgetsFile& budgets,
               TraceTaker& taker) {
  std::vector<InputSpec> inputs;
  for (const std::string& path : paths) {
    InputSpec input;
    input.path = path;
    inputs.push_back(std::move(input));
  }
  CollectOptions how;
  how.wishes.everything = false;
  how.wishes.metrics = {"trace.*"};
  how.traces = &taker;
  add_selected(budgets, how.route_names);
  return collect(files, inputs, budgets.routes, how);
}

bool is_of_spans(const Input& input) { return input.format == "otlp" || input.format == "zipkin"; }

/// Files that could not be read. What is read and holds something else says nothing here.
Errors unread(const Facts& facts) {
  Errors errors;
  for (const Input& input : facts.inputs) {
    if (input.state == InputState::kUnreadable) {
      errors.push_back({ErrorKind::kInput, input.message, Location::of(input.path), input.hint});
    } else if (!is_of_spans(input)) {
      errors.push_back({ErrorKind::kInput, fmt::format("it holds no spans but {}", input.format),
                        Location::of(input.path),
                        "pass what an exporter of traces wrote: see docs/tracing-locally.md"});
    }
  }
  return errors;
}

Error no_spans(const std::vector<std::string>& paths) {
  return {ErrorKind::kInput, fmt::format("{} no spans", paths.size() == 1 ? "the file holds" : "the files hold"),
          Location::of(paths.front()),
          "the exporter wrote none: end the program so that it flushes, or wait for its next export"};
}

std::vector<std::string> notes_of(const Facts& facts) {
  std::vector<std::string> notes;
  for (const Input& input : facts.inputs) {
    if (input.state == InputState::kIncomplete) {
      notes.push_back(printable(input.path) + ": " + input.message);
    }
  }
  return notes;
}

bool is_whole(const Facts& facts) {
  return std::all_of(facts.inputs.begin(), facts.inputs.end(),
                     [](const Input& input) { return input.state == InputState::kRead; });
}

std::string name_of_side(const std::vector<std::string>& paths) {
  const std::string& path = paths.front();
  const std::string name = path.substr(path.rfind('/') + 1);  // all of it where there is none
  return paths.size() == 1 ? name : fmt::format("{} +{}", name, paths.size() - 1);
}

/// Text on standard output, and the page where it is asked for.
int write(Outputs& outputs, const BudgetsFile& budgets, const Outputs::Render& render, const Rendering& on_stdout) {
  outputs.sweep_with(sweep_of(budgets.telemetry.personal_data, json::to_json(budgets.document)));
  const Errors unwritten = outputs.write(render, on_stdout);
  return unwritten.empty() ? kExitPass : refuse(unwritten);
}

int run_comparison(const FileSystem& files, const TraceOptions& options, const BudgetsFile& budgets, Outputs& outputs,
                   const Rendering& on_stdout) {
  NoTrace nobody;
  const Facts here = facts_of(files, options.files, budgets, nobody);
  const Facts there = facts_of(files, options.against, budgets, nobody);
  Errors errors = unread(here);
  for (Error& error : unread(there)) {
    errors.push_back(std::move(error));
  }
  TracesComparison comparison = compare_routes(here.samples, there.samples);
  comparison.here = name_of_side(options.files);
  comparison.there = name_of_side(options.against);
  if (comparison.here == comparison.there) {
    comparison.here = options.files.front();
    comparison.there = options.against.front();
  }
  if (errors.empty() && comparison.routes.empty()) {
    errors.push_back(no_spans(options.files));
  }
  if (!errors.empty()) {
    return refuse(errors);
  }
  const auto is_meant = [&](const ComparedRoute& route) {
    return (options.route.empty() || route.route == options.route) &&
           (options.service.empty() || route.service == options.service);
  };
  std::vector<std::string> names;
  for (const ComparedRoute& route : comparison.routes) {
    names.push_back(options.route.empty() ? route.service : route.route);
  }
  std::erase_if(comparison.routes, [&](const ComparedRoute& route) { return !is_meant(route); });
  if (comparison.routes.empty()) {
    const std::string& asked = options.route.empty() ? options.service : options.route;
    const std::string near = nearest(asked, names);
    return refuse({{ErrorKind::kUsage,
                    fmt::format("neither side has requests of '{}'", printable(asked)),
                    {},
                    near.empty() ? "leave it out to see all" : fmt::format("the nearest is '{}'", near)}});
  }
  for (const std::vector<std::string>& notes : {notes_of(here), notes_of(there)}) {
    comparison.notes.insert(comparison.notes.end(), notes.begin(), notes.end());
  }
  const int code = write(
      outputs, budgets,
      [&](const std::string& /*format*/, const Rendering& rendering) {
        return render_traces_comparison(comparison, rendering);
      },
      on_stdout);
  return code == kExitPass && !(is_whole(here) && is_whole(there)) ? kExitCannotJudge : code;
}

Errors contradictions(const TraceOptions& options) {
  Errors errors;
  const auto exclude = [&](std::string_view a, std::string_view b) {
    errors.push_back(
        {ErrorKind::kUsage, fmt::format("{} and {} exclude each other", a, b), {}, "leave one of them out"});
  };
  if (!options.id.empty() && !options.route.empty()) {
    exclude("--trace", "--route");
  }
  if (!options.id.empty() && options.slowest != 0) {
    exclude("--trace", "--slowest");
  }
  if (options.html == "-") {
    errors.push_back({ErrorKind::kUsage, "--html takes a file, since standard output has the text", {}, "name one"});
  }
  if (!options.against.empty()) {
    for (const auto& [name, is_given] :
         {std::pair("--trace", !options.id.empty()), std::pair("--slowest", options.slowest != 0),
          std::pair("--html", !options.html.empty())}) {
      if (is_given) {
        exclude("--against", name);
      }
    }
  }
  return errors;
}

}  // namespace

int run_trace(const FileSystem& files, const TraceOptions& options, const Rendering& on_stdout) {
  Outputs outputs;
  std::vector<OutputSpec> specs{{"text", "-"}};
  if (!options.html.empty()) {
    specs.push_back({"html", options.html});
  }
  if (const Errors unopened = outputs.open(specs); !unopened.empty()) {
    return refuse(unopened);
  }
  const ExpectedAll<BudgetsFile> budgets = load_chosen_budgets(files, options.budgets);
  if (!budgets) {
    return refuse(budgets.error());
  }
  if (!options.against.empty()) {
    return run_comparison(files, options, *budgets, outputs, on_stdout);
  }
  TracePick pick({options.id, options.route, options.service,
                  static_cast<std::size_t>(std::max<std::uint64_t>(options.slowest, 1))});
  const Facts facts = facts_of(files, options.files, *budgets, pick);
  Errors errors = unread(facts);
  if (pick.spans() == 0) {
    return refuse(errors.empty() ? Errors{no_spans(options.files)} : errors);
  }
  for (const Error& error : errors) {
    say_aside(to_string(error));
  }
  ExpectedAll<std::vector<TraceView>> views = pick.views();
  if (!views) {
    return refuse(views.error());
  }
  ShownTraces shown{std::move(*views), notes_of(facts), BUDGETCHECK_VERSION};
  const int code = write(
      outputs, *budgets,
      [&](const std::string& format, const Rendering& rendering) {
        return format == "html" ? render_traces_html(shown) : render_traces_text(shown, rendering);
      },
      on_stdout);
  return code == kExitPass && !errors.empty() ? kExitCannotJudge : code;
}

Command trace_command(const std::shared_ptr<TraceOptions>& options) {
  TraceOptions& o = *options;
  Command command;
  command.name = "trace";
  command.summary = "show a trace as a waterfall, or compare the routes of two captures";
  command.text =
      "A FILE holds spans: OTLP, Jaeger, Tempo or Zipkin as JSON. The trace with the slowest request is shown, with "
      "its "
      "critical path; statements are shapes, and URLs have neither queries nor ids.";
  command.arguments = any_arguments("FILE...", o.files, 1);
  command.options = {
      text_option("trace", "ID", "the trace with this id, or the only one whose id begins so", o.id),
      text_option("route", "ROUTE", "the slowest trace of this route, as list names it: /users/:id", o.route),
      text_option("service", "NAME", "only requests of this service", o.service),
      number_option("slowest", "how many traces, the slowest first (default: 1)", o.slowest, kMostTraces),
      list_option("against", "FILE", "compare the routes with those of another capture: local against production",
                  o.against),
      text_option("html", "FILE", "write the waterfalls as a page as well", o.html),
      budgets_option(o.budgets),
  };
  command.examples = {"budgetcheck trace traces.jsonl", "budgetcheck trace traces.jsonl --trace 4bf92f35",
                      "budgetcheck trace 'traces/*.jsonl' --route /users/:id --html trace.html",
                      "budgetcheck trace local.jsonl --against production.jsonl"};
  command.verify = [options] {
    Errors errors = contradictions(*options);
    if (!options->html.empty()) {
      std::vector<std::string> read = options->files;
      read.push_back(options->budgets);
      for (Error& error : overwritten({{"html", options->html}}, read)) {
        error.message = replace_all(std::move(error.message), "--output html", "--html");
        errors.push_back(std::move(error));
      }
    }
    return errors;
  };
  command.run = [options](const FileSystem& files) {
    return run_trace(files, *options, rendering_for(kStandardOutput, process_variables()));
  };
  return command;
}

}  // namespace budgetcheck
