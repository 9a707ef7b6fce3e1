#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace budgetcheck {

/// What a step after the bundler may have put around a file's text: the bundler's account of the build does not count
/// it.
struct AddedText {
  std::vector<std::uint64_t> before;  ///< lengths of what it may be at the beginning, one for each comment there
  std::uint64_t after = 0;            ///< length of the lines at the end that name a source map or a debug id

  /// Whether such text can be the whole of `bytes`, which the file has more than the account says.
  bool explains(std::uint64_t bytes) const;
};

/// Looks at the beginning and the end of a script or a style.
AddedText added_text(std::string_view text);

}  // namespace budgetcheck
