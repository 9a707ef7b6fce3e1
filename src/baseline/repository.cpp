#include "baseline/repository.h"

#include <algorithm>

#include "baseline/git2_handles.h"

namespace budgetcheck {

namespace {

/// Nothing: there is no such path, or a tree on the way is missing (`code` says which).
Git2TreeEntry find_entry(git_repository* repository, const git_oid& commit_id, const std::string& path, int& code) {
  Git2Commit commit;
  Git2Tree tree;
  Git2TreeEntry entry;
  code = git2_get(commit, git_commit_lookup, repository, &commit_id);
  // A missing commit or tree is "not found" for libgit2, as a missing path is: they must not be mixed up.
  if (code == 0) {
    code = git2_get(tree, git_commit_tree, commit.get());
  }
  if (code != 0) {
    code = GIT_ERROR;
    return entry;
  }
  code = git2_get(entry, git_tree_entry_bypath, tree.get(), path.c_str());
  if (code == GIT_ENOTFOUND) {
    const git_error* error = git_error_last();
    code = error != nullptr && error->klass == GIT_ERROR_ODB ? GIT_ERROR : GIT_ENOTFOUND;
  }
  return entry;
}

/// The tree of a folder; null as find_entry() says.
Git2Tree folder_of_commit(git_repository* repository, const git_oid& commit_id, const std::string& path, int& code) {
  Git2Commit commit;
  Git2Tree tree;
  code = git2_get(commit, git_commit_lookup, repository, &commit_id);
  if (code == 0) {
    code = git2_get(tree, git_commit_tree, commit.get());
  }
  if (code != 0) {
    code = GIT_ERROR;
  }
  if (code != 0 || path == ".") {
    return tree;
  }
  Git2TreeEntry entry = find_entry(repository, commit_id, path, code);
  tree.reset();
  if (code == 0) {
    code = git2_get(tree, git_tree_lookup, repository, git_tree_entry_id(entry.get()));
  }
  return tree;
}

FileKind kind_of(git_filemode_t mode) {
  switch (mode) {
    case GIT_FILEMODE_TREE:
      return FileKind::kDirectory;
    case GIT_FILEMODE_BLOB:
    case GIT_FILEMODE_BLOB_EXECUTABLE:
      return FileKind::kRegular;
    default:
      return FileKind::kOther;
  }
}

GitBlob::State state_of(int code) {
  return code == 0               ? GitBlob::State::kFound
         : code == GIT_ENOTFOUND ? GitBlob::State::kNoSuchPath
                                 : GitBlob::State::kAbsent;
}

std::string without_slash(std::string path) {
  while (path.size() > 1 && path.back() == '/') {
    path.pop_back();
  }
  return path;
}

}  // namespace

Repository::Repository(git_repository* repository) : repository_(repository) {
  const char* work = git_repository_workdir(repository);
  root_ = without_slash(work != nullptr ? work : git_repository_path(repository));
}

Repository::~Repository() { git_repository_free(repository_); }

std::string Repository::own_folder() const { return without_slash(git_repository_path(repository_)); }
bool Repository::is_bare() const { return git_repository_is_bare(repository_) == 1; }
bool Repository::is_shallow() const { return git_repository_is_shallow(repository_) == 1; }

bool Repository::is_partial() const {
  Git2Config config;
  if (git2_get(config, git_repository_config_snapshot, repository_) != 0) {
    return false;
  }
  const auto found = [](const git_config_entry* /*entry*/, void* payload) {
    *static_cast<bool*>(payload) = true;
    return 0;
  };
  bool partial = false;
  git_config_foreach_match(config.get(), "^(remote\\..*\\.promisor|extensions\\.partialclone)$", found, &partial);
  return partial;
}

std::string Repository::head_commit() const { return commit_of_ref("HEAD"); }

std::string Repository::head_branch() const {
  const std::string target = target_of_ref("HEAD");
  constexpr std::string_view kHeads = "refs/heads/";
  return target.starts_with(kHeads) ? target.substr(kHeads.size()) : std::string();
}

std::optional<std::string> Repository::resolve(const std::string& revision) const {
  Git2Object object;
  Git2Object commit;
  if (git2_get(object, git_revparse_single, repository_, revision.c_str()) != 0) {
    return is_commit_id(revision) ? std::optional<std::string>(revision) : std::nullopt;
  }
  if (git2_get(commit, git_object_peel, static_cast<const git_object*>(object.get()), GIT_OBJECT_COMMIT) != 0) {
    return std::nullopt;
  }
  return to_hex(*git_object_id(commit.get()));
}

bool Repository::has_commit(const std::string& commit) const { return parents_of(commit).has_value(); }

std::optional<std::vector<std::string>> Repository::parents_of(const std::string& commit) const {
  const auto id = from_hex(commit);
  Git2Commit found;
  if (!id || git2_get(found, git_commit_lookup, repository_, &*id) != 0) {
    return std::nullopt;
  }
  // Ids only: the parents' objects are missing at the edge of a shallow clone.
  std::vector<std::string> parents;
  for (unsigned i = 0; i < git_commit_parentcount(found.get()); ++i) {
    parents.push_back(to_hex(*git_commit_parent_id(found.get(), i)));
  }
  return parents;
}

MergeBase Repository::merge_base(const std::string& a, const std::string& b) const {
  const auto first = from_hex(a);
  const auto second = from_hex(b);
  if (!first || !second || !has_commit(a) || !has_commit(b)) {
    return {MergeBase::State::kUnknown, {}};
  }
  git_oid base;
  const int code = git_merge_base(&base, repository_, &*first, &*second);
  if (code == 0) {
    return {MergeBase::State::kFound, to_hex(base)};
  }
  // libgit2 knows nothing of the edge of a shallow clone: there, "none" and "an object is missing" are the same.
  const bool known = code == GIT_ENOTFOUND && !is_shallow();
  return {known ? MergeBase::State::kNone : MergeBase::State::kUnknown, {}};
}

std::string Repository::commit_of_ref(const std::string& name) const {
  git_oid id;
  if (git_reference_name_to_id(&id, repository_, name.c_str()) != 0) {
    return {};
  }
  Git2Object object;
  Git2Object commit;
  if (git2_get(object, git_object_lookup, repository_, &id, GIT_OBJECT_ANY) != 0) {
    return to_hex(id);
  }
  if (git2_get(commit, git_object_peel, static_cast<const git_object*>(object.get()), GIT_OBJECT_COMMIT) != 0) {
    return {};
  }
  return to_hex(*git_object_id(commit.get()));
}

std::string Repository::target_of_ref(const std::string& name) const {
  Git2Reference reference;
  if (git2_get(reference, git_reference_lookup, repository_, name.c_str()) != 0) {
    return {};
  }
  const char* target = git_reference_symbolic_target(reference.get());
  return target == nullptr ? std::string() : std::string(target);
}

std::string Repository::upstream_of_head() const {
  const std::string head = target_of_ref("HEAD");
  git_buf name = GIT_BUF_INIT;
  std::string out;
  if (!head.empty() && git_branch_upstream_name(&name, repository_, head.c_str()) == 0) {
    out = name.ptr;
  }
  git_buf_dispose(&name);
  return out;
}

std::vector<std::string> Repository::names(std::size_t limit) const {
  git_reference_iterator* iterator = nullptr;
  std::vector<std::string> out;
  if (git_reference_iterator_new(&iterator, repository_) != 0) {
    return out;
  }
  const char* name = nullptr;
  while (out.size() < limit && git_reference_next_name(&name, iterator) == 0) {
    const std::string full(name);
    for (const std::string_view prefix : {"refs/heads/", "refs/remotes/", "refs/tags/"}) {
      if (full.starts_with(prefix)) {
        out.push_back(full.substr(prefix.size()));
      }
    }
  }
  git_reference_iterator_free(iterator);
  return out;
}

std::vector<std::string> Repository::remotes() const {
  git_strarray names{};
  std::vector<std::string> out;
  if (git_remote_list(&names, repository_) == 0) {
    for (std::size_t i = 0; i < names.count; ++i) {
      out.emplace_back(names.strings[i]);
    }
  }
  git_strarray_dispose(&names);
  return out;
}

bool is_branch_name(const std::string& name) {
  constexpr std::size_t kLongest = 1000;
  int valid = 0;
  return name.size() <= kLongest && name.find('\0') == std::string::npos &&
         git_branch_name_is_valid(&valid, name.c_str()) == 0 && valid != 0;
}

GitBlob Repository::blob_at(const std::string& commit, const std::string& path) const {
  const auto id = from_hex(commit);
  int code = GIT_ERROR;
  const Git2TreeEntry entry = id ? find_entry(repository_, *id, path, code) : Git2TreeEntry();
  if (code != 0) {
    return {code == GIT_ENOTFOUND ? GitBlob::State::kNoSuchPath : GitBlob::State::kAbsent, {}};
  }
  const git_filemode_t mode = git_tree_entry_filemode(entry.get());
  if (mode != GIT_FILEMODE_BLOB && mode != GIT_FILEMODE_BLOB_EXECUTABLE) {
    return {GitBlob::State::kNotAFile, {}};
  }
  Git2Odb odb;
  std::size_t size = 0;
  git_object_t type = GIT_OBJECT_ANY;
  if (git2_get(odb, git_repository_odb, repository_) != 0 ||
      git_odb_read_header(&size, &type, odb.get(), git_tree_entry_id(entry.get())) != 0) {
    return {GitBlob::State::kAbsent, {}};
  }
  if (size > kMaxGitObjectBytes) {
    return {GitBlob::State::kTooBig, {}};
  }
  Git2Blob blob;
  if (git2_get(blob, git_blob_lookup, repository_, git_tree_entry_id(entry.get())) != 0) {
    return {GitBlob::State::kAbsent, {}};
  }
  const auto* bytes = static_cast<const char*>(git_blob_rawcontent(blob.get()));
  return {GitBlob::State::kFound, std::string(bytes, static_cast<std::size_t>(git_blob_rawsize(blob.get())))};
}

GitEntry Repository::entry_at(const std::string& commit, const std::string& path) const {
  const auto id = from_hex(commit);
  int code = GIT_ERROR;
  if (id && path == ".") {
    const Git2Tree tree = folder_of_commit(repository_, *id, path, code);
    return {state_of(code), code == 0 ? FileKind::kDirectory : FileKind::kMissing,
            tree ? to_hex(*git_tree_id(tree.get())) : std::string()};
  }
  const Git2TreeEntry entry = id ? find_entry(repository_, *id, path, code) : Git2TreeEntry();
  if (code != 0) {
    return {state_of(code), FileKind::kMissing, {}};
  }
  return {GitBlob::State::kFound, kind_of(git_tree_entry_filemode(entry.get())),
          to_hex(*git_tree_entry_id(entry.get()))};
}

std::vector<DirEntry> Repository::folder_at(const std::string& commit, const std::string& path) const {
  std::vector<DirEntry> entries;
  const auto id = from_hex(commit);
  int code = GIT_ERROR;
  const Git2Tree tree = id ? folder_of_commit(repository_, *id, path, code) : Git2Tree();
  for (std::size_t i = 0; tree && i < git_tree_entrycount(tree.get()); ++i) {
    const git_tree_entry* entry = git_tree_entry_byindex(tree.get(), i);
    entries.push_back({git_tree_entry_name(entry), kind_of(git_tree_entry_filemode(entry))});
  }
  return entries;
}

std::vector<std::string> Repository::ids_of_file(const std::string& path) const {
  std::vector<std::string> ids;
  git_oid id;
  if (git_odb_hashfile(&id, join_path(root_, path).c_str(), GIT_OBJECT_BLOB) == 0) {
    ids.push_back(to_hex(id));
  }
  if (git_repository_hashfile(&id, repository_, path.c_str(), GIT_OBJECT_BLOB, nullptr) == 0) {
    ids.push_back(to_hex(id));
  }
  return ids;
}

}  // namespace budgetcheck
