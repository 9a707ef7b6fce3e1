#include "deliver/update_notes.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <random>
#include <thread>

#include "base/text.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMaxTries = 30;
/// Of a network that stumbles; one that does not answer in time is not asked again.
constexpr std::size_t kMaxStumbles = 3;
constexpr int kLeastPauseMs = 20;
constexpr int kPauseStepMs = 60;
constexpr int kMostPauseMs = 1000;

bool has_one_of(const std::string& text, std::initializer_list<const char*> signs) {
  return std::any_of(signs.begin(), signs.end(),
                     [&](const char* sign) { return text.find(sign) != std::string::npos; });
}

/// Somebody else pushed, or pushes right now.
bool is_race(const std::string& errors) {
  return has_one_of(errors, {"[rejected]", "fetch first", "non-fast-forward", "cannot lock ref", "failed to update ref",
                             "reference already exists", "failed to lock", "incorrect old value", "stale info",
                             "Unable to create", ".lock", "shallow file has changed"});
}

bool is_refusal(const std::string& errors) {
  return has_one_of(lower(errors), {"403", "401", "permission", "denied", "not authorized", "unauthorized",
                                    "not allowed", "read-only", "read only", "protected", "write access",
                                    "hook declined", "authentication failed", "could not read username"});
}

bool is_final(const GitRun& run) { return is_refusal(run.errors) || run.timed_out; }

std::string name_of(const std::string& remote) { return without_credentials(printable(remote)); }

void pause(std::size_t tries) {
  static thread_local std::mt19937 random{std::random_device{}()};
  const int most = std::min(kMostPauseMs, kLeastPauseMs + kPauseStepMs * static_cast<int>(tries));
  std::this_thread::sleep_for(
      std::chrono::milliseconds(std::uniform_int_distribution<int>(kLeastPauseMs, most)(random)));
}

tl::unexpected<Error> not_pushed(const GitRun& run, const std::string& remote) {
  const std::string what = fmt::format("the push of {} to {}", kNotesRef, name_of(remote));
  if (is_refusal(run.errors)) {
    return fail(
        ErrorKind::kOutput, fmt::format("{} was refused: {}", what, run.problem), {},
        "the token must be allowed to write: on GitHub add 'permissions: contents: write' to the job (the token of "
        "a fork's pull request is always read-only: push from the main branch only); on GitLab use a token with "
        "write_repository");
  }
  return fail(
      ErrorKind::kOutput, fmt::format("{} failed: {}", what, run.problem), {},
      fmt::format("the results are stored in this clone only; try: git push {} {}", name_of(remote), kNotesRef));
}

tl::unexpected<Error> not_fetched(const std::string& problem, const std::string& remote) {
  std::string hint = credentials_hint(problem);
  if (hint.empty()) {
    hint = fmt::format("check that the remote can be reached: git ls-remote {}", name_of(remote));
  }
  return fail(ErrorKind::kOutput,
              fmt::format("the stored results of {} could not be fetched, so nothing was added to them: {}",
                          name_of(remote), problem),
              {}, std::move(hint));
}

}  // namespace

Expected<NotesUpdate> update_notes(const Checkout& checkout, Notes& notes, bool fetch,
                                   const std::function<Expected<NotesChange>(const Notes&)>& make) {
  NotesUpdate out;
  std::string last;
  std::size_t stumbles = 0;
  const std::string& remote = checkout.remote;
  for (out.tries = 1; out.tries <= kMaxTries; ++out.tries) {
    if (!remote.empty() && (fetch || out.tries > 1)) {
      const NotesFetch fetched = fetch_notes(*checkout.repository, checkout.git, remote);
      if (!fetched.problem.empty()) {
        last = fetched.problem;
        // In one clone two jobs are in each other's way already here.
        const bool final = fetched.timed_out || is_refusal(fetched.problem);
        if (!is_race(fetched.problem) && (final || ++stumbles == kMaxStumbles)) {
          return not_fetched(fetched.problem, remote);
        }
        pause(out.tries);
        continue;
      }
    }
    notes.refresh();
    Expected<NotesChange> change = make(notes);
    if (!change) {
      return tl::unexpected(std::move(change.error()));
    }
    if (change->set.empty() && change->drop.empty()) {
      return out;
    }
    Expected<bool> made = notes.commit(change->set, change->drop, change->message);
    if (!made) {
      return tl::unexpected(std::move(made.error()));
    }
    if (*made && remote.empty()) {
      return out;
    }
    if (*made) {
      // The commit, not the ref: another job in this clone may have moved that meanwhile.
      const GitRun run =
          checkout.git.run({"push", "--quiet", "--no-verify", "--", remote, notes.tip() + ":" + kNotesRef});
      if (run.ok) {
        out.pushed = true;
        return out;
      }
      if (!is_race(run.errors) && (is_final(run) || ++stumbles == kMaxStumbles)) {
        return not_pushed(run, remote);
      }
      last = run.problem;
    }
    pause(out.tries);
  }
  return fail(ErrorKind::kOutput,
              fmt::format("the results could not be stored: other jobs were faster {} times ({})", kMaxTries, last), {},
              "run it again");
}

std::vector<std::string> outdated_records(const Checkout& checkout, const Notes& notes, std::size_t keep,
                                          const std::string& coming, bool may_fetch) {
  const std::vector<std::pair<std::string, std::string>> all = notes.list();
  const std::size_t added = coming.empty() ? 0 : 1;
  std::vector<std::string> out;
  if (all.size() + added <= keep) {
    return out;
  }
  std::vector<std::pair<std::string, std::string>> by_time;  // time, commit
  for (const auto& [commit, blob] : all) {
    if (commit == coming) {
      continue;
    }
    NoteText note = notes.read(commit);
    if (note.state == NoteText::State::kAbsent && may_fetch) {
      note.text = checkout.git.run({"cat-file", "blob", blob}).output;
    }
    if (auto time = read_record_time(note.text, commit)) {
      by_time.emplace_back(std::move(*time), commit);
    }
  }
  std::sort(by_time.begin(), by_time.end());
  const std::size_t kept = by_time.size() + added;
  const std::size_t surplus = std::min(by_time.size(), kept > keep ? kept - keep : 0);
  for (std::size_t i = 0; i < surplus; ++i) {
    out.push_back(by_time[i].second);
  }
  return out;
}

}  // namespace budgetcheck
