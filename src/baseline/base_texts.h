#pragma once

#include <optional>
#include <string>
#include <vector>

#include "baseline/checkout.h"

namespace budgetcheck {

/// A budgets file as it stood at the base.
struct BudgetsText {
  std::string path;  ///< in the repository
  std::string text;
  std::string commit;
};

/// Texts in the tree of the base's commit, fetched when they are missing in the clone and that is allowed.
class BaseTexts {
 public:
  BaseTexts(const Checkout& checkout, std::string commit, bool may_fetch)
      : checkout_(checkout), commit_(std::move(commit)), may_fetch_(may_fetch && !checkout.remote.empty()) {}

  /// Brings the commit here, with `depth` commits in a shallow clone, at most once. True: it is here.
  bool ensure_commit(int depth);
  /// `path` from the top of the repository.
  GitBlob read(const std::string& path);

  /// The budgets file of the base for a head's at `path` ("" : none) below `folder`: the same path, else a file of a
  /// usual name beside it, or `above` it. Nothing: there is none.
  struct Budgets {
    GitBlob::State state = GitBlob::State::kNoSuchPath;
    BudgetsText text;
  };
  Budgets budgets(const std::string& path, const std::string& folder, bool above);

  /// The command that brings the commit here.
  std::string fix() const;
  /// Why it is not here; empty: nothing was tried.
  const std::string& problem() const { return problem_; }

 private:
  const Checkout& checkout_;
  std::string commit_;
  bool may_fetch_;
  bool tried_ = false;
  std::string problem_;
};

}  // namespace budgetcheck
