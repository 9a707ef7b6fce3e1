#pragma once

#include <string>
#include <vector>

#include "collect/format.h"

namespace budgetcheck {

/// What several inputs say together, for formats whose files are parts of one whole, such as spans of one trace. Made
/// once for a run.
class JointReader {
 public:
  JointReader() = default;
  JointReader(const JointReader&) = delete;
  JointReader& operator=(const JointReader&) = delete;
  virtual ~JointReader() = default;

  /// Reads the next file. As Format::collect: a returned error means unreadable, and nothing of the file is used.
  virtual Expected<void> read(const Source& source, Input& input) = 0;

  struct Result {
    std::string schema;  ///< the setting of the inputs that it is about; empty: none
    Facts facts;         ///< without inputs
  };
  /// After the last file. `inputs` are those that were read, in their order, to be told what only the end shows.
  virtual std::vector<Result> finish(const std::vector<Input*>& inputs) = 0;
};

}  // namespace budgetcheck
