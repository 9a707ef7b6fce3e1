#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/file_system.h"
#include "base/variables.h"
#include "report/formats/comment.h"

namespace budgetcheck {

enum class CommentPlatform { kNone, kGithub, kGitlab };

/// Where a comment goes, and with whose rights: from the options, the CI variables and the event of the run.
struct CommentTarget {
  CommentPlatform platform = CommentPlatform::kNone;
  std::string api;           ///< https://api.github.com, https://gitlab.example/api/v4; no '/' at its end
  std::string graphql;       ///< of GitHub
  std::string repository;    ///< owner/name; of GitLab a path or the number of the project
  std::uint64_t number = 0;  ///< of the pull or merge request; 0: unknown
  std::string head;          ///< a commit that the pull request must be of; empty: anything
  /// Another run measured (the event says so, or --head-sha), so its results are claims.
  std::optional<OtherRun> other_run = {};
  std::string token;  ///< must never be shown
  std::string job;
  std::string run_url;
  std::vector<std::string> notes;  ///< an event that could not be read
};

/// What the command line says; empty or 0: not passed.
struct CommentWishes {
  std::string job;
  std::string repository;
  std::string head;
  std::uint64_t number = 0;
};

/// Errors (kUsage): a malformed repository or commit id, a token with a line break inside. A missing token, number or
/// platform is not an error: why_undeliverable() reports it.
Expected<CommentTarget> find_comment_target(const FileSystem& files, const Variables& variables,
                                            const CommentWishes& wishes);

/// Why nothing can be sent at all, with what to do; empty: it can.
std::string why_undeliverable(const CommentTarget& target, const Variables& variables);

}  // namespace budgetcheck
