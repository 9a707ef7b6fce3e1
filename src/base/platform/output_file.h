#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/platform/descriptor.h"
#include "base/platform/system_result.h"

namespace budgetcheck {

/// A file that is open for writing. New ones can be read by everybody, as the umask allows.
class OutputFile {
 public:
  enum class Existing {
    kReplaced,  ///< what stands in the file stays until `write` is called
    kAppended,
    kRefused,  ///< the file must be new: one that came in the meantime stays as it is
  };
  static SystemResult<OutputFile> open(const std::string& path, Existing existing);

  /// Writes all of it. Call it once.
  SystemResult<> write(std::string_view text);
  SystemResult<std::uint64_t> size() const;

 private:
  OutputFile(Descriptor file, Existing existing);

  Descriptor file_;
  Existing existing_;
};

}  // namespace budgetcheck
