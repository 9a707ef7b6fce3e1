#pragma once

#include <string>
#include <vector>

#include "base/file_system.h"
#include "base/variables.h"

namespace budgetcheck {

/// How many records are kept: years of pushes that are looked at, while a fetch stays small.
constexpr std::size_t kDefaultKeptRecords = 500;

struct BaselineRequest {
  std::string results;  ///< path of the results file to store
  std::string app;      ///< empty: what the results say
  std::string remote;   ///< empty: origin
  bool fetch = true;    ///< before the change; the push happens all the same
  std::size_t keep = kDefaultKeptRecords;
  std::string now;  ///< RFC 3339, UTC: for results that do not say when they were measured
  std::string folder = ".";
};

/// What was done, for people.
struct BaselineOutcome {
  int exit_code = 0;
  std::vector<std::string> said;      ///< one or two lines
  std::vector<std::string> problems;  ///< why it failed, each with what to do
};

/// Stores the results of a commit in refs/notes/budgetcheck, with the history of its metrics from the records before
/// it, and pushes without force. Other applications' results of the same commit stay; whoever pushed meanwhile is built
/// upon. Exit codes: 2 no repository or remote, 3 results that cannot be read, 5 not pushed.
BaselineOutcome push_baseline(const FileSystem& files, const Variables& variables, const BaselineRequest& request);

/// Drops all records but the newest `keep`, and pushes. Notes that are not records of budgetcheck stay.
BaselineOutcome prune_baseline(const FileSystem& files, const Variables& variables, const BaselineRequest& request);

}  // namespace budgetcheck
