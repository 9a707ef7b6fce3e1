#include "baseline/find_base.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "base/text.h"
#include "baseline/ancestors.h"
#include "baseline/base_file.h"
#include "baseline/base_texts.h"
#include "baseline/checkout.h"
#include "baseline/notes.h"
#include "json/document.h"

namespace budgetcheck {
namespace {

constexpr std::uint32_t kMaxCommitsOlder = 20;
constexpr const char* kSnapshotPath = ".budgetcheck/baseline.json";

std::string app_name(const std::string& app) { return app.empty() ? "(without a name)" : "'" + printable(app) + "'"; }

/// The name under which a record holds what is asked for; nothing: it holds other applications only.
std::optional<std::string> pick_app(const Record& record, const std::string& wanted) {
  if (record.find(wanted) != nullptr) {
    return wanted;
  }
  if (wanted.empty() && record.apps.size() == 1) {
    return record.apps.front().first;
  }
  return std::nullopt;
}

std::string names_of(const Record& record) {
  std::vector<std::string> names;
  for (const auto& [name, document] : record.apps) {
    names.push_back(app_name(name));
  }
  return names.empty() ? "none" : join(names, ", ");
}

/// `path` of this run as seen from the top of the repository; nothing: it lies outside.
std::optional<std::string> path_in(const FileSystem& files, const Repository& repository, const std::string& path) {
  const std::string real = files.real_path(path);
  if (real == repository.root()) {
    return std::string(".");
  }
  const std::string below = relative_to(real, repository.root());
  return real.empty() || below == real ? std::nullopt : std::optional<std::string>(below);
}

/// Looks for the results of one commit.
class Finder {
 public:
  Finder(const FileSystem& files, const BaseRequest& request, const std::shared_ptr<const Checkout>& checkout,
         BaseCommit target)
      : files_(files),
        request_(request),
        checkout_(*checkout),
        target_(std::move(target)),
        may_fetch_(request.fetch && !checkout_.remote.empty()),
        texts_(checkout_, target_.commit, request.fetch),
        notes_(*checkout_.repository) {
    base_.tree = std::make_shared<const BaseTree>(checkout, target_.commit, request.fetch);
  }

  Base find() {
    base_.notes = target_.notes;
    if (request_.budgets_only) {
      find_budgets();
      return std::move(base_);
    }
    fetch();
    if (!by_note() && !by_snapshot()) {
      base_.info.kind = "none";
      base_.info.how = reason();
    }
    find_budgets();
    return std::move(base_);
  }

 private:
  std::string target_name() const { return short_id(target_.commit) + ", " + target_.how; }
  std::string remote_name() const { return without_credentials(printable(checkout_.remote)); }

  void fetch() {
    if (!may_fetch_) {
      return;
    }
    const bool is_fetched = request_.fetched != nullptr && request_.fetched->has_value();
    const NotesFetch fetched =
        is_fetched ? **request_.fetched : fetch_notes(*checkout_.repository, checkout_.git, checkout_.remote);
    if (request_.fetched != nullptr) {
      *request_.fetched = fetched;
    }
    none_there_ = fetched.none_there;
    if (!fetched.problem.empty()) {
      const std::string hint = credentials_hint(fetched.problem);
      base_.notes.push_back(fmt::format("stored results could not be fetched from {}: {}{}; try: git fetch {} +{}:{}",
                                        remote_name(), fetched.problem, (hint.empty() ? "" : "; " + hint),
                                        remote_name(), kNotesRef, kNotesRef));
    }
    notes_.refresh();
  }

  /// The target's own note, else the nearest one before it.
  bool by_note() {
    if (!notes_.exist()) {
      return false;
    }
    const FirstParents walk(*checkout_.repository, checkout_.git, notes_, may_fetch_);
    std::string at = target_.commit;
    for (std::uint32_t older = 0; older <= kMaxCommitsOlder; ++older) {
      const FoundRecord found = walk.record_of(at);
      if (take(found, at, older)) {
        return true;
      }
      const Record* record = found.state == FoundRecord::State::kFound ? &found.record : nullptr;
      FirstParents::Step step = walk.before(at, record);
      if (step.state == FirstParents::Step::State::kUnknown && older == 0 &&
          texts_.ensure_commit(static_cast<int>(kMaxCommitsOlder) + 1)) {
        step = walk.before(at, record);
      }
      looked_at_ = older + 1;
      cut_ = step.state == FirstParents::Step::State::kUnknown;
      if (step.state != FirstParents::Step::State::kParent) {
        return false;
      }
      at = step.commit;
    }
    return false;
  }

  bool take(const FoundRecord& found, const std::string& commit, std::uint32_t older) {
    if (found.state == FoundRecord::State::kUnusable) {
      base_.notes.push_back(fmt::format("the stored results of {} {}; they were skipped{}", short_id(commit),
                                        found.fault.message, fix_of(found.fault, commit)));
    }
    if (found.state != FoundRecord::State::kFound) {
      return false;
    }
    std::optional<std::string> app = pick_app(found.record, request_.app);
    if (!app && !former_name().empty() && pick_app(found.record, former_name())) {
      app = former_name();
    }
    if (!app) {
      base_.notes.push_back(fmt::format("the stored results of {} are of {}, not of {} (see --app)", short_id(commit),
                                        names_of(found.record), app_name(request_.app)));
      return false;
    }
    auto stored = read_stored(found.record, *app);
    if (!stored) {
      base_.notes.push_back(
          fmt::format("the stored results of {} {}; they were skipped", short_id(commit), stored.error()));
      return false;
    }
    base_.results = std::move(stored->results);
    base_.info.kind = "note";
    base_.info.commit = commit;
    base_.info.measured_at = base_.results.measured_at;
    base_.info.commits_older = older;
    base_.info.how = older == 0 ? target_.how : "nearest ancestor with results of " + target_name();
    return true;
  }

  static std::string fix_of(const RecordFault& fault, const std::string& commit) {
    if (fault.kind == RecordFault::Kind::kNewer) {
      return ": use the newer budgetcheck here too";
    }
    return fmt::format(
        ": to look at them: git notes --ref=budgetcheck show {}; to replace them, push that commit's results again",
        commit);
  }

  bool by_snapshot() {
    std::vector<std::string> paths{kSnapshotPath};
    if (const auto budgets = path_in(files_, *checkout_.repository, folder_of_budgets()); budgets && *budgets != ".") {
      paths.insert(paths.begin(), join_path(*budgets, kSnapshotPath));
    }
    for (const std::string& path : paths) {
      const GitBlob blob = texts_.read(path);
      snapshot_absent_ = blob.state == GitBlob::State::kAbsent;
      if (blob.state == GitBlob::State::kFound && take_snapshot(path, blob.text)) {
        return true;
      }
    }
    return false;
  }

  bool take_snapshot(const std::string& path, const std::string& text) {
    ExpectedAll<Results> results = read_results(path, text, request_.app);
    const std::string name = fmt::format("the snapshot {} at {}", printable(path), short_id(target_.commit));
    if (!results) {
      base_.notes.push_back(
          fmt::format("{} was skipped: {}", name,
                      (results.error().empty() ? "it cannot be read" : printable(results.error().front().message))));
      return false;
    }
    const bool is_other = !results->app.empty() && !request_.app.empty() && results->app != request_.app;
    if (is_other && results->app != former_name()) {
      base_.notes.push_back(
          fmt::format("{} is of {}, not of {}", name, app_name(results->app), app_name(request_.app)));
      return false;
    }
    base_.results = std::move(*results);
    base_.info = {"snapshot", target_.commit, fmt::format("snapshot {} at the {}", printable(path), target_.how), 0,
                  base_.results.measured_at};
    return true;
  }

  std::string folder_of_budgets() const {
    return request_.budgets_path.empty() ? request_.folder
                                         : join_path(request_.folder, folder_of(request_.budgets_path));
  }

  /// Why there is nothing to compare with.
  std::string reason() const {
    if (!notes_.exist()) {
      if (none_there_) {
        return remote_name() + " has stored no results yet: run budgetcheck baseline push on the main branch";
      }
      return std::string("no results are stored here") + (may_fetch_ ? ""
                                                          : request_.fetch
                                                              ? ", and there is no remote to fetch them from"
                                                              : ", and --no-fetch does not allow fetching them");
    }
    std::string out = "no usable results are stored for " + target_name();
    if (looked_at_ > 1) {
      out += fmt::format(", nor for {} before it",
                         (looked_at_ == 2 ? std::string("the commit") : fmt::format("the {} commits", looked_at_ - 1)));
    }
    if (cut_) {
      out += "; the clone has no more of its history: " + texts_.fix();
    }
    return out;
  }

  /// What the base's budgets file calls the project, when today's file calls it otherwise: a change that gives it a new
  /// name is compared all the same. Empty: it has the same name, or it is not known.
  const std::string& former_name() {
    if (!former_name_) {
      former_name_ = "";
      const std::optional<std::string> path = request_.app_is_project ? budgets_path() : std::nullopt;
      if (path) {
        const BaseTexts::Budgets budgets = texts_.budgets(*path, folder_in_repository(), !request_.is_app_of_root);
        const ExpectedAll<json::Value> document = json::read_document(budgets.text.path, budgets.text.text);
        const std::string name(document && document->is_object() ? document->string_or("project", "") : "");
        former_name_ = name == request_.app ? "" : name;
      }
    }
    return *former_name_;
  }

  /// Of the head, from the top of the repository; "": there is none; nothing: it lies outside, so it has no earlier
  /// state.
  std::optional<std::string> budgets_path() const {
    return request_.budgets_path.empty()
               ? std::optional<std::string>("")
               : path_in(files_, *checkout_.repository, join_path(request_.folder, request_.budgets_path));
  }
  std::string folder_in_repository() const {
    return path_in(files_, *checkout_.repository, request_.folder).value_or(".");
  }

  /// A team's own rules and the sizes of tables stand in files beside it, which a record does not hold.
  bool record_is_enough() const {
    const json::Value& recorded = base_.results.budgets;
    return base_.found() && base_.info.commits_older == 0 && recorded.is_object() &&
           recorded.find("rules_dir") == nullptr && recorded.find("table_rows") == nullptr;
  }

  /// The limits that were in force at the target, not at an older commit: what main loosened since is not this
  /// change's.
  void find_budgets() {
    const bool recorded = base_.found() && base_.info.commits_older == 0 && !base_.results.budgets.is_null();
    if (record_is_enough() && !checkout_.repository->has_commit(target_.commit)) {
      return;
    }
    const std::optional<std::string> path = budgets_path();
    if (!path) {
      return;
    }
    BaseTexts::Budgets budgets = texts_.budgets(*path, folder_in_repository(), !request_.is_app_of_root);
    base_.has_no_budgets = budgets.state == GitBlob::State::kNoSuchPath;
    if (budgets.state == GitBlob::State::kFound) {
      base_.budgets = std::move(budgets.text);
    } else if (budgets.state != GitBlob::State::kNoSuchPath && !recorded) {
      base_.notes.push_back(fmt::format(
          "whether a limit was loosened cannot be seen: the budgets file of {} is not in this clone{}; try: {}",
          short_id(target_.commit), (texts_.problem().empty() ? "" : " (" + texts_.problem() + ")"), texts_.fix()));
    }
  }

  const FileSystem& files_;
  const BaseRequest& request_;
  const Checkout& checkout_;
  BaseCommit target_;
  bool may_fetch_;
  BaseTexts texts_;
  Notes notes_;
  bool none_there_ = false;
  bool snapshot_absent_ = false;
  bool cut_ = false;
  std::uint32_t looked_at_ = 0;
  std::optional<std::string> former_name_;
  Base base_;
};

Base none(std::string how, const std::string& hint) {
  Base base;
  base.info.how = std::move(how);
  if (!hint.empty()) {
    base.notes.push_back(fmt::format("for a base: {}", hint));  // that there is none, and why, is said of every base
  }
  return base;
}

ExpectedAll<Base> from_file(const FileSystem& files, const BaseRequest& request, const std::string& path,
                            const std::string& given) {
  ExpectedAll<Base> base = read_base_file(files, path, request.app);
  if (!base) {
    return base;
  }
  const bool is_other = request.is_of_several && base->found() && base->results.app != request.app;
  if (request.budgets_only || is_other || !base->found()) {
    Base none;
    none.info.how = fmt::format("{} has no results of {}", given, app_name(request.app));
    none.info.commit = base->info.commit;
    return none;
  }
  base->info.how = given;
  return base;
}

/// Of a base that has no results: what judged at its commit.
void take_budgets_of_tree(const FileSystem& files, const BaseRequest& request, Base& base) {
  const std::string path = base.tree == nullptr || request.budgets_path.empty()
                               ? std::string()
                               : base.tree->in_repository(files, request.budgets_path);
  if (base.found() || path.empty()) {
    return;
  }
  const auto content = base.tree->open(path);
  if (content) {
    base.budgets = BudgetsText{path, std::string((*content)->bytes()), base.tree->commit()};
  }
  base.has_no_budgets = base.tree->kind(path) == FileKind::kMissing;
}

/// A file that is called like a branch: the file wins, and that is said.
std::vector<std::string> ambiguity(const FileSystem& files, const Variables& variables, const BaseRequest& request,
                                   const std::string& wanted, const std::string& given) {
  if (wanted == "-" || wanted.ends_with(".json")) {
    return {};
  }
  const auto checkout = open_checkout(files, variables, request.folder, {});
  if (!checkout || !*checkout || !(*checkout)->repository->resolve(wanted)) {
    return {};
  }
  return {fmt::format(
      "{} is both a file and a commit: the file was taken; for the commit write refs/heads/{} or its number", given,
      printable(wanted))};
}

/// The commit that a results file is of, when this repository has it.
std::shared_ptr<const BaseTree> tree_of_file(const FileSystem& files, const Variables& variables,
                                             const BaseRequest& request, const std::string& commit) {
  if (commit.empty()) {
    return nullptr;
  }
  auto checkout = open_checkout(files, variables, request.folder, request.remote);
  if (!checkout || !*checkout || !(*checkout)->repository->has_commit(commit)) {
    return nullptr;
  }
  return std::make_shared<const BaseTree>(std::make_shared<const Checkout>(std::move(**checkout)), commit,
                                          request.fetch);
}

Errors as_usage(Error error) {
  error.kind = ErrorKind::kUsage;
  return {std::move(error)};
}

}  // namespace

ExpectedAll<Base> find_base(const FileSystem& files, const Variables& variables, const BaseRequest& request) {
  std::string wanted = request.base;
  std::string given = "--base " + printable(wanted);
  if (const char* variable = variables("BUDGETCHECK_BASE"); wanted.empty() && variable != nullptr) {
    wanted = variable;
    given = "BUDGETCHECK_BASE=" + printable(wanted);
  }
  if (wanted == "none") {
    return none(request.base.empty() ? "no --base was given" : given, {});
  }
  const bool is_file = !wanted.empty() && (wanted == "-" || files.kind(wanted) == FileKind::kRegular ||
                                           files.kind(wanted) == FileKind::kOther);
  if (is_file) {
    ExpectedAll<Base> base = from_file(files, request, wanted, given);
    if (base) {
      base->notes = ambiguity(files, variables, request, wanted, given);
      base->tree = tree_of_file(files, variables, request, base->info.commit);
      take_budgets_of_tree(files, request, *base);
    }
    return base;
  }
  Expected<std::optional<Checkout>> checkout = open_checkout(files, variables, request.folder, request.remote);
  if (!checkout) {
    if (!wanted.empty() || checkout.error().kind == ErrorKind::kUsage) {
      return tl::unexpected(as_usage(std::move(checkout.error())));
    }
    return none(std::move(checkout.error().message), checkout.error().hint);
  }
  if (!*checkout) {
    return wanted.empty() ? none("not in a git repository", {}) : from_file(files, request, wanted, given);
  }
  const auto shared = std::make_shared<const Checkout>(std::move(**checkout));
  BaseCommit target;
  if (wanted.empty()) {
    target = base_of_situation(shared->question(request.fetch));
  } else {
    Expected<BaseCommit> named = base_by_revision(*shared->repository, wanted, given);
    if (!named) {
      return tl::unexpected(Errors{std::move(named.error())});
    }
    target = std::move(*named);
  }
  target.notes.insert(target.notes.begin(), shared->ci.notes.begin(), shared->ci.notes.end());
  if (!target.found()) {
    Base base = none(std::move(target.how), target.hint);
    base.notes.insert(base.notes.end(), target.notes.begin(), target.notes.end());
    return base;
  }
  return Finder(files, request, shared, std::move(target)).find();
}

}  // namespace budgetcheck
