#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "cli/command_line/command.h"

namespace budgetcheck {

/// What was not given is empty, and taken from the CI environment.
struct CommentOptions {
  std::vector<std::string> results;  ///< files as check --output json=FILE writes them
  std::string app;
  std::string job;
  std::string repository;
  std::string head_sha;            ///< empty: of the event
  std::uint64_t pull_request = 0;  ///< 0: of the CI environment
  std::string when_green;          ///< edit (also empty), delete or hide
  bool dry_run = false;
  bool strict_delivery = false;
};

/// `budgetcheck comment RESULTS...`.
Command comment_command(const std::shared_ptr<CommentOptions>& options);

/// Creates or updates the comment. Exit codes: 0 delivered or, unless --strict-delivery, not delivered (which is
/// reported, and the Markdown goes to the job summary or standard output); 2 wrong use; 3 results that cannot be read;
/// 5 not delivered under --strict-delivery. Never the exit code of the gate: that is check's.
int run_comment(const FileSystem& files, const CommentOptions& options);

}  // namespace budgetcheck
