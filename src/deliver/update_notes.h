#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "baseline/checkout.h"
#include "baseline/notes.h"

namespace budgetcheck {

/// One change of refs/notes/budgetcheck.
struct NotesChange {
  std::vector<std::pair<std::string, std::string>> set;  ///< commit and text
  std::vector<std::string> drop;
  std::string message;  ///< of the commit
};

struct NotesUpdate {
  bool pushed = false;
  std::size_t tries = 0;
};

/// Makes a change on the newest notes of the remote and pushes it without force; when somebody else was faster, does it
/// again on theirs. `make` is called for each try; an error of it ends the attempt, an empty change is none at all.
/// Without a remote the change stays in this clone. Errors (kOutput): not reached, not allowed, or lost too many races.
Expected<NotesUpdate> update_notes(const Checkout& checkout, Notes& notes, bool fetch,
                                   const std::function<Expected<NotesChange>(const Notes&)>& make);

/// The notes that are beyond the newest `keep`, by the times of their records. `coming`: a commit that is about to
/// get one, and stays.
std::vector<std::string> outdated_records(const Checkout& checkout, const Notes& notes, std::size_t keep,
                                          const std::string& coming, bool may_fetch);

}  // namespace budgetcheck
