#pragma once

#include <optional>
#include <string>

#include "base/error.h"
#include "base/file_system.h"
#include "base/variables.h"
#include "baseline/base.h"
#include "baseline/notes.h"

namespace budgetcheck {

struct BaseRequest {
  std::string base;          ///< REV, FILE or none as given; empty: BUDGETCHECK_BASE, else by the situation
  std::string app;           ///< which application's results; empty: the only one
  std::string budgets_path;  ///< of the head, as seen from `folder`; empty: there is none
  std::string remote;        ///< empty: origin
  bool fetch = true;
  std::string folder = ".";  ///< where the run stands
  /// `app` was not given, but is the name that the budgets file has now: the base's file may have another.
  bool app_is_project = false;
  /// The budgets file is that of an app, whose earlier state is never the file of the root.
  bool is_app_of_root = false;
  /// The run judges several apps: a results file that was named and is of another app is no base of this one.
  bool is_of_several = false;
  /// No results are wanted, only the commit, its files and its budgets file.
  bool budgets_only = false;
  /// Shared by the searches of one run, so that the stored results are fetched once; null: there is only this one.
  std::optional<NotesFetch>* fetched = nullptr;
};

/// What the head is compared with, in this order: a file that was named; else for the commit that was named or that the
/// situation names (base_commit.h) its note; else that of the nearest ancestor, at most 20 commits back; else the
/// snapshot .budgetcheck/baseline.json at that commit. Otherwise the kind is "none" and `info.how` says why; the
/// budgets file of the commit is read all the same, so that a loosened limit is seen. Errors (kUsage): a base that was
/// named and does not exist, a remote that does not exist.
ExpectedAll<Base> find_base(const FileSystem& files, const Variables& variables, const BaseRequest& request);

}  // namespace budgetcheck
