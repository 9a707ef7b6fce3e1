#include <string>

#include "base/file_system.h"
#include "base/text.h"
#include "baseline/git2_handles.h"
#include "baseline/git_program.h"
#include "baseline/repository.h"

namespace budgetcheck {
namespace {

/// Once, and only when a base is asked for: it costs more than the start of the program.
void start_libgit2() {
  static const bool kStarted = [] {
    git_libgit2_init();
    // Each of them changes only what is not read here: the working tree's own configuration, how worktrees point at
    // each other, and that objects may be missing.
    const char* extensions[] = {"worktreeconfig", "relativeworktrees", "partialclone"};
    git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, extensions, std::size(extensions));
    // A tree of notes may name texts that a filtered clone does not hold.
    git_libgit2_opts(GIT_OPT_ENABLE_STRICT_OBJECT_CREATION, 0);
    return true;
  }();
  (void)kStarted;
}

struct Attempt {
  git_repository* repository = nullptr;
  int code = 0;
  int error_class = 0;
  std::string message;
};

Attempt attempt(const std::string& folder, const char* ceilings) {
  Attempt out;
  out.code = git_repository_open_ext(&out.repository, folder.c_str(), 0, ceilings);
  if (out.code != 0) {
    const git_error* error = git_error_last();
    out.error_class = error != nullptr ? error->klass : 0;
    out.message = error != nullptr && error->message != nullptr ? printable(error->message) : "unknown error";
  }
  return out;
}

/// libgit2 1.5 says -3 of class "config" when no safe.directory is set at all, GIT_EOWNER when none of them matches.
bool is_owner_refusal(const Attempt& attempt) {
  return attempt.code == GIT_EOWNER || (attempt.code == GIT_ENOTFOUND && attempt.error_class == GIT_ERROR_CONFIG) ||
         attempt.message.find("safe.directory") != std::string::npos;
}

/// The folder that git names in "git config --global --add safe.directory PATH"; else the nearest one with .git.
std::string refused_folder(const std::string& errors, const std::string& folder) {
  constexpr std::string_view kCommand = "--add safe.directory ";
  if (const std::size_t at = errors.find(kCommand); at != std::string::npos) {
    const std::size_t begin = at + kCommand.size();
    return printable(trim(std::string_view(errors).substr(begin, errors.find('\n', begin) - begin)));
  }
  const DiskFileSystem files;
  for (std::string here = folder;; here = folder_of(here)) {
    if (files.kind(join_path(here, ".git")) != FileKind::kMissing) {
      return here;
    }
    if (here == "/" || here == ".") {
      return folder;
    }
  }
}

tl::unexpected<Error> unsupported(const Attempt& attempt) {
  if (attempt.message.find("objectformat") != std::string::npos) {
    return fail(ErrorKind::kInput,
                "the git repository names its objects by sha256, and this version reads sha1 repositories only", {},
                "name the base's results with --base FILE, which needs no git");
  }
  return fail(ErrorKind::kInput, "the git repository cannot be read: " + attempt.message, {},
              "name the base's results with --base FILE, which needs no git");
}

}  // namespace

Expected<std::unique_ptr<Repository>> open_repository(const std::string& folder, const Variables& variables) {
  start_libgit2();
  const char* ceilings = variables("GIT_CEILING_DIRECTORIES");
  Attempt opened = attempt(folder, ceilings);
  if (opened.code != 0 && is_owner_refusal(opened)) {
    // git knows more ways of trusting a folder than libgit2 (safe.directory=*, settings in the environment). Where it
    // reads, we read: only objects, and no hook ever runs.
    const GitRun asked = GitProgram(folder, variables).run({"rev-parse", "--git-dir"});
    if (!asked.ok) {
      const std::string refused = refused_folder(asked.errors, folder);
      return fail(ErrorKind::kInput,
                  "the git repository '" + printable(refused) + "' belongs to another user, and git does not read it",
                  {}, "run: git config --global --add safe.directory " + printable(refused));
    }
    git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
    opened = attempt(folder, ceilings);
    git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 1);
  }
  if (opened.code == 0) {
    return std::make_unique<Repository>(opened.repository);
  }
  if (opened.code == GIT_ENOTFOUND && opened.error_class == GIT_ERROR_REPOSITORY) {
    return std::unique_ptr<Repository>();
  }
  return unsupported(opened);
}

}  // namespace budgetcheck
