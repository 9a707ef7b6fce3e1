#pragma once

#include <string>

#include "base/error.h"
#include "base/file_system.h"
#include "base/variables.h"
#include "baseline/base.h"

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
};

/// What the head is compared with, in this order: a file that was named; else for the commit that was named or that the
/// situation names (base_commit.h) its note; else that of the nearest ancestor, at most 20 commits back; else the
/// snapshot .budgetcheck/baseline.json at that commit. Otherwise the kind is "none" and `info.how` says why; the
/// budgets file of the commit is read all the same, so that a loosened limit is seen. Errors (kUsage): a base that was
/// named and does not exist, a remote that does not exist.
ExpectedAll<Base> find_base(const FileSystem& files, const Variables& variables, const BaseRequest& request);

}  // namespace budgetcheck
