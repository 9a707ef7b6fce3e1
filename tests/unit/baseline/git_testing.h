#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "base/platform/process.h"
#include "base/text.h"
#include "base/variables.h"

namespace budgetcheck {

/// Variables of a run that exist nowhere but here.
inline Variables fake_variables(std::map<std::string, std::string> values) {
  return [values = std::move(values)](const char* name) {
    const auto found = values.find(name);
    return found == values.end() ? nullptr : found->second.c_str();
  };
}

/// A folder with a small repository, made by the program git without this machine's settings.
class GitFolder {
 public:
  GitFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "budgetcheck-unit-XXXXXX").string();
    path_ = std::filesystem::canonical(::mkdtemp(name.data())).string();
    git({"init", "--quiet", "-b", "main", "repo"}, path_);
  }
  ~GitFolder() { std::filesystem::remove_all(path_); }
  GitFolder(const GitFolder&) = delete;
  GitFolder& operator=(const GitFolder&) = delete;

  std::string path(const std::string& name = "repo") const { return path_ + "/" + name; }

  std::string git(const std::vector<std::string>& arguments, std::string folder = {}) const {
    ProcessRequest request;
    request.arguments = {"git", "-C", folder.empty() ? path() : folder};
    request.arguments.insert(request.arguments.end(), arguments.begin(), arguments.end());
    request.environment = {{"HOME", path_},
                           {"GIT_CONFIG_GLOBAL", "/dev/null"},
                           {"GIT_CONFIG_NOSYSTEM", "1"},
                           {"GIT_AUTHOR_NAME", "T"},
                           {"GIT_AUTHOR_EMAIL", "t@example.org"},
                           {"GIT_COMMITTER_NAME", "T"},
                           {"GIT_COMMITTER_EMAIL", "t@example.org"},
                           {"GIT_DIR", std::nullopt}};
    const auto result = run_process(request);
    if (!result || !result->succeeded()) {
      ADD_FAILURE() << join(arguments, " ") << ": " << (result ? result->errors : result.error().message);
      return {};
    }
    return std::string(trim(result->output));
  }

  /// A commit on the current branch; its id.
  std::string commit(const std::string& message) const {
    git({"commit", "--quiet", "--allow-empty", "-m", message});
    return git({"rev-parse", "HEAD"});
  }

  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ + "/" + name) << text;
    return path_ + "/" + name;
  }

 private:
  std::string path_;
};

}  // namespace budgetcheck
