#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "baseline/base_commit.h"
#include "baseline/checkout.h"
#include "unit/baseline/git_testing.h"

namespace budgetcheck {

/// main: a - b - c; feature: from b, two commits; merge: of c and feature.
class BaseOfSituation : public testing::Test {
 protected:
  void SetUp() override {
    a_ = repo_.commit("a");
    b_ = repo_.commit("b");
    repo_.git({"checkout", "--quiet", "-b", "feature"});
    repo_.commit("f1");
    head_ = repo_.commit("f2");
    repo_.git({"checkout", "--quiet", "main"});
    c_ = repo_.commit("c");
    repo_.git({"checkout", "--quiet", "--detach"});
    repo_.git({"merge", "--quiet", "--no-ff", "-m", "merge", "feature"});
    merge_ = repo_.git({"rev-parse", "HEAD"});
    // As a clone has them.
    repo_.git({"update-ref", "refs/remotes/origin/main", c_});
    repo_.git({"remote", "add", "origin", repo_.path("gone")});
  }

  BaseCommit base(const std::string& head, const std::map<std::string, std::string>& values,
                  const std::string& event = {}) {
    repo_.git({"checkout", "--quiet", "--detach", head});
    std::map<std::string, std::string> all = values;
    if (!event.empty()) {
      all["GITHUB_EVENT_PATH"] = repo_.write("event.json", event);
    }
    const DiskFileSystem files;
    auto checkout = open_checkout(files, fake_variables(all), repo_.path(), {});
    if (!checkout || !*checkout) {
      ADD_FAILURE() << "the repository was not opened";
      return {};
    }
    return base_of_situation((*checkout)->question(false));
  }

  std::map<std::string, std::string> pull(const std::string& sha) const {
    return {{"GITHUB_ACTIONS", "true"},
            {"GITHUB_EVENT_NAME", "pull_request"},
            {"GITHUB_REF", "refs/pull/7/merge"},
            {"GITHUB_SHA", sha},
            {"GITHUB_BASE_REF", "main"}};
  }

  GitFolder repo_;
  std::string a_, b_, c_, head_, merge_;
};

}  // namespace budgetcheck
