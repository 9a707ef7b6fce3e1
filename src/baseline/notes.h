#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "baseline/git_program.h"
#include "baseline/record.h"
#include "baseline/repository.h"

namespace budgetcheck {

/// Where results are stored.
constexpr const char* kNotesRef = "refs/notes/budgetcheck";

/// The text of one note.
struct NoteText {
  enum class State {
    kFound,
    kNone,
    kAbsent,  ///< there is one, but its text is not in this clone (a filtered one)
    kTooBig,
  };
  State state = State::kNone;
  std::string blob;  ///< id of the text; empty: none
  std::string text;
};

/// The notes of kNotesRef as the local ref has them. A note is found for a commit that is not in this clone too. Trees
/// that fan out (as git writes them once there are many) and flat ones are read alike.
class Notes {
 public:
  explicit Notes(const Repository& repository);

  /// Reads the ref again, after a fetch.
  void refresh();
  bool exist() const { return !tip_.empty(); }
  const std::string& tip() const { return tip_; }  ///< the newest commit of the ref; empty: there is no ref

  NoteText read(const std::string& commit) const;
  /// Commit and id of the text of every note.
  std::vector<std::pair<std::string, std::string>> list() const;

  /// Makes a new commit on top of the ref: sets the note of each commit in `set`, drops those in `drop`, and moves the
  /// ref, unless somebody else moved it meanwhile (false, and nothing happened). Entries of the tree that are not notes
  /// stay. Errors: a full disk, a repository that may not be written.
  Expected<bool> commit(const std::vector<std::pair<std::string, std::string>>& set,
                        const std::vector<std::string>& drop, const std::string& message);

 private:
  const Repository& repository_;
  std::string tip_;
};

/// Brings the remote's notes here, replacing the local ref. In a shallow clone only their newest state.
struct NotesFetch {
  bool fetched = false;
  bool timed_out = false;
  bool none_there = false;  ///< the remote was reached and stores none
  std::string problem;      ///< it was not reached: git's first error
};
NotesFetch fetch_notes(const Repository& repository, const GitProgram& git, const std::string& remote);

/// The record of one commit, or why there is none to be used.
struct FoundRecord {
  enum class State { kFound, kNone, kUnusable };
  State state = State::kNone;
  Record record;
  RecordFault fault;  ///< when unusable
};
/// `may_fetch`: git fetches a text that a filtered clone does not have.
FoundRecord find_record(const Repository& repository, const GitProgram& git, const Notes& notes,
                        const std::string& commit, bool may_fetch);

}  // namespace budgetcheck
