#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/file_system.h"
#include "base/variables.h"
#include "model/commit_id.h"

struct git_repository;

namespace budgetcheck {

/// A text in the tree of a commit.
struct GitBlob {
  enum class State {
    kFound,
    kNoSuchPath,
    kAbsent,  ///< the commit, a tree or the text itself is not in this clone: shallow or filtered
    kNotAFile,
    kTooBig,
  };
  State state = State::kAbsent;
  std::string text;
};

/// What a path is in the tree of a commit.
struct GitEntry {
  GitBlob::State state = GitBlob::State::kAbsent;  ///< kFound for folders too
  FileKind kind = FileKind::kMissing;
  std::string id;  ///< of the object, 40 hexadecimal digits
};

/// Where two lines of history meet. In a shallow clone "unknown" is all that can be said when the answer lies beyond
/// what was fetched: a wrong base would accuse the wrong change.
struct MergeBase {
  enum class State { kFound, kNone, kUnknown };
  State state = State::kUnknown;
  std::string commit;
};

/// A git repository on this machine, read only by its objects and refs: no hook runs, nothing is fetched. Commits are
/// named by 40 hexadecimal digits.
class Repository {
 public:
  explicit Repository(git_repository* repository);  ///< owns it
  ~Repository();
  Repository(const Repository&) = delete;
  Repository& operator=(const Repository&) = delete;

  /// The top of the working tree, or the repository's own folder when it is bare; without a '/' at its end.
  const std::string& root() const { return root_; }
  /// Where git keeps its files: ".git" of a working tree, or the bare repository; without a '/' at its end.
  std::string own_folder() const;
  bool is_bare() const;
  bool is_shallow() const;
  bool is_partial() const;  ///< objects may be missing, and git would fetch them when asked

  std::string head_commit() const;  ///< empty: no commit yet
  std::string head_branch() const;  ///< "main"; empty: detached

  /// The commit that `revision` names; nothing: none. Forty digits name a commit even when it is not in this clone.
  std::optional<std::string> resolve(const std::string& revision) const;
  bool has_commit(const std::string& commit) const;
  /// Nothing: the commit is not in this clone. The parents themselves may be missing.
  std::optional<std::vector<std::string>> parents_of(const std::string& commit) const;
  MergeBase merge_base(const std::string& a, const std::string& b) const;

  /// The commit that a full ref name leads to; empty: there is no such ref.
  std::string commit_of_ref(const std::string& name) const;
  /// The full name that a symbolic ref points at; empty: it is none.
  std::string target_of_ref(const std::string& name) const;
  /// The full name of the branch that HEAD's branch follows; empty: none.
  std::string upstream_of_head() const;
  /// Short names of branches and tags for messages, at most `limit`.
  std::vector<std::string> names(std::size_t limit) const;
  std::vector<std::string> remotes() const;

  GitBlob blob_at(const std::string& commit, const std::string& path) const;
  /// `path` "." is the top.
  GitEntry entry_at(const std::string& commit, const std::string& path) const;
  /// The entries of a folder, in git's order; empty: there is no such folder here.
  std::vector<DirEntry> folder_at(const std::string& commit, const std::string& path) const;
  /// The ids under which git would keep the file at `path` (from the top): of its bytes, and of what the repository's
  /// attributes make of them (line ends). Empty: it cannot be read.
  std::vector<std::string> ids_of_file(const std::string& path) const;

  git_repository* handle() const { return repository_; }

 private:
  git_repository* repository_;
  std::string root_;
};

/// A name that git lets a branch have, so that it can be part of a ref or a refspec and means nothing else there.
bool is_branch_name(const std::string& name);

/// Opens the repository that holds `folder`; null when there is none. Errors (kInput), never "none": one that belongs
/// to another user and that git refuses as well (the hint is the command that fixes it), one that stores its objects in
/// a way this version cannot read; a bare one that was only found, by standing in it (GIT_DIR names one that is meant).
/// `folder` has its links resolved. What git itself accepts by its configuration or environment is opened.
Expected<std::unique_ptr<Repository>> open_repository(const std::string& folder, const Variables& variables);

}  // namespace budgetcheck
