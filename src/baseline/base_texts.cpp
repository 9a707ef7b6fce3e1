#include "baseline/base_texts.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace budgetcheck {
namespace {

// As budget/find.cpp looks for them; folders of one group do not know each other.
constexpr std::array<std::string_view, 4> kBudgetNames{"budgets.yml", "budgets.yaml", "budgets.json", "budgets.jsonc"};

}  // namespace

bool BaseTexts::ensure_commit(int depth) {
  if (checkout_.repository->has_commit(commit_)) {
    return true;
  }
  if (!may_fetch_ || tried_) {
    return false;
  }
  tried_ = true;
  std::vector<std::string> options;
  if (checkout_.repository->is_shallow()) {
    options.push_back("--depth=" + std::to_string(depth));
  }
  const GitRun run = checkout_.git.fetch(options, checkout_.remote, {commit_});
  problem_ = run.problem;
  return checkout_.repository->has_commit(commit_);
}

GitBlob BaseTexts::read(const std::string& path) {
  GitBlob blob = checkout_.repository->blob_at(commit_, path);
  if (blob.state != GitBlob::State::kAbsent || !ensure_commit(1)) {
    return blob;
  }
  blob = checkout_.repository->blob_at(commit_, path);
  if (blob.state != GitBlob::State::kAbsent || !may_fetch_) {
    return blob;
  }
  // A filtered clone: the program git fetches what it is asked for.
  GitRun run = checkout_.git.run({"cat-file", "blob", commit_ + ":" + path});
  if (run.ok) {
    return {GitBlob::State::kFound, std::move(run.output)};
  }
  const bool missing = run.errors.find("does not exist in") != std::string::npos ||
                       run.errors.find("exists on disk, but not in") != std::string::npos;
  problem_ = run.problem;
  return {missing ? GitBlob::State::kNoSuchPath : GitBlob::State::kAbsent, {}};
}

BaseTexts::Budgets BaseTexts::budgets(const std::string& path, const std::string& folder, bool above) {
  std::vector<std::string> candidates;
  if (!path.empty()) {
    candidates.push_back(path);
  }
  for (std::string here = path.empty() ? folder : folder_of(path);; here = folder_of(here)) {
    for (const std::string_view name : kBudgetNames) {
      candidates.push_back(here == "." || here.empty() ? std::string(name) : join_path(here, name));
    }
    if (!above || here == "." || here.empty() || here == "/") {
      break;
    }
  }
  for (const std::string& candidate : candidates) {
    GitBlob blob = read(candidate);
    if (blob.state == GitBlob::State::kFound) {
      return {blob.state, {candidate, std::move(blob.text), commit_}};
    }
    if (blob.state != GitBlob::State::kNoSuchPath) {
      return {blob.state, {candidate, {}, commit_}};
    }
  }
  return {};
}

std::string BaseTexts::fix() const {
  const std::string remote = checkout_.remote.empty() ? "REMOTE" : without_credentials(printable(checkout_.remote));
  return std::string("git fetch ") + (checkout_.repository->is_shallow() ? "--depth=1 " : "") + remote + " " + commit_;
}

}  // namespace budgetcheck
