#include "baseline/notes.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "baseline/git2_handles.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMaxNotes = 200'000;
constexpr std::size_t kFanOut = 2;

bool is_hex(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

/// The top tree of the ref's newest commit; null: none, or missing.
Git2Tree tree_of(git_repository* repository, const std::string& tip) {
  Git2Commit commit;
  Git2Tree tree;
  const auto id = from_hex(tip);
  if (id && git2_get(commit, git_commit_lookup, repository, &*id) == 0) {
    (void)git2_get(tree, git_commit_tree, commit.get());
  }
  return tree;
}

/// Walks down: 40 digits at the top, or two of them a folder each, as far as it goes.
std::string blob_of(git_repository* repository, Git2Tree tree, const std::string& commit) {
  std::string_view rest = commit;
  while (tree) {
    if (const git_tree_entry* whole = git_tree_entry_byname(tree.get(), std::string(rest).c_str());
        whole != nullptr && git_tree_entry_type(whole) == GIT_OBJECT_BLOB) {
      return to_hex(*git_tree_entry_id(whole));
    }
    if (rest.size() <= kFanOut) {
      break;
    }
    const git_tree_entry* folder = git_tree_entry_byname(tree.get(), std::string(rest.substr(0, kFanOut)).c_str());
    if (folder == nullptr || git_tree_entry_type(folder) != GIT_OBJECT_TREE) {
      break;
    }
    rest.remove_prefix(kFanOut);
    const git_oid id = *git_tree_entry_id(folder);
    tree.reset();
    (void)git2_get(tree, git_tree_lookup, repository, &id);
  }
  return {};
}

struct Content {
  std::map<std::string, git_oid> notes;  ///< by commit
  struct Other {
    std::string name;
    git_oid id;
    git_filemode_t mode;
  };
  std::vector<Other> others;  ///< top entries that are not notes
  bool complete = true;       ///< false: a tree is missing, so what is there is not known
};

void collect(git_repository* repository, const git_tree* tree, const std::string& prefix, Content& out) {
  for (std::size_t i = 0; i < git_tree_entrycount(tree) && out.notes.size() < kMaxNotes; ++i) {
    const git_tree_entry* entry = git_tree_entry_byindex(tree, i);
    const std::string name = git_tree_entry_name(entry);
    const std::string path = prefix + name;
    const bool folder = git_tree_entry_type(entry) == GIT_OBJECT_TREE;
    if (!folder && path.size() == GIT_OID_HEXSZ && is_hex(path)) {
      out.notes.emplace(path, *git_tree_entry_id(entry));
    } else if (folder && name.size() == kFanOut && is_hex(name) && path.size() < GIT_OID_HEXSZ) {
      Git2Tree below;
      if (git2_get(below, git_tree_lookup, repository, git_tree_entry_id(entry)) == 0) {
        collect(repository, below.get(), path, out);
      } else {
        out.complete = false;
      }
    } else if (prefix.empty()) {
      out.others.push_back({name, *git_tree_entry_id(entry), git_tree_entry_filemode(entry)});
    }
  }
}

Error cannot_write(const std::string& what) {
  const git_error* error = git_error_last();
  return {ErrorKind::kOutput,
          fmt::format("{} cannot be written: {}", what,
                      printable(error != nullptr && error->message != nullptr ? error->message : "unknown error")),
          {},
          "check that the repository's folder may be written, and that the disk is not full"};
}

/// Whoever git says that the user is; a build machine is often nobody.
Git2Signature author(git_repository* repository) {
  Git2Signature signature;
  if (git2_get(signature, git_signature_default, repository) != 0) {
    (void)git2_get(signature, git_signature_now, "budgetcheck", "budgetcheck@localhost");
  }
  return signature;
}

}  // namespace

Notes::Notes(const Repository& repository) : repository_(repository) { refresh(); }

void Notes::refresh() { tip_ = repository_.commit_of_ref(kNotesRef); }

NoteText Notes::read(const std::string& commit) const {
  git_repository* repository = repository_.handle();
  NoteText out;
  out.blob = blob_of(repository, tree_of(repository, tip_), commit);
  const auto id = from_hex(out.blob);
  if (!id) {
    return out;
  }
  Git2Odb odb;
  Git2Blob blob;
  std::size_t size = 0;
  git_object_t type = GIT_OBJECT_ANY;
  out.state = NoteText::State::kAbsent;
  if (git2_get(odb, git_repository_odb, repository) != 0 || git_odb_read_header(&size, &type, odb.get(), &*id) != 0) {
    return out;
  }
  if (size > kMaxRecordBytes) {
    out.state = NoteText::State::kTooBig;
  } else if (git2_get(blob, git_blob_lookup, repository, &*id) == 0) {
    out.state = NoteText::State::kFound;
    out.text.assign(static_cast<const char*>(git_blob_rawcontent(blob.get())),
                    static_cast<std::size_t>(git_blob_rawsize(blob.get())));
  }
  return out;
}

std::vector<std::pair<std::string, std::string>> Notes::list() const {
  std::vector<std::pair<std::string, std::string>> out;
  Content content;
  if (const Git2Tree tree = tree_of(repository_.handle(), tip_)) {
    collect(repository_.handle(), tree.get(), {}, content);
  }
  for (const auto& [commit, blob] : content.notes) {
    out.emplace_back(commit, to_hex(blob));
  }
  return out;
}

Expected<bool> Notes::commit(const std::vector<std::pair<std::string, std::string>>& set,
                             const std::vector<std::string>& drop, const std::string& message) {
  git_repository* repository = repository_.handle();
  Content content;
  Git2Commit parent;
  const auto parent_id = from_hex(tip_);
  if (parent_id) {
    const Git2Tree tree = tree_of(repository, tip_);
    if (!tree || git2_get(parent, git_commit_lookup, repository, &*parent_id) != 0) {
      return fail(ErrorKind::kOutput, std::string(kNotesRef) + " is damaged: its tree is missing", {},
                  std::string("git fetch --refetch origin +") + kNotesRef + ":" + kNotesRef);
    }
    collect(repository, tree.get(), {}, content);
  }
  if (!content.complete || content.notes.size() >= kMaxNotes) {
    return fail(ErrorKind::kOutput,
                std::string(kNotesRef) + " cannot be rewritten: part of it is missing or it is too big");
  }
  for (const std::string& commit : drop) {
    content.notes.erase(commit);
  }
  for (const auto& [commit, text] : set) {
    git_oid blob;
    if (git_blob_create_from_buffer(&blob, repository, text.data(), text.size()) != 0) {
      return tl::unexpected(cannot_write("the record"));
    }
    content.notes.insert_or_assign(commit, blob);
  }
  // One flat tree: git reads it, and at a few hundred notes it is the smaller one.
  Git2TreeBuilder builder;
  git_oid tree_id;
  if (git2_get(builder, git_treebuilder_new, repository, static_cast<const git_tree*>(nullptr)) != 0) {
    return tl::unexpected(cannot_write("the notes"));
  }
  for (const Content::Other& other : content.others) {
    (void)git_treebuilder_insert(nullptr, builder.get(), other.name.c_str(), &other.id, other.mode);
  }
  for (const auto& [commit, blob] : content.notes) {
    (void)git_treebuilder_insert(nullptr, builder.get(), commit.c_str(), &blob, GIT_FILEMODE_BLOB);
  }
  Git2Tree tree;
  if (git_treebuilder_entrycount(builder.get()) != content.notes.size() + content.others.size() ||
      git_treebuilder_write(&tree_id, builder.get()) != 0 ||
      git2_get(tree, git_tree_lookup, repository, static_cast<const git_oid*>(&tree_id)) != 0) {
    return tl::unexpected(cannot_write("the notes"));
  }
  const Git2Signature signature = author(repository);
  const git_commit* parents[] = {parent.get()};
  git_oid commit_id;
  if (!signature || git_commit_create(&commit_id, repository, nullptr, signature.get(), signature.get(), nullptr,
                                      message.c_str(), tree.get(), parent ? 1 : 0, parents) != 0) {
    return tl::unexpected(cannot_write("the notes"));
  }
  // Only when the ref is still where it was read: jobs may share one clone.
  git_oid expected{};
  if (parent_id) {
    expected = *parent_id;
  }
  Git2Reference reference;
  const int code =
      git2_get(reference, git_reference_create_matching, repository, kNotesRef, static_cast<const git_oid*>(&commit_id),
               1, static_cast<const git_oid*>(&expected), "budgetcheck baseline");
  if (code == GIT_EMODIFIED || code == GIT_ELOCKED || code == GIT_EEXISTS) {
    return false;
  }
  if (code != 0) {
    return tl::unexpected(cannot_write(kNotesRef));
  }
  tip_ = to_hex(commit_id);
  return true;
}

NotesFetch fetch_notes(const Repository& repository, const GitProgram& git, const std::string& remote) {
  std::vector<std::string> options;
  // In a full clone --depth would make it a shallow one.
  if (repository.is_shallow()) {
    options.emplace_back("--depth=1");
  }
  // A filtered clone would fetch the notes without their texts.
  if (repository.is_partial()) {
    options.emplace_back("--no-filter");
  }
  const GitRun run = git.fetch(options, remote, {std::string("+") + kNotesRef + ":" + kNotesRef});
  NotesFetch out;
  out.fetched = run.ok;
  out.timed_out = run.timed_out;
  if (!run.ok) {
    out.none_there = run.errors.find("couldn't find remote ref " + std::string(kNotesRef)) != std::string::npos;
    out.problem = out.none_there ? std::string() : run.problem;
  }
  return out;
}

FoundRecord find_record(const Repository& repository, const GitProgram& git, const Notes& notes,
                        const std::string& commit, bool may_fetch) {
  FoundRecord out;
  NoteText note = notes.read(commit);
  if (note.state == NoteText::State::kNone) {
    return out;
  }
  out.state = FoundRecord::State::kUnusable;
  if (note.state == NoteText::State::kTooBig) {
    out.fault.message = fmt::format("are larger than {} MiB", kMaxRecordBytes >> 20);
    return out;
  }
  if (note.state == NoteText::State::kAbsent) {
    const GitRun run = may_fetch ? git.run({"cat-file", "blob", note.blob}) : GitRun{};
    if (!run.ok) {
      out.fault.kind = RecordFault::Kind::kAbsent;
      out.fault.message = "are not in this clone" +
                          (repository.is_partial() ? std::string(", which is a filtered one") : std::string());
      return out;
    }
    note.text = run.output;
  }
  auto record = read_record(note.text, commit);
  if (!record) {
    out.fault = std::move(record.error());
    return out;
  }
  out.state = FoundRecord::State::kFound;
  out.record = std::move(*record);
  return out;
}

}  // namespace budgetcheck
