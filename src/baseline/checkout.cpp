#include "baseline/checkout.h"

#include <fmt/format.h>

#include <algorithm>

namespace budgetcheck {
namespace {

constexpr std::string_view kHeads = "refs/heads/";

std::string after(std::string_view prefix, const std::string& text) {
  return text.starts_with(prefix) ? text.substr(prefix.size()) : std::string();
}

/// What the clone itself takes for its main branch.
bool is_local_main(const Repository& repository, const std::string& remote, const std::string& branch) {
  const std::string prefix = fmt::format("refs/remotes/{}/", (remote.empty() ? "origin" : remote));
  const std::string head = after(prefix, repository.target_of_ref(prefix + "HEAD"));
  return head.empty() ? branch == "main" || branch == "master" : branch == head;
}

}  // namespace

Expected<std::optional<Checkout>> open_checkout(const FileSystem& files, const Variables& variables,
                                                const std::string& folder, const std::string& remote) {
  std::string here = files.real_path(folder);
  if (here.empty()) {
    here = folder;
  }
  Expected<std::unique_ptr<Repository>> repository = open_repository(here, variables);
  if (!repository) {
    return tl::unexpected(std::move(repository.error()));
  }
  if (*repository == nullptr) {
    return std::optional<Checkout>();
  }
  Checkout checkout{std::move(*repository), GitProgram(here, variables), read_ci_environment(files, variables), {}};
  if (checkout.repository->is_bare()) {
    checkout.git.set_git_dir(checkout.repository->own_folder());
  }
  Expected<std::string> chosen = choose_remote(*checkout.repository, checkout.ci, remote);
  if (!chosen) {
    return tl::unexpected(std::move(chosen.error()));
  }
  checkout.remote = std::move(*chosen);
  return std::optional<Checkout>(std::move(checkout));
}

Head describe_head(const Checkout& checkout) {
  const Repository& repository = *checkout.repository;
  Head head;
  head.commit = repository.head_commit();
  if (head.commit.empty()) {
    return head;
  }
  head.parents = repository.parents_of(head.commit).value_or(std::vector<std::string>());
  const GithubRun& github = checkout.ci.github;
  const GitlabRun& gitlab = checkout.ci.gitlab;
  if (checkout.ci.platform == CiEnvironment::Platform::kGithub) {
    head.branch = after(kHeads, github.ref);
    const bool pushed = github.event != "pull_request_target" && github.event != "workflow_run";
    const bool is_default = github.default_branch.empty() ? head.branch == "main" || head.branch == "master"
                                                          : head.branch == github.default_branch;
    head.is_main = pushed && !head.branch.empty() && is_default && (github.sha.empty() || github.sha == head.commit);
    return head;
  }
  if (checkout.ci.platform == CiEnvironment::Platform::kGitlab) {
    head.branch = gitlab.branch.empty() ? gitlab.merge_request_source_branch : gitlab.branch;
    head.is_main = !gitlab.branch.empty() && gitlab.branch == gitlab.default_branch;
    return head;
  }
  const PlatformRun& run = checkout.ci.other;
  if (run.is_change_request() || !run.tag.empty()) {
    return head;  // Drone merges a pull request into a local branch that is called like its target
  }
  head.branch = run.branch.empty() ? repository.head_branch() : run.branch.text;
  const std::string& main = run.default_branch.text;
  head.is_main = !head.branch.empty() &&
                 (main.empty() ? is_local_main(repository, checkout.remote, head.branch) : head.branch == main);
  return head;
}

Head describe_head(const FileSystem& files, const Variables& variables, const std::string& folder) {
  const auto checkout = open_checkout(files, variables, folder, {});
  return checkout && *checkout ? describe_head(**checkout) : Head();
}

}  // namespace budgetcheck
