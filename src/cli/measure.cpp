#include "cli/measure.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/number.h"
#include "base/text.h"
#include "cli/check/collect_inputs.h"
#include "cli/check/plan.h"
#include "cli/command_line/output_option.h"
#include "cli/command_line/shared_options.h"
#include "cli/merge.h"
#include "cli/terminal/console.h"
#include "cli/terminal/refuse.h"
#include "cli/terminal/timings.h"
#include "model/exit_code.h"

namespace budgetcheck {
namespace {

/// "3/8"; nothing: it is none.
std::optional<PieceChoice> parse_choice(std::string_view text) {
  const std::size_t slash = text.find('/');
  const auto number_in = [](std::string_view digits) -> std::optional<std::uint32_t> {
    constexpr std::size_t kMostDigits = 6;
    if (digits.empty() || digits.size() > kMostDigits ||
        digits.find_first_not_of("0123456789") != std::string_view::npos) {
      return std::nullopt;
    }
    return static_cast<std::uint32_t>(parse_number(digits).value_or(0));
  };
  const auto number = slash == std::string_view::npos ? std::nullopt : number_in(text.substr(0, slash));
  const auto count = number ? number_in(text.substr(slash + 1)) : std::nullopt;
  if (!count || *number < 1 || *number > *count || *count > LogPiece::kMostPieces) {
    return std::nullopt;
  }
  PieceChoice choice;
  choice.number = *number;
  choice.count = *count;
  return choice;
}

Option choice_of_piece(std::string_view name, std::string text, PieceChoice& to) {
  return {name, "K/N", std::move(text), false, [name, &to](const std::vector<std::string>& values) {
            const std::optional<PieceChoice> choice = parse_choice(values.back());
            if (!choice) {
              return Errors{wrong_value(name, "a part and the number of parts, such as 3/8", values.back(),
                                        "parts are counted from 1")};
            }
            to = *choice;
            return Errors();
          }};
}

/// The piece that is asked for; number 0: none is.
PieceChoice choice_in(const MeasureCommand& options) {
  PieceChoice choice = options.piece.number > 0 ? options.piece : options.part;
  choice.is_file = options.piece.number > 0;
  choice.of = options.of;
  choice.order = options.order == "time"     ? LogPiece::Order::kTime
                 : options.order == "number" ? LogPiece::Order::kNumber
                                             : LogPiece::Order::kLines;
  return choice;
}

Errors contradictions(const MeasureCommand& options) {
  const bool is_piece = options.piece.number > 0;
  const auto usage = [](std::string message, std::string hint) {
    return Errors{{ErrorKind::kUsage, std::move(message), {}, std::move(hint)}};
  };
  if (is_piece && options.part.number > 0) {
    return usage("--part and --piece exclude each other",
                 "--part takes a range of the whole log, --piece says that the file is a piece of it");
  }
  if (is_piece && options.of.empty()) {
    return usage("--piece takes --of NAME too", "NAME is the whole log's, the same for all of its pieces");
  }
  if (!options.order.empty() && !is_piece) {
    return usage("--order says where the lines of a piece stand in the log",
                 "add --piece K/N and --of NAME, or leave it out");
  }
  if (!options.of.empty() && !is_piece && options.part.number == 0) {
    return usage("--of says of which log a part or a piece is", "add --piece K/N or --part K/N, or leave it out");
  }
  if ((is_piece || options.part.number > 0) && options.arguments.size() > 1) {
    return usage(
        fmt::format("{} takes one log, not {} inputs", is_piece ? "--piece" : "--part", options.arguments.size()),
        "give whole files to the parts of a run without --part, or measure each log in parts by itself");
  }
  return overwritten({{"json", options.output.empty() ? "-" : options.output}}, options.arguments);
}

}  // namespace

int run_measure(const FileSystem& files, const MeasureCommand& options) {
  Timings timings;
  const TimedFiles timed(files, timings);
  timings.begin("plan");
  const ExpectedAll<CheckPlan> plan =
      plan_measurement(timed, options.arguments, options.budgets, options.schema, options.table_rows);
  if (!plan) {
    return refuse(plan.error());
  }
  const PieceChoice choice = choice_in(options);
  timings.begin("collect");
  const Expected<Measured> measured = measure_inputs_of(timed, plan->inputs, plan->budgets, choice);
  if (!measured) {
    return refuse({measured.error()});
  }
  const auto pieces = std::count_if(measured->inputs.begin(), measured->inputs.end(),
                                    [](const MeasuredInput& one) { return one.piece.has_value(); });
  if (choice.number > 0 && pieces != 1) {
    return refuse({{ErrorKind::kUsage,
                    fmt::format("a part is of one log, and the inputs name {}",
                                pieces == 0 ? "none" : counted(static_cast<std::size_t>(pieces), "file")),
                    {},
                    "name the log: budgetcheck measure app.ndjson --part 1/8"}});
  }
  timings.begin("write");
  const int code = write_measured_to(options.output, *measured);
  if (options.timings) {
    print_aside(timings.table());
  }
  return code;
}

Command measure_command(const std::shared_ptr<MeasureCommand>& options) {
  MeasureCommand& o = *options;
  Command command;
  command.name = "measure";
  command.summary = "read the inputs and write what they say, to be merged or judged later";
  command.text =
      "The file that it writes stands for the inputs: check reads it as if it read them, on another machine too. merge "
      "puts several together. A log that one machine should not read is measured in parts.";
  command.arguments = any_arguments("[INPUT...]", o.arguments);
  command.options = {
      budgets_option(o.budgets),
      schema_option(o.schema),
      text_option("table-rows", "FILE",
                  "how many rows the tables have: an export of pg_stat_user_tables, or lines 'table,rows'",
                  o.table_rows),
      choice_of_piece("part", "read only the lines of the K-th of N parts of the log", o.part),
      choice_of_piece("piece", "the file is the K-th of N files that a log was cut into", o.piece),
      text_option("of", "NAME", "the log that the part or the piece is of (default with --part: its path)", o.of),
      choice_option(
          "order", "time|number",
          "the pieces hold the log's lines in any way: put them in order by their times, or by the number and "
          "the tab that stand before each line (default: a piece's lines follow one another in the log)",
          o.order),
      text_option("output", "FILE", "where the results go, - is standard output (the default); -o is short for it",
                  o.output),
      timings_option(o.timings),
  };
  command.examples = {
      "budgetcheck measure 'logs/*.ndjson' dist/stats.json --output part-1.json",
      "budgetcheck measure app.ndjson --part 3/8 --output part-3.json",
      "budgetcheck measure piece-03 --piece 3/8 --of app.ndjson --output part-3.json",
      "budgetcheck measure s3 --piece 3/8 --of app.log --order time -o part-3.json",
  };
  command.verify = [options] { return contradictions(*options); };
  command.run = [options](const FileSystem& files) { return run_measure(files, *options); };
  return command;
}

}  // namespace budgetcheck
