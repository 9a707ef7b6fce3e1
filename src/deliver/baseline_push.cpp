#include "deliver/baseline_push.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "baseline/history.h"
#include "budget/catalogue.h"
#include "deliver/update_notes.h"
#include "judge/history/record_history.h"
#include "model/exit_code.h"
#include "results/trim.h"

namespace budgetcheck {
namespace {

/// Records before the new one that its history is made of.
constexpr std::size_t kRecordsBefore = 100;

BaselineOutcome refuse(int exit_code, const Errors& errors) {
  BaselineOutcome out{exit_code, {}, {}};
  for (const Error& error : errors) {
    out.problems.push_back(to_string(error));
  }
  return out;
}

/// The results of one app, understood.
struct Stored {
  Results results;
  ResultsOutcome outcome;
};

tl::unexpected<Errors> unfit(const std::string& path, const std::string& why, const std::string& hint) {
  return tl::unexpected(Errors{{ErrorKind::kInput, fmt::format("'{}' {}", printable(path), why), {}, hint}});
}

ExpectedAll<Stored> read_app(const std::string& path, std::string_view bytes, const std::string& app) {
  ExpectedAll<Results> results = read_results(path, bytes, app);
  if (!results) {
    return tl::unexpected(std::move(results.error()));
  }
  Expected<ResultsOutcome> outcome = read_outcome(path, bytes, app);
  if (!outcome) {
    return tl::unexpected(Errors{std::move(outcome.error())});
  }
  if (results->samples.empty() && results->findings.empty()) {
    return unfit(
        path, "contains no measurements, so there is nothing to store",
        "see why the check measured nothing; if this were stored, everything in the next change would look new");
  }
  if (!results->commit.empty() && !is_commit_id(results->commit)) {
    return unfit(path, fmt::format("names the commit '{}', which is not a commit id", printable(results->commit)),
                 "a commit is 40 hexadecimal digits; leave it out to mean HEAD");
  }
  return Stored{std::move(*results), std::move(*outcome)};
}

/// The file's results: of one app, or of each of several that has any and that is wanted.
/// `remarks`: which of several have none.
ExpectedAll<std::vector<Stored>> read_file(const FileSystem& files, const BaselineRequest& request,
                                           std::vector<std::string>& remarks) {
  const std::string& path = request.results;
  Expected<std::unique_ptr<FileContent>> content = files.open(path);
  if (!content) {
    Error error = std::move(content.error());
    error.hint = "baseline push takes a results file, as budgetcheck check --output json=FILE writes it";
    return tl::unexpected(Errors{std::move(error)});
  }
  std::vector<std::string> apps = apps_in_results(path, (*content)->bytes());
  const bool is_of_several = !apps.empty();
  if (apps.empty() || !request.app.empty()) {
    apps = {request.app};
  }
  std::vector<Stored> all;
  Errors errors;
  for (const std::string& app : apps) {
    ExpectedAll<Stored> stored = read_app(path, (*content)->bytes(), app);
    if (stored) {
      all.push_back(std::move(*stored));
    } else {
      remarks.push_back(fmt::format("nothing is stored of the app '{}': {}", printable(app),
                                    printable(stored.error().front().message)));
      errors = std::move(stored.error());
    }
  }
  const bool are_some_enough = is_of_several && request.app.empty() && !all.empty();
  if (!errors.empty() && !are_some_enough) {
    return tl::unexpected(std::move(errors));
  }
  return all;
}

Expected<Checkout> open_for_writing(const FileSystem& files, const Variables& variables,
                                    const BaselineRequest& request) {
  Expected<std::optional<Checkout>> checkout = open_checkout(files, variables, request.folder, request.remote);
  if (!checkout) {
    return tl::unexpected(std::move(checkout.error()));
  }
  if (!*checkout) {
    return fail(ErrorKind::kUsage, "this is not in a git repository, so there is nowhere to store results", {},
                "run it in a clone of the repository whose results they are");
  }
  return std::move(**checkout);
}

std::string pushed_words(const NotesUpdate& update, const Checkout& checkout) {
  return update.pushed ? fmt::format(" and pushed to {}", without_credentials(printable(checkout.remote)))
                       : "; this clone has no remote to push to";
}

/// The commit that the branch was at before, by the event of the push.
std::string previous_of(const Checkout& checkout, const Record& record, const std::string& head) {
  const std::string before = checkout.ci.before();
  const bool is_parent = !record.parents.empty() && record.parents.front() == before;
  const bool forced = checkout.ci.github.forced.value_or(false);
  return record.commit != head || before == head || is_parent || forced ? std::string() : before;
}

/// One push of one file.
class Push {
 public:
  Push(const BaselineRequest& request, const Checkout& checkout, const std::vector<Stored>& stored,
       std::vector<std::string> left_out)
      : request_(request),
        checkout_(checkout),
        stored_(stored),
        head_(describe_head(checkout)),
        left_out_(std::move(left_out)),
        commit_(first().results.commit.empty() ? head_.commit : first().results.commit),
        may_fetch_(request.fetch && !checkout.remote.empty()) {}

  const std::string& commit() const { return commit_; }

  BaselineOutcome run() {
    Notes notes(*checkout_.repository);
    const Expected<NotesUpdate> update =
        update_notes(checkout_, notes, request_.fetch, [this](const Notes& current) { return change(current); });
    BaselineOutcome out;
    if (!update) {
      out = refuse(kExitDelivery, {update.error()});
    } else {
      out.said = said(*update);
    }
    out.said.insert(out.said.end(), remarks_.begin(), remarks_.end());
    return out;
  }

 private:
  /// Read, merge, write: each attempt begins with what is on the remote now.
  Expected<NotesChange> change(const Notes& notes) {
    remarks_.clear();
    Expected<Record> record = upon_what_is_there(notes);
    if (!record) {
      return tl::unexpected(std::move(record.error()));
    }
    before_ = 0;
    for (const Stored& stored : stored_) {
      add(stored, notes, *record);
    }
    NotesChange change;
    change.set.emplace_back(commit_, write_record(*record));
    change.drop = outdated_records(checkout_, notes, request_.keep, commit_, may_fetch_);
    change.message = fmt::format("budgetcheck: results of {}{}\n", short_id(commit_), for_app());
    bytes_ = change.set.front().second.size();
    dropped_ = change.drop.size();
    return change;
  }

  void add(const Stored& stored, const Notes& notes, Record& record) {
    const std::string app = app_of(stored);
    const History history = history_of(checkout_, notes, commit_, &record, app, kRecordsBefore, may_fetch_);
    std::vector<const Results*> earlier;
    earlier.reserve(history.records.size());
    for (const StoredRecord& one : history.records) {
      earlier.push_back(&one.results);
    }
    Results newest = stored.results;
    add_history(newest, earlier, shipped_metrics());
    record.set(app, trim_results(newest, stored.outcome.outcome, stored.outcome.verdicts));
    before_ = std::max(before_, history.records.size());
  }

  Expected<Record> upon_what_is_there(const Notes& notes) {
    FoundRecord found = find_record(*checkout_.repository, checkout_.git, notes, commit_, may_fetch_);
    if (found.state == FoundRecord::State::kUnusable) {
      const bool newer = found.fault.kind == RecordFault::Kind::kNewer;
      if (newer || found.fault.kind == RecordFault::Kind::kAbsent) {
        return fail(ErrorKind::kOutput,
                    fmt::format("nothing was stored: the stored results of {} {}, and would be lost", short_id(commit_),
                                found.fault.message),
                    {}, newer ? "use the newer budgetcheck in this job too" : "run it without --no-fetch");
      }
      remarks_.push_back(
          fmt::format("the stored results of {} were replaced: they {}", short_id(commit_), found.fault.message));
    }
    Record record = found.state == FoundRecord::State::kFound ? std::move(found.record) : Record();
    record.commit = commit_;
    if (auto parents = checkout_.repository->parents_of(commit_)) {
      record.parents = std::move(*parents);
    } else if (!first().results.parents.empty()) {
      record.parents.clear();
      for (const std::string& parent : first().results.parents) {
        if (is_commit_id(parent)) {
          record.parents.push_back(parent);
        }
      }
    }
    if (commit_ == head_.commit) {
      record.previous = previous_of(checkout_, record, head_.commit);
      record.branch = head_.branch.empty() ? record.branch : head_.branch;
    }
    const std::string& measured = first().results.measured_at;
    record.time = std::max(record.time, measured.empty() ? request_.now : measured);
    if (!first().outcome.tool_version.empty()) {
      record.tool_version = first().outcome.tool_version;
    }
    return record;
  }

  std::vector<std::string> said(const NotesUpdate& update) const {
    std::string line = fmt::format("stored the results of {}{} in {} ({}, {} before it{})", short_id(commit_),
                                   for_app(), kNotesRef, counted(bytes_, "byte"), counted(before_, "record"),
                                   dropped_ == 0 ? "" : fmt::format(", {} dropped", counted(dropped_, "old one")));
    line += pushed_words(update, checkout_);
    line += update.tries > 1 ? fmt::format(" on attempt {}", update.tries) : "";
    std::vector<std::string> out{line};
    out.insert(out.end(), left_out_.begin(), left_out_.end());
    if (const CiEnvironment& ci = checkout_.ci;
        ci.github.event.starts_with("pull_request") || ci.gitlab.source == "merge_request_event") {
      out.emplace_back(
          "this run belongs to a change that is not merged yet: nothing is ever compared with its results, and they "
          "displace older ones of the main branch; store results on the main branch only");
    }
    if (commit_ != head_.commit) {
      out.push_back(fmt::format("HEAD is {}, but the results are of {}: they were stored for that commit",
                                head_.commit.empty() ? "no commit yet" : short_id(head_.commit), short_id(commit_)));
    }
    return out;
  }

  const Stored& first() const { return stored_.front(); }
  std::string app_of(const Stored& stored) const { return request_.app.empty() ? stored.results.app : request_.app; }
  std::string for_app() const {
    std::vector<std::string> names;
    for (const Stored& stored : stored_) {
      if (const std::string app = app_of(stored); !app.empty()) {
        names.push_back("'" + printable(app) + "'");
      }
    }
    return names.empty() ? std::string() : " for " + join(names, ", ");
  }

  const BaselineRequest& request_;
  const Checkout& checkout_;
  const std::vector<Stored>& stored_;  ///< never empty
  Head head_;
  std::vector<std::string> left_out_;
  std::string commit_;
  bool may_fetch_;
  std::vector<std::string> remarks_;
  std::size_t bytes_ = 0;
  std::size_t before_ = 0;
  std::size_t dropped_ = 0;
};

}  // namespace

BaselineOutcome push_baseline(const FileSystem& files, const Variables& variables, const BaselineRequest& request) {
  std::vector<std::string> left_out;
  const ExpectedAll<std::vector<Stored>> stored = read_file(files, request, left_out);
  if (!stored) {
    return refuse(kExitCannotJudge, stored.error());
  }
  const Expected<Checkout> checkout = open_for_writing(files, variables, request);
  if (!checkout) {
    return refuse(kExitUsage, {checkout.error()});
  }
  Push push(request, *checkout, *stored, std::move(left_out));
  if (push.commit().empty()) {
    return refuse(kExitUsage, {{ErrorKind::kUsage, "the repository has no commit yet", {}, "commit first"}});
  }
  return push.run();
}

BaselineOutcome prune_baseline(const FileSystem& files, const Variables& variables, const BaselineRequest& request) {
  const Expected<Checkout> checkout = open_for_writing(files, variables, request);
  if (!checkout) {
    return refuse(kExitUsage, {checkout.error()});
  }
  Notes notes(*checkout->repository);
  std::size_t dropped = 0;
  std::size_t all = 0;
  const auto make = [&](const Notes& current) -> Expected<NotesChange> {
    NotesChange change;
    change.drop = outdated_records(*checkout, current, request.keep, {}, request.fetch && !checkout->remote.empty());
    change.message = fmt::format("budgetcheck: keep the newest {}\n", request.keep);
    dropped = change.drop.size();
    all = current.list().size();
    return change;
  };
  const Expected<NotesUpdate> update = update_notes(*checkout, notes, request.fetch, make);
  if (!update) {
    return refuse(kExitDelivery, {update.error()});
  }
  BaselineOutcome out;
  if (dropped == 0) {
    out.said.push_back(fmt::format("nothing to drop: {} contains {}, and the newest {} are kept", kNotesRef,
                                   counted(all, "note"), request.keep));
  } else {
    out.said.push_back(fmt::format("dropped {} of {} in {}{}", counted(dropped, "record"), all, kNotesRef,
                                   pushed_words(*update, *checkout)));
  }
  return out;
}

}  // namespace budgetcheck
