#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "cli/command_line/output_spec.h"
#include "model/rule.h"

namespace budgetcheck {

/// One row of the table that parsing, help and completions come from.
struct OptionSpec {
  std::string_view name;      ///< long name without dashes
  std::string_view value;     ///< name of its value; empty for a switch
  std::string_view text;      ///< for help
  std::string_view commands;  ///< commands that take it, separated by spaces; empty: all
  bool repeatable = false;
};
const std::vector<OptionSpec>& option_specs();

struct CommandSpec {
  std::string_view name;
  std::string_view arguments;
  std::string_view text;
};
const std::vector<CommandSpec>& command_specs();

/// The command line, understood. What was not given is empty.
struct Options {
  std::string command = "check";
  std::vector<std::string> arguments;  ///< inputs, or the name to explain
  std::string budgets;
  std::string app;
  std::string schema;      ///< schema.prisma; empty: what the budgets file says
  std::string table_rows;  ///< sizes of tables; empty: what the budgets file says
  std::string base;        ///< FILE, REV or none; empty: found from the CI environment and git
  std::string rerun;       ///< a results file with confirming runs of both sides
  bool require_base = false;
  bool no_fetch = false;   ///< nothing is fetched: only what the checkout holds
  bool paired = false;     ///< base and head were measured in one job, taking turns
  std::string remote;      ///< empty: origin
  std::size_t keep = 500;  ///< baseline: how many records stay
  std::string today;
  std::vector<OutputSpec> outputs;
  Level fail_level = Level::kError;
  std::string docs;               ///< explain --docs DIR
  std::vector<std::string> from;  ///< init: configurations of other tools; empty: start from today's numbers
  // comment
  std::string job;                 ///< empty: of the CI environment
  std::string repository;          ///< empty: of the CI environment
  std::string head_sha;            ///< empty: of the event
  std::uint64_t pull_request = 0;  ///< 0: of the CI environment
  std::string when_green;          ///< edit (also empty), delete or hide
  bool dry_run = false;
  bool strict_delivery = false;
  bool help = false;
  bool version = false;
};

/// Parses arguments without the program's name. Errors (kUsage, all at once): unknown options with the nearest known
/// one, options of another command, missing or wrong values.
ExpectedAll<Options> parse_options(const std::vector<std::string>& arguments);

/// Help for one command, or for the whole program when `command` is empty.
std::string help_text(std::string_view command);

}  // namespace budgetcheck
