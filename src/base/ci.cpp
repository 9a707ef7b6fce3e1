#include "base/ci.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace budgetcheck {

bool runs_in_ci(const Variables& variables) {
  static constexpr std::array kNames{"CI",
                                     "GITHUB_ACTIONS",
                                     "GITLAB_CI",
                                     "TF_BUILD",
                                     "JENKINS_URL",
                                     "BUILD_TAG",
                                     "TEAMCITY_VERSION",
                                     "BITBUCKET_BUILD_NUMBER",
                                     "CODEBUILD_BUILD_ID"};
  return std::any_of(kNames.begin(), kNames.end(), [&](const char* name) {
    const char* value = variables(name);
    const std::string_view text = value == nullptr ? "" : value;
    return !text.empty() && text != "false" && text != "0";
  });
}

}  // namespace budgetcheck
