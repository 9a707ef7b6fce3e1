#include "baseline/ancestors.h"

namespace budgetcheck {

FirstParents::Step FirstParents::before(const std::string& commit, const Record* record) const {
  std::optional<std::vector<std::string>> parents = repository_.parents_of(commit);
  if (!parents && record != nullptr && !record->parents.empty()) {
    parents = record->parents;
  }
  if (!parents) {
    return {};
  }
  if (parents->empty()) {
    return {Step::State::kRoot, {}};
  }
  const std::string& parent = parents->front();
  // A push of several commits: nobody measured those in between, and a shallow clone does not lead through them.
  if (record != nullptr && !record->previous.empty() && !repository_.has_commit(parent) &&
      notes_.read(parent).state == NoteText::State::kNone) {
    return {Step::State::kParent, record->previous};
  }
  return {Step::State::kParent, parent};
}

}  // namespace budgetcheck
