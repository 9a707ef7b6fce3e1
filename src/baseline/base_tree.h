#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "baseline/base_texts.h"
#include "baseline/checkout.h"

namespace budgetcheck {

/// What the checked-out commit did to a file that it holds.
enum class FileChange {
  kNone,     ///< the base holds the same, or git does not hold what is on the disk
  kAdded,    ///< the base has no such file
  kEdited,   ///< the base has another one
  kUnknown,  ///< git holds it, and the base's files are not in this clone
};

/// The files of the base's commit, seen from the top of the repository. They are read from git's objects, and fetched
/// when these are missing in the clone and that is allowed. No file is ever written.
class BaseTree final : public FileSystem {
 public:
  /// `checkout` is shared with whoever found the base.
  BaseTree(std::shared_ptr<const Checkout> checkout, std::string commit, bool may_fetch);

  const std::string& commit() const { return commit_; }
  /// The command that brings the commit here, for messages.
  std::string fix() const { return texts_.fix(); }

  /// `path` as seen from the top of the repository; empty: it lies outside.
  std::string in_repository(const FileSystem& files, const std::string& path) const;
  /// Whether the change that is checked out brought the bytes that `path` (from the top) has on the disk. What a job
  /// wrote over a file of git is not of the change.
  FileChange change_of(const std::string& path) const;

  Expected<std::unique_ptr<FileContent>> open(const std::string& path) const override;
  FileKind kind(const std::string& path) const override;
  std::uint64_t size(const std::string& path) const override;
  std::vector<DirEntry> list(const std::string& path) const override;
  std::string real_path(const std::string& path) const override;

 private:
  GitEntry entry(const std::string& path) const;

  std::shared_ptr<const Checkout> checkout_;
  std::string commit_;
  mutable BaseTexts texts_;  ///< what it fetches does not change what it says
};

}  // namespace budgetcheck
