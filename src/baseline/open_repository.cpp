#include <fmt/format.h>

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

Attempt attempt(const std::string& folder, const char* ceilings, unsigned flags = 0) {
  Attempt out;
  out.code = git_repository_open_ext(&out.repository, folder.c_str(), flags, ceilings);
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

/// The top of the repository: the nearest folder upwards with .git, or the folder itself (a bare one).
std::string top_of(const std::string& folder) {
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

/// The command as git itself words it, with the path that it would compare; else one with the top folder.
std::string trust_command(const std::string& errors, const std::string& top) {
  constexpr std::string_view kCommand = "git config --global --add safe.directory ";
  if (const std::size_t at = errors.find(kCommand); at != std::string::npos) {
    return printable(trim(std::string_view(errors).substr(at, errors.find('\n', at) - at)));
  }
  return std::string(kCommand) + shell_word(top);
}

/// Whether a repository was found by standing in it, as every folder with HEAD, objects and refs is one to git. Its
/// settings are files that a change can bring, and git runs programs that they name; a .git cannot be committed.
bool is_implicitly_bare(const Repository& repository, const std::string& folder) {
  const std::string own = repository.own_folder();
  const bool is_at_or_below = folder == own || folder.starts_with(own + "/");
  return is_at_or_below && !own.ends_with("/.git") && own.find("/.git/") == std::string::npos;
}

/// The bare repository that GIT_DIR names; null: it names none.
std::unique_ptr<Repository> named_by_git_dir(const Variables& variables) {
  const char* named = variables("GIT_DIR");
  const std::string path = named == nullptr || *named == '\0' ? "" : DiskFileSystem().real_path(named);
  if (path.empty()) {
    return nullptr;
  }
  const Attempt opened = attempt(path, nullptr, GIT_REPOSITORY_OPEN_NO_SEARCH | GIT_REPOSITORY_OPEN_NO_DOTGIT);
  if (opened.code != 0) {
    return nullptr;
  }
  auto repository = std::make_unique<Repository>(opened.repository);
  return repository->is_bare() ? std::move(repository) : nullptr;
}

tl::unexpected<Error> bare_refusal(const Repository& repository) {
  return fail(ErrorKind::kInput,
              fmt::format("the folder '{}' is a bare git repository, or looks like one, and is not used: its settings "
                          "may be part of the change, and git runs programs that they name",
                          printable(repository.own_folder())),
              {},
              fmt::format("run it in the working tree, or name the repository by GIT_DIR={} if it is yours",
                          shell_word(repository.own_folder())));
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
      const std::string top = top_of(folder);
      return fail(
          ErrorKind::kInput,
          fmt::format("the git repository '{}' belongs to another user, and git does not read it", printable(top)), {},
          "run: " + trust_command(asked.errors, top));
    }
    git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
    opened = attempt(folder, ceilings);
    git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 1);
  }
  if (opened.code == 0) {
    auto repository = std::make_unique<Repository>(opened.repository);
    if (!is_implicitly_bare(*repository, folder)) {
      return repository;
    }
    auto named = named_by_git_dir(variables);
    return named != nullptr ? Expected<std::unique_ptr<Repository>>(std::move(named)) : bare_refusal(*repository);
  }
  if (opened.code == GIT_ENOTFOUND && opened.error_class == GIT_ERROR_REPOSITORY) {
    return named_by_git_dir(variables);
  }
  return unsupported(opened);
}

}  // namespace budgetcheck
