#pragma once

#include <string>
#include <vector>

#include "collect/bundle/build.h"
#include "collect/bundle/files.h"
#include "collect/format.h"

namespace budgetcheck {

/// What is said about one input: every lack in one sentence each, and the first remedy.
class Remarks {
 public:
  explicit Remarks(Input& input) : input_(input) {}

  void incomplete(const std::string& text, const std::string& hint) {
    input_.state = InputState::kIncomplete;
    note(text);
    if (input_.hint.empty()) {
      input_.hint = hint;
    }
  }
  void note(const std::string& text) { input_.message += (input_.message.empty() ? "" : "; ") + text; }

 private:
  Input& input_;
};

/// " in 'client'" for a build that has a name, else "".
std::string in_app(const Build& build);

/// Measures the build's files under the folder `root`, and remarks on those that are missing, refused, unreadable or of
/// another size than the tool told. Empty when none of them could be measured.
std::vector<FileSizes> measure_build(const Build& build, const std::string& root, const Source& source,
                                     const CollectContext& context, Remarks& remarks);

/// Remarks on what a build lacks (files, entries, sizes) and adds its samples, packages and parts. `root` is the folder
/// of its files; empty: not known, so that they have the sizes that the tool told, if any, and no compressed ones.
void add_bundle(const Build& build, const std::string& root, const Source& source, const CollectContext& context,
                Input& input, Facts& facts);

}  // namespace budgetcheck
