#pragma once

#include <array>
#include <string>

#include "base/variables.h"

namespace budgetcheck {

/// What a variable says, with its name for messages. Empty: not set, or it says that there is nothing.
struct CiValue {
  std::string variable;
  std::string text;

  bool empty() const { return text.empty(); }
  std::string shown() const;  ///< "CHANGE_TARGET=main", safe to show
};

/// Names of variables, the first that is set counts.
using CiNames = std::array<const char*, 2>;

/// A platform that says by variables alone what a run is for. One row of the table in ci_platforms.cpp.
struct CiPlatform {
  const char* name = "";
  CiNames known_by{};
  CiNames change{};         ///< number or address of the pull request, or the branch that a merge queue is for
  CiNames target{};         ///< the branch it goes to; none: the platform does not say
  CiNames target_commit{};  ///< the newest commit of that branch, perhaps abbreviated
  CiNames own_head{};       ///< the pull request's own newest commit, which a checkout may have merged
  CiNames queue_base{};     ///< what a merge queue's commit is built on
  CiNames ref{};            ///< the full name of what was built: refs/heads/main, refs/pull/7/merge, refs/tags/v1
  CiNames branch{};
  CiNames tag{};
  CiNames default_branch{};
  CiNames before{};  ///< what the branch held before this push, perhaps abbreviated, perhaps "before...after"
  CiNames event{};
};

/// What such a platform says of this run. Branches without refs/heads/; no value is checked beyond its form.
struct PlatformRun {
  const CiPlatform* platform = nullptr;  ///< null: none of the table
  CiValue change;
  CiValue target;
  CiValue target_commit;
  CiValue own_head;
  CiValue queue_base;
  CiValue merge_ref;  ///< refs/pull/7/merge: what is checked out is the platform's own merge
  CiValue branch;
  CiValue tag;
  CiValue default_branch;
  CiValue before;  ///< of a push only

  /// A pull request, or the merge queue that lands some.
  bool is_change_request() const { return !change.empty(); }
};

/// By what each platform sets. `platform` is null when it is none of them.
PlatformRun read_platform_run(const Variables& variables);

}  // namespace budgetcheck
