#include "cli/baseline.h"

#include <fmt/format.h>

#include "base/append.h"
#include "base/text.h"
#include "base/variables.h"
#include "baseline/checkout.h"
#include "baseline/notes.h"
#include "cli/terminal/clock.h"
#include "cli/terminal/console.h"
#include "cli/terminal/refuse.h"
#include "deliver/baseline_push.h"
#include "model/exit_code.h"

namespace budgetcheck {
namespace {

int complain(int exit_code, const std::string& message) {
  say_aside(message);
  return exit_code;
}

int say(const BaselineOutcome& outcome) {
  for (const std::string& line : outcome.said) {
    (void)print(line + "\n");
  }
  for (const std::string& line : outcome.problems) {
    say_aside(line);
  }
  return outcome.exit_code;
}

BaselineRequest request_of(const BaselineOptions& options) {
  BaselineRequest request;
  request.app = options.app;
  request.remote = options.remote;
  request.fetch = !options.no_fetch;
  request.keep = static_cast<std::size_t>(options.keep);
  request.now = utc_now();
  return request;
}

/// One application's part: what it says, in one line.
std::string describe(const Record& record, const std::string& app) {
  const std::string name = app.empty() ? "(without a name)" : printable(app);
  const auto stored = read_stored(record, app);
  if (!stored) {
    return fmt::format("{}: {}", name, stored.error());
  }
  std::size_t failed = 0;
  for (const StoredVerdict& verdict : stored->verdicts) {
    failed += verdict.status == "fail" ? 1U : 0U;
  }
  return fmt::format("{}: {}, {}, {} ({} failed), {}, {}, {} its budgets, measured {}", name,
                     stored->outcome.empty() ? "no outcome" : printable(stored->outcome),
                     counted(stored->results.samples.size(), "sample"), counted(stored->verdicts.size(), "budget"),
                     failed, counted(stored->results.findings.size(), "finding"),
                     counted(stored->results.parts.size(), "part"),
                     stored->results.budgets.is_null() ? "without" : "with", printable(stored->results.measured_at));
}

int show_record(const Checkout& checkout, const Notes& notes, const std::string& commit, bool may_fetch) {
  const FoundRecord found = find_record(*checkout.repository, checkout.git, notes, commit, may_fetch);
  if (found.state == FoundRecord::State::kNone) {
    (void)print(fmt::format("no results are stored for {}; {} holds {}\n", short_id(commit), kNotesRef,
                            counted(notes.list().size(), "note")));
    return kExitPass;
  }
  if (found.state == FoundRecord::State::kUnusable) {
    return complain(kExitCannotJudge,
                    fmt::format("the stored results of {} {}\n  hint: git notes --ref=budgetcheck show {}",
                                short_id(commit), found.fault.message, commit));
  }
  const Record& record = found.record;
  (void)print(fmt::format("results of {}{}, {} in {}, written by budgetcheck {}\n", commit,
                          record.branch.empty() ? "" : fmt::format(" on {}", printable(record.branch)),
                          counted(notes.read(commit).text.size(), "byte"), kNotesRef, printable(record.tool_version)));
  for (const auto& [app, document] : record.apps) {
    (void)print("  " + describe(record, app) + "\n");
  }
  return kExitPass;
}

int show(const FileSystem& files, const BaselineOptions& options) {
  const Expected<std::optional<Checkout>> checkout = open_checkout(files, process_variables(), ".", options.remote);
  if (!checkout) {
    return complain(kExitUsage, to_string(checkout.error()));
  }
  if (!*checkout) {
    return complain(kExitUsage, "this is not in a git repository, so nothing is stored here");
  }
  const Checkout& found = **checkout;
  const std::string revision = options.rest.empty() ? "HEAD" : options.rest.front();
  const Expected<BaseCommit> commit = base_by_revision(*found.repository, revision, printable(revision));
  if (!commit) {
    return complain(kExitUsage, to_string(commit.error()));
  }
  const bool may_fetch = !options.no_fetch && !found.remote.empty();
  if (may_fetch) {
    const NotesFetch fetched = fetch_notes(*found.repository, found.git, found.remote);
    if (!fetched.problem.empty()) {
      say_aside(fmt::format("stored results could not be fetched: {}", fetched.problem));
    }
  }
  return show_record(found, Notes(*found.repository), commit->commit, may_fetch);
}

}  // namespace

int run_baseline(const FileSystem& files, const BaselineOptions& options) {
  if (options.action == "show") {
    return show(files, options);
  }
  BaselineRequest request = request_of(options);
  if (options.action == "prune") {
    return say(prune_baseline(files, process_variables(), request));
  }
  request.results = options.rest.front();
  return say(push_baseline(files, process_variables(), request));
}

Command baseline_command(const std::shared_ptr<BaselineOptions>& options) {
  constexpr std::uint64_t kMostKept = 100'000;
  BaselineOptions& o = *options;
  Command command;
  command.name = "baseline";
  command.summary = "store the results of the main branch in git, show them, or drop old ones";
  command.text = "They are notes on its commits, in refs/notes/budgetcheck.";
  command.arguments = action_arguments(o.action, o.rest);
  command.actions = {
      {"push", "RESULTS", 1, 1, "store what check --output json=FILE wrote, and push it"},
      {"show", "[REV]", 0, 1, "show what is stored for a commit (default: HEAD)"},
      {"prune", "", 0, 0, "drop all but the newest ones"},
  };
  command.options = {
      number_option("keep", "how many stored results stay, the newest ones (default: 500)", o.keep, kMostKept)};
  append_to(command.options, store_options(o));
  command.examples = {"budgetcheck baseline push results.json", "budgetcheck baseline show main",
                      "budgetcheck baseline prune --keep 200"};
  command.run = [options](const FileSystem& files) { return run_baseline(files, *options); };
  return command;
}

}  // namespace budgetcheck
