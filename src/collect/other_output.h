#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace budgetcheck {

/// A file that no format reads, and that someone passes by mistake: what a tool writes beside the file that is read.
struct OtherOutput {
  std::string_view what;  ///< "a page of rollup-plugin-visualizer"
  std::string_view give;  ///< which file of the same tool to pass, and how it is written; empty: whatever is nearest
};

/// By what such a file is known.
struct OutputMark {
  char first = '\0';                    ///< of the text; '\0': any
  std::vector<std::string_view> holds;  ///< all of them
  OtherOutput output;
};

/// The first of `marks` that `head` (the first bytes of a file, after a byte-order mark) bears.
std::optional<OtherOutput> marked_output(const std::vector<OutputMark>& marks, std::string_view head);

}  // namespace budgetcheck
