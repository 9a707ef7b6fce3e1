#pragma once

#include <optional>
#include <string_view>

namespace budgetcheck {

/// What tools write beside the file that is read here. People give these by mistake.
struct OtherOutput {
  std::string_view what;  ///< "a page of rollup-plugin-visualizer"
  std::string_view give;  ///< which file of the same tool to give, and how it is written
};

/// Tells by the first bytes of a file (after a byte-order mark) that no format recognised.
std::optional<OtherOutput> other_output(std::string_view head);

}  // namespace budgetcheck
