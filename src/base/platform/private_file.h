#pragma once

#include <string>
#include <string_view>

#include "base/platform/system_result.h"

namespace budgetcheck {

/// Files that only this user can read.

/// One in the folder for temporary files, removed with the object.
class TemporaryFile {
 public:
  static SystemResult<TemporaryFile> create(std::string_view content);
  TemporaryFile(TemporaryFile&& other) noexcept;
  TemporaryFile& operator=(TemporaryFile&&) = delete;
  ~TemporaryFile();

  const std::string& path() const { return path_; }

 private:
  explicit TemporaryFile(std::string path);
  std::string path_;
};

/// Appends in a single write, so that processes side by side do not mix their texts; makes the folder. Neither a link
/// nor a pipe or device is written to (see OutputPlace for links on the way). False when it was not written in full.
bool append_private(const std::string& path, std::string_view text);

/// Puts a new file in the place of `path`: whoever reads it sees the old one or the new one, never a part. False when
/// the old one stays.
bool replace_private(const std::string& path, std::string_view text);

}  // namespace budgetcheck
