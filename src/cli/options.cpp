#include "cli/options.h"

#include <algorithm>
#include <array>
#include <boost/program_options.hpp>
#include <cmath>

#include "base/file_system.h"
#include "base/number.h"
#include "base/text.h"
#include "cli/commands.h"
#include "report/format.h"
#include "report/history/history.h"

namespace budgetcheck {
namespace {

namespace po = boost::program_options;

po::options_description describe_options() {
  po::options_description all;
  for (const OptionSpec& spec : option_specs()) {
    const std::string name(spec.name);
    if (spec.value.empty()) {
      all.add_options()(name.c_str(), po::bool_switch());
    } else if (spec.repeatable) {
      all.add_options()(name.c_str(), po::value<std::vector<std::string>>()->composing());
    } else {
      all.add_options()(name.c_str(), po::value<std::string>());
    }
  }
  // Not multitoken options: those would swallow inputs that follow them.
  all.add_options()("argument", po::value<std::vector<std::string>>());
  return all;
}

std::vector<std::string> option_names() {
  std::vector<std::string> names;
  for (const OptionSpec& spec : option_specs()) {
    names.push_back("--" + std::string(spec.name));
  }
  return names;
}

Error usage(std::string message, std::string hint = {}) {
  return {ErrorKind::kUsage, std::move(message), {}, std::move(hint)};
}

bool is_command(std::string_view name) {
  return std::any_of(command_specs().begin(), command_specs().end(),
                     [&](const CommandSpec& spec) { return spec.name == name; });
}

bool takes(const OptionSpec& spec, std::string_view command) {
  const std::vector<std::string_view> commands = split(spec.commands, ' ');
  return spec.commands.empty() || std::find(commands.begin(), commands.end(), command) != commands.end();
}

/// The output formats of a command.
std::vector<std::string> format_names(std::string_view command) {
  std::vector<std::string> names;
  if (command == "history") {
    for (const HistoryFormat& format : history_formats()) {
      names.emplace_back(format.name);
    }
    return names;
  }
  for (const ReportFormat& format : report_formats()) {
    names.emplace_back(format.name);
  }
  return names;
}

/// Where a format goes that was given no path.
std::string default_path(std::string_view command, std::string_view name) {
  if (command != "history") {
    for (const ReportFormat& format : report_formats()) {
      if (format.name == name && !format.default_path.empty()) {
        return std::string(format.default_path);
      }
    }
  }
  return "-";
}

void read_outputs(const std::vector<std::string>& values, Options& options, Errors& errors) {
  const std::vector<std::string> names = format_names(options.command);
  std::size_t on_stdout = 0;
  bool other_than_text = false;
  bool annotations = false;
  for (const std::string& value : values) {
    const std::size_t equals = value.find('=');
    OutputSpec output{value.substr(0, equals), default_path(options.command, value.substr(0, equals))};
    if (equals != std::string::npos) {
      output.path = value.substr(equals + 1);
    }
    if (std::find(names.begin(), names.end(), output.format) == names.end()) {
      const std::string near = nearest(output.format, names);
      errors.push_back(usage("there is no output format '" + printable(output.format) + "'",
                             near.empty() ? "formats: " + join(names, ", ") : "did you mean '" + near + "'?"));
    } else if (output.path.empty()) {
      errors.push_back(usage("--output " + value + " names no file", "write --output " + output.format + "=FILE"));
    }
    // Annotations go well behind the text of the same log.
    on_stdout += output.path == "-" && output.format != "github" ? 1U : 0U;
    other_than_text = other_than_text || (output.path == "-" && output.format != "github" && output.format != "text");
    annotations = annotations || (output.path == "-" && output.format == "github");
    options.outputs.push_back(std::move(output));
  }
  if (on_stdout > 1 || (annotations && other_than_text)) {
    errors.push_back(usage("two outputs would both go to standard output",
                           "give all but one a file, as in --output json=budgetcheck.json"));
  }
}

/// No output may fall upon another one, or upon what is read.
void check_output_paths(const Options& options, Errors& errors) {
  std::vector<std::string> taken;
  for (const std::string& argument : options.arguments) {
    taken.push_back(join_path("", argument));
  }
  if (!options.budgets.empty()) {
    taken.push_back(join_path("", options.budgets));
  }
  if (!options.table_rows.empty()) {
    taken.push_back(join_path("", options.table_rows));
  }
  const std::size_t read = taken.size();
  for (const OutputSpec& output : options.outputs) {
    if (output.path == "-") {
      continue;
    }
    const std::string path = join_path("", output.path);
    const auto found = std::find(taken.begin(), taken.end(), path);
    if (found != taken.end()) {
      const bool is_read = static_cast<std::size_t>(found - taken.begin()) < read;
      errors.push_back(usage("--output " + printable(output.format) + " would overwrite '" + printable(path) + "', " +
                                 (is_read ? "which is read" : "another output"),
                             "give it a file of its own"));
    }
    taken.push_back(path);
  }
}

bool is_date(std::string_view text) {
  static constexpr std::array<int, 12> kDays{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool shape = text.size() == 10 && text[4] == '-' && text[7] == '-' &&
                     std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }) == 8;
  if (!shape) {
    return false;
  }
  const auto month = static_cast<std::size_t>((text[5] - '0') * 10 + text[6] - '0');
  const int day = (text[8] - '0') * 10 + text[9] - '0';
  return month >= 1 && month <= 12 && day >= 1 && day <= kDays[month - 1];
}

void check_values(const po::variables_map& map, Options& options, Errors& errors) {
  const auto text = [&](const char* name) {
    return map.count(name) != 0 ? map[name].as<std::string>() : std::string();
  };
  options.budgets = text("budgets");
  options.app = text("app");
  options.schema = text("schema");
  options.table_rows = text("table-rows");
  options.base = text("base");
  options.today = text("today");
  options.docs = text("docs");
  options.rerun = text("rerun");
  options.remote = text("remote");
  if (const std::string keep = text("keep"); !keep.empty()) {
    const auto number = parse_number(keep);
    constexpr double kMostKept = 100'000;
    if (!number || *number < 1 || *number > kMostKept || *number != std::floor(*number)) {
      errors.push_back(usage("--keep takes a whole number from 1 to 100000, not '" + printable(keep) + "'"));
    } else {
      options.keep = static_cast<std::size_t>(*number);
    }
  }
  options.job = text("job");
  options.repository = text("repository");
  options.head_sha = text("head-sha");
  options.when_green = text("when-green");
  if (!options.when_green.empty() && options.when_green != "edit" && options.when_green != "delete" &&
      options.when_green != "hide") {
    errors.push_back(usage("--when-green takes edit, delete or hide, not '" + printable(options.when_green) + "'"));
  }
  if (const std::string number = text("pull-request"); !number.empty()) {
    const auto parsed = parse_number(number);
    constexpr double kMost = 1e12;
    if (!parsed || *parsed < 1 || *parsed > kMost || *parsed != std::floor(*parsed)) {
      errors.push_back(usage("--pull-request takes a whole number from 1, not '" + printable(number) + "'"));
    } else {
      options.pull_request = static_cast<std::uint64_t>(*parsed);
    }
  }
  options.dry_run = map["dry-run"].as<bool>();
  options.strict_delivery = map["strict-delivery"].as<bool>();
  options.no_fetch = map["no-fetch"].as<bool>();
  options.paired = map["paired"].as<bool>();
  options.require_base = map["require-base"].as<bool>();
  options.help = map["help"].as<bool>();
  options.version = map["version"].as<bool>();
  if (!options.today.empty() && !is_date(options.today)) {
    errors.push_back(usage("--today takes a date, not '" + printable(options.today) + "'", "write it as 2026-12-31"));
  }
  const std::string level = text("fail-level");
  if (level == "none") {
    options.fail_level = Level::kOff;
  } else if (!level.empty() && (!parse_level(level, options.fail_level) || options.fail_level < Level::kWarning)) {
    errors.push_back(usage("--fail-level takes error, warning or none, not '" + printable(level) + "'"));
  }
}

}  // namespace

const std::vector<OptionSpec>& option_specs() {
  static const std::vector<OptionSpec> kOptions{
      {"budgets", "FILE", "the budgets file (default: budgets.yml, .yaml, .json or .jsonc, looked for upwards)",
       "check validate explain compare history calibrate hook"},
      {"app", "NAME", "which application these results are of (default: the file's project)",
       "check baseline compare history comment hook"},
      {"schema", "FILE", "schema.prisma of the query logs among the inputs", "check compare"},
      {"table-rows", "FILE", "how many rows the tables have: an export of pg_stat_user_tables, or lines 'table,rows'",
       "check"},
      {"base", "REV|FILE|none",
       "what to compare with: a commit, or results as --output json=FILE wrote them (default: found from the CI "
       "environment and git)",
       "check"},
      {"require-base", "", "exit with 4 when there is no base", "check"},
      {"no-fetch", "", "use only what the checkout holds, fetch nothing", "check compare baseline history"},
      {"remote", "NAME", "where stored results are fetched from and pushed to (default: origin)",
       "check compare baseline history"},
      {"keep", "N", "how many stored results stay, the newest ones (default: 500)", "baseline"},
      {"rerun", "FILE", "results with confirming runs of both sides (see explain RERUN)", "check"},
      {"paired", "", "base and head were measured in one job, taking turns", "check calibrate"},
      {"output", "FORMAT[=PATH]", "a report in one of these formats: ", "check compare history", true},
      {"fail-level", "LEVEL", "what fails the check: error (default), warning or none", "check"},
      {"today", "YYYY-MM-DD", "the date that enforce_from and expiries are held against", "check history"},
      {"from", "FILE",
       "another tool's configuration to start from: lighthouserc, budget.json, size-limit, bundlewatch, bundlesize, "
       "bundlemon; may be repeated",
       "init", true},
      {"job", "NAME", "names the comment together with the application (default: the job's name in CI)", "comment"},
      {"when-green", "edit|delete|hide",
       "what becomes of a comment that has nothing to say any more: one line (default), gone, or folded away",
       "comment"},
      {"pull-request", "N", "the pull or merge request (default: that of the CI run)", "comment"},
      {"repository", "OWNER/NAME", "where it is (default: that of the CI run)", "comment"},
      {"head-sha", "SHA", "refuse unless the pull request's head is this commit; for results of another run",
       "comment"},
      {"dry-run", "", "print the comment and send nothing", "comment"},
      {"strict-delivery", "", "exit with 5 when the comment could not be delivered", "comment"},
      {"docs", "DIR", "write the pages on rules and metrics into DIR", "explain"},
      {"help", "", "show this help", ""},
      {"version", "", "show the version", ""},
  };
  return kOptions;
}

const std::vector<CommandSpec>& command_specs() {
  static const std::vector<CommandSpec> kCommands{
      {"check", "[INPUT...]", "measure the inputs, judge them by the budgets file, report (the default)"},
      {"baseline", "push RESULTS|show [REV]|prune",
       "store the main branch's results in refs/notes/budgetcheck and push them; show what is stored; drop old ones"},
      {"comment", "RESULTS...",
       "create or update the pull request's comment from what check --output json=FILE wrote; several files: one "
       "comment "
       "for all"},
      {"hook", "install|uninstall|run", "a pre-push hook: checks what is cheap and local"},
      {"compare", "BASE HEAD", "what differs between two results, reports or commits, without budgets"},
      {"history", "[REV]", "how each budget developed on the main branch, and when it will break"},
      {"calibrate", "A B", "how often the settings cry wolf, from two sets of runs of one commit"},
      {"init", "", "write a budgets.yml from today's numbers, or from another tool's configuration"},
      {"validate", "", "check the budgets file and say everything that is wrong with it"},
      {"explain", "[NAME]", "what a rule, metric, verdict code, exit code or budget means"},
      {"schema", "[NAME]", "print a JSON schema for editors: budgets (default), results or rule"},
  };
  return kCommands;
}

std::vector<std::string> command_names() {
  std::vector<std::string> names;
  for (const CommandSpec& spec : command_specs()) {
    names.emplace_back(spec.name);
  }
  return names;
}

ExpectedAll<Options> parse_options(const std::vector<std::string>& arguments) {
  Options options;
  Errors errors;
  po::positional_options_description positional;
  positional.add("argument", -1);
  po::variables_map map;
  try {
    // Guessing is off: an abbreviation that works today would break scripts when a longer name joins it.
    const int style = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing &
                      ~po::command_line_style::allow_short;
    const po::options_description described = describe_options();
    po::store(po::command_line_parser(arguments).options(described).positional(positional).style(style).run(), map);
    po::notify(map);
  } catch (const po::unknown_option& error) {
    const std::string name = error.get_option_name();
    const std::string near = nearest(name, option_names());
    return tl::unexpected(Errors{usage("unknown option '" + printable(name) + "'",
                                       near.empty() ? "see budgetcheck --help" : "did you mean '" + near + "'?")});
  } catch (const po::error& error) {
    return tl::unexpected(Errors{usage(printable(error.what()), "see budgetcheck --help")});
  }
  check_values(map, options, errors);
  if (map.count("argument") != 0) {
    options.arguments = map["argument"].as<std::vector<std::string>>();
  }
  if (!options.arguments.empty() && is_command(options.arguments.front())) {
    options.command = options.arguments.front();
    options.arguments.erase(options.arguments.begin());
  }
  if (map.count("output") != 0) {
    read_outputs(map["output"].as<std::vector<std::string>>(), options, errors);
  }
  if (map.count("from") != 0) {
    options.from = map["from"].as<std::vector<std::string>>();
  }
  check_output_paths(options, errors);
  for (const std::string& argument : options.arguments) {
    if (argument.size() > 1 && argument.starts_with('-')) {
      errors.push_back(usage("unknown option '" + printable(argument) + "'",
                             argument == "-h" ? "did you mean '--help'?"
                                              : "for a file of that name write './" + printable(argument) + "'"));
    }
  }
  for (const OptionSpec& spec : option_specs()) {
    const auto given = map.find(std::string(spec.name));
    const bool was_given = given != map.end() && !given->second.defaulted();
    const auto* value = was_given ? boost::any_cast<std::string>(&given->second.value()) : nullptr;
    if (value != nullptr && value->empty()) {
      errors.push_back(usage("--" + std::string(spec.name) + " was given an empty value",
                             "see whether the variable behind it is set, or leave the option out"));
    }
    if (was_given && !takes(spec, options.command)) {
      errors.push_back(usage("'" + options.command + "' takes no --" + std::string(spec.name),
                             "see budgetcheck " + options.command + " --help"));
    }
  }
  if (!errors.empty()) {
    return tl::unexpected(std::move(errors));
  }
  return options;
}

std::string help_text(std::string_view command) {
  std::string out;
  const auto row = [&](const std::string& left, std::string_view right) {
    constexpr std::size_t kLeft = 26;
    constexpr std::size_t kWidth = 80;
    std::string margin = "  " + left;
    for (const std::string& line : wrap(right, kWidth - kLeft)) {
      margin.resize(std::max(margin.size() + (margin.size() >= kLeft ? 2 : 0), kLeft), ' ');
      out += margin + line + "\n";
      margin.clear();
    }
  };
  out += "usage: budgetcheck ";
  if (command.empty()) {
    out += "[check] [INPUT...] [options]\n       budgetcheck COMMAND [options]\n\n";
    out += "Decides whether a change may land, from what CI already produces.\n\ncommands:\n";
    for (const CommandSpec& spec : command_specs()) {
      row(std::string(spec.name) + " " + std::string(spec.arguments), spec.text);
    }
  } else {
    for (const CommandSpec& spec : command_specs()) {
      if (spec.name == command) {
        out += std::string(spec.name) + (spec.arguments.empty() ? "" : " " + std::string(spec.arguments)) +
               " [options]\n\n" + std::string(spec.text) + "\n";
      }
    }
  }
  out += "\noptions:\n";
  for (const OptionSpec& spec : option_specs()) {
    if (takes(spec, command.empty() ? "check" : command)) {
      const std::string text = std::string(spec.text) +
                               (spec.name == "output" ? join(format_names(command), ", ") + "; may be repeated" : "");
      row("--" + std::string(spec.name) + (spec.value.empty() ? "" : " " + std::string(spec.value)), text);
    }
  }
  out +=
      "\nexit codes: 0 within budgets, 1 a budget or rule failed,\n"
      "2 wrong use or budgets file, 3 could not judge (an input is missing or\n"
      "incomplete), 4 no base, 5 not delivered, 70 internal error\n";
  return out;
}

}  // namespace budgetcheck
