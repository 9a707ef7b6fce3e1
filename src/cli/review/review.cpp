#include "cli/review/review.h"

#include <utility>

#include "base/error.h"
#include "cli/command_line/shared_options.h"

namespace budgetcheck {

Command review_command(const std::shared_ptr<ReviewOptions>& options) {
  ReviewOptions& o = *options;
  Command command;
  command.name = "review";
  command.summary = "look back: replay an access log through the rate limits of the plans";
  command.text =
      "review limits says who would have been limited, how often and at which hour, as nginx does it. A log needs a "
      "field with the key that tells customers apart: limits.key says which, or --key. Keys are not shown: the line is "
      "named in which one stands.";
  command.arguments = action_arguments(o.action, o.files);
  command.actions = {
      {"limits", "ACCESS_LOG...", 1, Arguments::kAnyNumber, "replay access logs or HAR captures, in this order"},
  };
  command.options = {
      text_option(
          "key", "FIELD",
          "where the key stands: a path in JSON (req.headers.x-api-key), a name in front of '=', a column, or a "
          "word of a line of text (-1: the last)",
          o.key),
      text_option("plan", "FIELD", "where the name of the plan stands, in the same way", o.plan),
      choice_option("format", "text|markdown", "how it is written (default: text)", o.format),
      budgets_option(o.budgets),
  };
  command.examples = {"budgetcheck review limits logs/access.log",
                      "budgetcheck review limits access.ndjson --key tenant --format markdown"};
  command.run = [options](const FileSystem& files) {
    if (options->action == "limits") {
      return run_review_limits(files, *options);
    }
    throw InternalError("review has no action " + options->action);
  };
  return command;
}

}  // namespace budgetcheck
