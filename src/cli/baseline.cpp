#include "cli/baseline.h"

#include <iostream>

#include "base/text.h"
#include "base/variables.h"
#include "baseline/checkout.h"
#include "baseline/notes.h"
#include "cli/terminal/clock.h"
#include "deliver/baseline_push.h"
#include "model/exit_code.h"

namespace budgetcheck {
namespace {

int complain(int exit_code, const std::string& message) {
  std::cerr << "budgetcheck: " << message << "\n";
  return exit_code;
}

int say(const BaselineOutcome& outcome) {
  for (const std::string& line : outcome.said) {
    std::cout << line << "\n";
  }
  for (const std::string& line : outcome.problems) {
    std::cerr << "budgetcheck: " << line << "\n";
  }
  return outcome.exit_code;
}

BaselineRequest request_of(const Options& options) {
  BaselineRequest request;
  request.app = options.app;
  request.remote = options.remote;
  request.fetch = !options.no_fetch;
  request.keep = options.keep;
  request.now = utc_now();
  return request;
}

/// One application's part: what it says, in one line.
std::string describe(const Record& record, const std::string& app) {
  const std::string name = app.empty() ? "(without a name)" : printable(app);
  const auto stored = read_stored(record, app);
  if (!stored) {
    return name + ": " + stored.error();
  }
  std::size_t failed = 0;
  for (const StoredVerdict& verdict : stored->verdicts) {
    failed += verdict.status == "fail" ? 1U : 0U;
  }
  std::string out = name + ": " + (stored->outcome.empty() ? "no outcome" : printable(stored->outcome)) + ", " +
                    counted(stored->results.samples.size(), "sample") + ", " +
                    counted(stored->verdicts.size(), "budget") + " (" + std::to_string(failed) + " failed), " +
                    counted(stored->results.findings.size(), "finding") + ", " +
                    counted(stored->results.parts.size(), "part");
  out += stored->results.budgets.is_null() ? ", without its budgets" : ", with its budgets";
  return out + ", measured " + printable(stored->results.measured_at);
}

int show_record(const Checkout& checkout, const Notes& notes, const std::string& commit, bool may_fetch) {
  const FoundRecord found = find_record(*checkout.repository, checkout.git, notes, commit, may_fetch);
  if (found.state == FoundRecord::State::kNone) {
    std::cout << "no results are stored for " << short_id(commit) << "; " << kNotesRef << " holds "
              << counted(notes.list().size(), "note") << "\n";
    return kExitPass;
  }
  if (found.state == FoundRecord::State::kUnusable) {
    return complain(kExitCannotJudge, "the stored results of " + short_id(commit) + " " + found.fault.message +
                                          "\n  hint: git notes --ref=budgetcheck show " + commit);
  }
  const Record& record = found.record;
  std::cout << "results of " << commit;
  std::cout << (record.branch.empty() ? "" : " on " + printable(record.branch)) << ", "
            << counted(notes.read(commit).text.size(), "byte") << " in " << kNotesRef << ", written by budgetcheck "
            << printable(record.tool_version) << "\n";
  for (const auto& [app, document] : record.apps) {
    std::cout << "  " << describe(record, app) << "\n";
  }
  return kExitPass;
}

int show(const FileSystem& files, const Options& options) {
  const Expected<std::optional<Checkout>> checkout = open_checkout(files, process_variables(), ".", options.remote);
  if (!checkout) {
    return complain(kExitUsage, to_string(checkout.error()));
  }
  if (!*checkout) {
    return complain(kExitUsage, "this is not in a git repository, so nothing is stored here");
  }
  const Checkout& found = **checkout;
  const std::string revision = options.arguments.size() > 1 ? options.arguments[1] : "HEAD";
  const Expected<BaseCommit> commit = base_by_revision(*found.repository, revision, printable(revision));
  if (!commit) {
    return complain(kExitUsage, to_string(commit.error()));
  }
  const bool may_fetch = !options.no_fetch && !found.remote.empty();
  if (may_fetch) {
    const NotesFetch fetched = fetch_notes(*found.repository, found.git, found.remote);
    if (!fetched.problem.empty()) {
      std::cerr << "budgetcheck: stored results could not be fetched: " << fetched.problem << "\n";
    }
  }
  return show_record(found, Notes(*found.repository), commit->commit, may_fetch);
}

}  // namespace

int run_baseline(const FileSystem& files, const Options& options) {
  const std::vector<std::string>& words = options.arguments;
  const std::string action = words.empty() ? "" : words.front();
  const std::size_t most = action == "prune" ? 1 : 2;
  if (action != "push" && action != "show" && action != "prune") {
    const std::string near = nearest(action, {"push", "show", "prune"});
    return complain(kExitUsage, "baseline takes push RESULTS, show [REV] or prune" +
                                    (action.empty() ? std::string() : ", not '" + printable(action) + "'") +
                                    (near.empty() ? "" : "; did you mean '" + near + "'?"));
  }
  if (words.size() > most) {
    return complain(kExitUsage, "'baseline " + action + "' has no use for '" + printable(words[most]) + "'");
  }
  if (action == "show") {
    return show(files, options);
  }
  BaselineRequest request = request_of(options);
  if (action == "prune") {
    return say(prune_baseline(files, process_variables(), request));
  }
  if (words.size() < 2) {
    return complain(kExitUsage,
                    "baseline push needs a results file, as budgetcheck check --output json=FILE writes it");
  }
  request.results = words[1];
  return say(push_baseline(files, process_variables(), request));
}

}  // namespace budgetcheck
