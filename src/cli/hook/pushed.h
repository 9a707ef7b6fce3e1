#pragma once

#include <string>
#include <vector>

#include "base/variables.h"

namespace budgetcheck {

/// One line that git gives to a pre-push hook. Ids that are none, and the rows of zeros, are empty.
struct PushedRef {
  std::string local_ref;
  std::string local_id;  ///< empty: the remote's ref is deleted
  std::string remote_ref;
  std::string remote_id;  ///< empty: the remote has no such ref yet
};

/// "<local ref> <local id> <remote ref> <remote id>" a line; others are passed over.
std::vector<PushedRef> read_pushed(const std::string& lines);
/// The same from the variables of pre-commit, which reads git's lines itself; empty without them.
std::vector<PushedRef> pushed_by_pre_commit(const Variables& variables);

/// The branch among them that is the commit `head`; null: none is.
const PushedRef* pushed_head(const std::vector<PushedRef>& pushed, const std::string& head);
bool only_deletes(const std::vector<PushedRef>& pushed);

}  // namespace budgetcheck
