#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/variables.h"

namespace budgetcheck {

/// What one call of the program git gave.
struct GitRun {
  bool ok = false;
  int status = 0;
  bool timed_out = false;
  std::string output;
  std::string errors;   ///< as git wrote them: never to be shown as they are
  std::string problem;  ///< git's first error as one line that is safe to show, without credentials; empty when ok
};

/// The program git, for what libgit2 cannot do: fetch into a shallow clone, push, credentials. It never asks, runs no
/// hooks, speaks English, and ends at a time limit: BUDGETCHECK_FETCH_TIMEOUT in seconds, 30 by default. It takes no
/// folder of the working tree for a bare repository, and gets only the variables that it needs (git_variables.h).
class GitProgram {
 public:
  /// `sees_hooks`: core.hooksPath stays as it is configured, for questions about where hooks are.
  GitProgram(std::string folder, const Variables& variables, bool sees_hooks = false);
  /// The repository's own folder, where GIT_DIR names one that is not found from `folder`.
  void set_git_dir(std::string path) { git_dir_ = std::move(path); }

  GitRun run(const std::vector<std::string>& arguments) const;
  /// `git fetch` of `refspecs` from `remote` (a name or an address), without tags and submodules. `options` go before.
  GitRun fetch(const std::vector<std::string>& options, const std::string& remote,
               const std::vector<std::string>& refspecs) const;
  const std::string& folder() const { return folder_; }

 private:
  GitRun run(const std::vector<std::string>& arguments, std::vector<std::string> variables) const;
  const std::vector<std::string>& credential_variables() const;

  std::string folder_;
  std::string git_dir_;  ///< empty: git finds it
  Variables variables_;
  mutable std::optional<std::vector<std::string>> credential_variables_;
  std::chrono::milliseconds timeout_;
  bool keep_askpass_ = false;
  bool sees_hooks_ = false;
};

/// What to do about a remote that was not reached, as far as git's words say; empty: they do not.
std::string credentials_hint(const std::string& problem);

/// `text` as one word of a shell, for commands that people copy.
std::string shell_word(const std::string& text);

/// Removes "user:secret@" from every address in `text`.
std::string without_credentials(std::string text);

}  // namespace budgetcheck
