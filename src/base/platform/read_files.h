#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace budgetcheck {

/// Which file of the machine a name leads to: links and other spellings of a path have the same.
struct FileId {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  auto operator<=>(const FileId&) const = default;
};

/// What this process has read, so that it writes to none of it. One list for all: a file system object more, or one
/// that is made on the way, is no way around it. May be called by several threads.

/// `path` is the name under which it was opened, or its size asked for; the first one is kept.
void remember_read(const FileId& id, const std::string& path);
/// The name under which the file was read; empty: it was not.
std::string read_as(const FileId& id);
/// A run begins: an id may be given to another file once one is gone.
void forget_read_files();

}  // namespace budgetcheck
