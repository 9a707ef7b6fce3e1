#pragma once

#include <git2.h>

#include <memory>
#include <optional>
#include <string>

namespace budgetcheck {

/// libgit2's objects, freed when they go out of scope. For src/baseline only.
template <class T, void (*Free)(T*)>
struct Git2Free {
  void operator()(T* object) const { Free(object); }
};
template <class T, void (*Free)(T*)>
using Git2Handle = std::unique_ptr<T, Git2Free<T, Free>>;

using Git2Blob = Git2Handle<git_blob, git_blob_free>;
using Git2Commit = Git2Handle<git_commit, git_commit_free>;
using Git2Config = Git2Handle<git_config, git_config_free>;
using Git2Object = Git2Handle<git_object, git_object_free>;
using Git2Odb = Git2Handle<git_odb, git_odb_free>;
using Git2Reference = Git2Handle<git_reference, git_reference_free>;
using Git2Remote = Git2Handle<git_remote, git_remote_free>;
using Git2Repository = Git2Handle<git_repository, git_repository_free>;
using Git2Signature = Git2Handle<git_signature, git_signature_free>;
using Git2Tree = Git2Handle<git_tree, git_tree_free>;
using Git2TreeBuilder = Git2Handle<git_treebuilder, git_treebuilder_free>;
using Git2TreeEntry = Git2Handle<git_tree_entry, git_tree_entry_free>;

/// Fills a handle from a function that takes a pointer to a pointer: `git2_get(tree, git_tree_lookup, repo, &id)`.
template <class Handle, class Function, class... Arguments>
int git2_get(Handle& handle, Function function, Arguments... arguments) {
  typename Handle::pointer raw = nullptr;
  const int code = function(&raw, arguments...);
  if (code == 0) {
    handle.reset(raw);
  }
  return code;
}

inline std::string to_hex(const git_oid& id) {
  char text[GIT_OID_HEXSZ + 1];
  git_oid_tostr(text, sizeof text, &id);
  return text;
}

inline std::optional<git_oid> from_hex(const std::string& hex) {
  git_oid id;
  if (hex.size() != GIT_OID_HEXSZ || git_oid_fromstr(&id, hex.c_str()) != 0) {
    return std::nullopt;
  }
  return id;
}

/// Objects up to this size are read; what a record or a budgets file needs is far below.
constexpr std::size_t kMaxGitObjectBytes = std::size_t{16} << 20;

}  // namespace budgetcheck
