#include "baseline/base_tree.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace budgetcheck {
namespace {

/// A file of Git LFS: what git holds is a pointer, so its id says nothing of the bytes on the disk.
bool is_pointer(const GitBlob& blob) {
  return blob.state == GitBlob::State::kFound && blob.text.starts_with("version https://git-lfs");
}

}  // namespace

BaseTree::BaseTree(std::shared_ptr<const Checkout> checkout, std::string commit, bool may_fetch)
    : checkout_(std::move(checkout)), commit_(std::move(commit)), texts_(*checkout_, commit_, may_fetch) {}

std::string BaseTree::in_repository(const FileSystem& files, const std::string& path) const {
  const std::string& root = checkout_->repository->root();
  const std::string real = files.real_path(path);
  if (real == root) {
    return ".";
  }
  const std::string below = relative_to(real, root);
  return real.empty() || below == real ? std::string() : below;
}

GitEntry BaseTree::entry(const std::string& path) const {
  GitEntry found = checkout_->repository->entry_at(commit_, path);
  if (found.state == GitBlob::State::kAbsent && texts_.ensure_commit(1)) {
    found = checkout_->repository->entry_at(commit_, path);
  }
  return found;
}

FileChange BaseTree::change_of(const std::string& path) const {
  const Repository& repository = *checkout_->repository;
  const std::string head = repository.head_commit();
  const GitEntry now = repository.entry_at(head, path);
  if (now.state != GitBlob::State::kFound || now.kind != FileKind::kRegular) {
    return FileChange::kNone;
  }
  // The base's tree is asked last: it may have to be fetched.
  const std::vector<std::string> on_disk = repository.ids_of_file(path);
  const bool is_committed = std::find(on_disk.begin(), on_disk.end(), now.id) != on_disk.end();
  if (!is_committed && !is_pointer(repository.blob_at(head, path))) {
    return FileChange::kNone;
  }
  const GitEntry then = entry(path);
  switch (then.state) {
    case GitBlob::State::kFound:
      return then.id == now.id ? FileChange::kNone : FileChange::kEdited;
    case GitBlob::State::kNoSuchPath:
      return FileChange::kAdded;
    default:
      return FileChange::kUnknown;
  }
}

Expected<std::unique_ptr<FileContent>> BaseTree::open(const std::string& path) const {
  GitBlob blob = texts_.read(path);
  if (blob.state == GitBlob::State::kFound) {
    return content_from_string(blob.text);
  }
  const bool missing = blob.state == GitBlob::State::kNoSuchPath;
  return fail(ErrorKind::kInput,
              fmt::format("{} at {}", missing ? "there is no such file" : "the file cannot be read", short_id(commit_)),
              Location::of(path), missing ? "" : "try: " + fix());
}

FileKind BaseTree::kind(const std::string& path) const { return entry(path).kind; }

std::uint64_t BaseTree::size(const std::string& path) const {
  const GitBlob blob = texts_.read(path);
  return blob.state == GitBlob::State::kFound ? blob.text.size() : 0;
}

std::vector<DirEntry> BaseTree::list(const std::string& path) const {
  entry(path);
  std::vector<DirEntry> entries = checkout_->repository->folder_at(commit_, path);
  std::sort(entries.begin(), entries.end(), [](const DirEntry& a, const DirEntry& b) { return a.name < b.name; });
  return entries;
}

std::string BaseTree::real_path(const std::string& path) const {
  return kind(path) == FileKind::kMissing ? std::string() : path;
}

}  // namespace budgetcheck
