#pragma once

#include <optional>
#include <string>
#include <vector>

#include "baseline/git_program.h"
#include "baseline/notes.h"
#include "baseline/repository.h"

namespace budgetcheck {

/// Walks back along first parents. They are known from the commits themselves, or, where a shallow clone does not have
/// those, from the records that name their commit's parents.
class FirstParents {
 public:
  FirstParents(const Repository& repository, const GitProgram& git, const Notes& notes, bool may_fetch)
      : repository_(repository), git_(git), notes_(notes), may_fetch_(may_fetch) {}

  struct Step {
    enum class State { kParent, kRoot, kUnknown };
    State state = State::kUnknown;
    std::string commit;
  };
  /// `record`: that of `commit`, when the caller has read it.
  Step before(const std::string& commit, const Record* record) const;
  FoundRecord record_of(const std::string& commit) const {
    return find_record(repository_, git_, notes_, commit, may_fetch_);
  }

 private:
  const Repository& repository_;
  const GitProgram& git_;
  const Notes& notes_;
  bool may_fetch_;
};

}  // namespace budgetcheck
