#include "baseline/history.h"

#include <fmt/format.h>

#include <unordered_set>

#include "base/text.h"
#include "baseline/ancestors.h"

namespace budgetcheck {
namespace {

/// Commits looked at for each record that is wanted: most pushes bring a few commits and store one record.
constexpr std::size_t kStepsPerRecord = 20;
constexpr std::size_t kMaxRemarks = 10;

}  // namespace

History history_of(const Checkout& checkout, const Notes& notes, const std::string& commit, const Record* start,
                   const std::string& app, std::size_t limit, bool may_fetch) {
  History out;
  std::size_t unusable = 0;
  const auto remark = [&](const std::string& at, const std::string& why) {
    if (++unusable <= kMaxRemarks) {
      out.remarks.push_back(fmt::format("the stored results of {} {}; they were skipped", short_id(at), why));
    }
  };
  const FirstParents walk(*checkout.repository, checkout.git, notes, may_fetch);
  std::unordered_set<std::string> seen;  // parents that somebody stored may lead in a circle
  std::string at = commit;
  for (std::size_t steps = 0; steps < limit * kStepsPerRecord && out.records.size() < limit; ++steps) {
    if (!seen.insert(at).second) {
      break;
    }
    const FoundRecord found = walk.record_of(at);
    const bool usable = found.state == FoundRecord::State::kFound;
    if (found.state == FoundRecord::State::kUnusable) {
      remark(at, found.fault.message);
    }
    const bool is_start = start != nullptr && at == commit;
    if (usable && !is_start) {
      const bool only = app.empty() && found.record.apps.size() == 1;
      const std::string name = only ? found.record.apps.front().first : app;
      if (found.record.find(name) != nullptr) {
        auto stored = read_stored(found.record, name);
        if (stored) {
          out.records.push_back(std::move(*stored));
        } else {
          remark(at, stored.error());
        }
      }
    }
    const FirstParents::Step step = walk.before(at, is_start ? start : usable ? &found.record : nullptr);
    if (step.state == FirstParents::Step::State::kUnknown) {
      out.remarks.push_back(
          fmt::format("the history ends at {}: the clone is shallow there and no record names the commit before; git "
                      "fetch --unshallow brings the rest",
                      short_id(at)));
    }
    if (step.state != FirstParents::Step::State::kParent) {
      break;
    }
    at = step.commit;
  }
  if (unusable > kMaxRemarks) {
    out.remarks.push_back(counted(unusable - kMaxRemarks, "more record") + " skipped");
  }
  return out;
}

ExpectedAll<History> read_history(const FileSystem& files, const Variables& variables, const HistoryRequest& request) {
  Expected<std::optional<Checkout>> checkout = open_checkout(files, variables, request.folder, request.remote);
  if (!checkout) {
    return tl::unexpected(Errors{std::move(checkout.error())});
  }
  if (!*checkout) {
    return tl::unexpected(Errors{{ErrorKind::kUsage,
                                  "this is not in a git repository, so there is no history",
                                  {},
                                  "run it in the repository whose main branch stores its results"}});
  }
  const Repository& repository = *(*checkout)->repository;
  const std::string given = request.revision.empty() ? "HEAD" : request.revision;
  Expected<BaseCommit> start = base_by_revision(repository, given, printable(given));
  if (!start) {
    return tl::unexpected(Errors{std::move(start.error())});
  }
  const bool may_fetch = request.fetch && !(*checkout)->remote.empty();
  std::string problem;
  if (may_fetch) {
    const NotesFetch fetched = fetch_notes(repository, (*checkout)->git, (*checkout)->remote);
    if (!fetched.problem.empty()) {
      problem = "stored results could not be fetched: " + fetched.problem;
    }
  }
  const Notes notes(repository);
  History history = history_of(**checkout, notes, start->commit, nullptr, request.app, request.limit, may_fetch);
  history.start = start->commit;
  if (!problem.empty()) {
    history.remarks.insert(history.remarks.begin(), std::move(problem));
  }
  if (!notes.exist()) {
    history.remarks.emplace_back("no results are stored yet: run budgetcheck baseline push on the main branch");
  }
  return history;
}

}  // namespace budgetcheck
