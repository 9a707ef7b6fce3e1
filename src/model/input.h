#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace budgetcheck {

/// How far an input could be used.
enum class InputState {
  kRead,        ///< fully understood
  kIncomplete,  ///< understood, but something that a verdict may need is missing
  kUnreadable,  ///< missing, broken, or of no known format
};

/// One input file and what became of it.
struct Input {
  std::string path;    ///< as the user would write it
  std::string format;  ///< "lighthouse", "webpack", …; empty when not recognised
  std::uint64_t bytes = 0;
  InputState state = InputState::kRead;
  /// Why it is not fully read, or a note on one that is ("3 of 900 lines are not valid JSON"); may be empty.
  std::string message;
  std::string hint;
  /// Metric families that this input would have supplied ("bundle."); empty with kUnreadable: any.
  std::vector<std::string> families;
};

}  // namespace budgetcheck
