#include "cli/update/command.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/append.h"
#include "base/text.h"
#include "base/variables.h"

namespace budgetcheck {
namespace {

Errors objections(const UpdateOptions& o) {
  Errors errors;
  const auto add = [&](std::string message, std::string hint) {
    errors.push_back({ErrorKind::kUsage, std::move(message), {}, std::move(hint)});
  };
  if (o.ids.empty() && !o.tighten) {
    add("'update' takes the id of at least one budget", "budgetcheck check names those that fail");
    return errors;
  }
  if (!o.to.empty() && (o.ids.size() > 1 || o.tighten)) {
    add(o.tighten ? "--to and --tighten exclude each other" : "--to sets the limit of one budget",
        o.tighten ? "--tighten finds the limit itself" : "run update once for each");
  }
  if (o.to.empty() && !o.tighten && (o.reason.empty() || o.owner.empty())) {
    add(fmt::format("raising a limit needs {}", o.reason.empty() && o.owner.empty() ? "--reason and --owner"
                                                : o.reason.empty()                  ? "--reason"
                                                                                    : "--owner"),
        "they go into the file, and reviewers read them: --reason 'the new editor' --owner @web");
  }
  for (const auto& [name, text] : {std::pair("reason", &o.reason), std::pair("owner", &o.owner)}) {
    if (!text->empty() && (trim(*text).empty() || printable(*text) != *text)) {
      add(fmt::format("--{} takes one line of text without hidden characters", name), "");
    }
  }
  return errors;
}

}  // namespace

Command update_command(const std::shared_ptr<UpdateOptions>& options) {
  UpdateOptions& o = *options;
  Command command;
  command.name = "update";
  command.summary = "raise the limits of budgets to what was measured, with a reason, in the budgets file";
  command.text =
      "Measures as check does and rewrites the limit of each budget that fails to the nearest one that passes, in the "
      "unit that stands there. Every other byte of the file stays. All budgets are changed, or none. It does not run "
      "in "
      "CI.";
  command.arguments = any_arguments("ID...", o.ids);
  command.options = {
      text_option("reason", "TEXT", "why the limit is raised, or a ticket", o.reason),
      text_option("owner", "NAME", "who makes sure that it comes down again", o.owner),
      date_option("expires", "until when the raise is accepted (default: in 90 days)", o.expires),
      text_option("to", "VALUE", "the limit to set, which has to pass; one that is tighter needs no reason", o.to),
      switch_option("tighten",
                    "lower the limits of the budgets (without an ID: of all) to what stored results leave "
                    "room for",
                    o.tighten),
      switch_option("dry-run", "show the lines that would change, and write nothing", o.dry_run),
      list_option("input", "INPUT", "what is measured, in place of the inputs of the budgets file", o.check.arguments),
      budgets_option(o.check.budgets),
      text_option("base", "REV|FILE|none", "what growth is compared with, as for check", o.check.base),
      today_option(o.check.today),
  };
  append_to(command.options, store_options(o.check));
  command.examples = {
      "budgetcheck update main-js --reason 'the new editor' --owner @web",
      "budgetcheck update main-js --to 200kB --reason PERF-412 --owner @web",
      "budgetcheck update --tighten --dry-run",
  };
  command.verify = [options] { return objections(*options); };
  command.run = [options](const FileSystem& files) { return run_update(files, process_variables(), *options); };
  return command;
}

}  // namespace budgetcheck
