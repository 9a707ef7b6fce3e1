#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/platform/descriptor.h"
#include "base/platform/output_place.h"
#include "base/platform/read_files.h"
#include "base/platform/system_result.h"

namespace budgetcheck {

/// A file that is open for writing, or a stream of this process (/dev/stdout, /dev/fd/N). New files can be read by
/// everybody, as the umask allows. A link is not written through, nor one on the way that leads out of the workspace
/// (see OutputPlace); named pipes and devices are refused, except for /dev/null.
class OutputFile {
 public:
  enum class Existing {
    kReplaced,  ///< what stands in the file stays until `write` is called
    kAppended,
    kRefused,  ///< the file must be new: one that came in the meantime stays as it is
  };
  static SystemResult<OutputFile> open(const std::string& path, Existing existing, Missing folders = Missing::kRefused);

  /// Writes all of it. Call it once.
  SystemResult<> write(std::string_view text);
  SystemResult<std::uint64_t> size() const;
  /// Nothing: it is not a file.
  std::optional<FileId> id() const;
  /// Closes it, and takes it away again when it did not exist before.
  void discard();

 private:
  OutputFile(Descriptor file, Existing existing);
  static SystemResult<OutputFile> open_in(OutputPlace place, Existing existing);

  Descriptor file_;
  Existing existing_;
  bool is_stream_ = false;
  std::optional<OutputPlace> made_in_;  ///< set when it is new
};

/// Puts a new file with these permissions (as chmod takes them) in the place of `path`: whoever reads it sees the old
/// one or the new one, never a part. A link there is replaced itself. Where links on the way lead, as for OutputFile.
SystemResult<> replace_file(const std::string& path, std::string_view text, unsigned permissions,
                            Missing folders = Missing::kRefused);

}  // namespace budgetcheck
