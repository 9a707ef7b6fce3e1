#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "base/file_system.h"
#include "base/variables.h"
#include "baseline/checkout.h"
#include "baseline/notes.h"
#include "baseline/record.h"

namespace budgetcheck {

constexpr std::size_t kMaxHistory = 500;

struct HistoryRequest {
  std::string revision;  ///< where to begin; empty: HEAD
  std::string app;       ///< empty: the only one
  std::string remote;    ///< empty: origin
  bool fetch = true;
  std::size_t limit = kMaxHistory;  ///< records
  std::string folder = ".";
};

struct History {
  std::vector<StoredRecord> records;  ///< newest first
  std::string start;                  ///< the commit that the revision means
  std::vector<std::string> remarks;   ///< what was skipped and why, and where the history ends too early
};

/// All records of an application from a commit back along first parents; commits without one are passed over.
/// Errors: kUsage (no repository, no such commit or remote), kInput (a repository that cannot be read).
ExpectedAll<History> read_history(const FileSystem& files, const Variables& variables, const HistoryRequest& request);

/// The same in an open repository, without a fetch of the notes. `start`: the record of `commit` that is about to be
/// written, which only leads back and does not count; null: what is stored for it counts.
History history_of(const Checkout& checkout, const Notes& notes, const std::string& commit, const Record* start,
                   const std::string& app, std::size_t limit, bool may_fetch);

}  // namespace budgetcheck
