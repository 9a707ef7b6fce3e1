#include "baseline/git_variables.h"

#include <algorithm>
#include <cctype>
#include <cstddef>

#include "base/text.h"

namespace budgetcheck {
namespace {

struct KnownHelper {
  std::string_view sign;  ///< in its command
  std::vector<std::string> variables;
};

const std::vector<KnownHelper>& known_helpers() {
  static const std::vector<KnownHelper> kHelpers = {
      {"gh auth",
       {"GH_TOKEN", "GITHUB_TOKEN", "GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN", "GH_HOST", "GH_CONFIG_DIR"}},
      {"glab auth", {"GITLAB_TOKEN", "GITLAB_ACCESS_TOKEN", "OAUTH_TOKEN", "GITLAB_HOST", "GLAB_*"}},
      {"aws codecommit", {"AWS_*"}},
  };
  return kHelpers;
}

bool is_name_part(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// The NAMEs of $NAME and ${NAME…} in a command.
void add_mentioned(std::string_view command, std::vector<std::string>& to) {
  for (std::size_t at = command.find('$'); at != std::string_view::npos; at = command.find('$', at + 1)) {
    std::size_t begin = at + 1;
    begin += begin < command.size() && command[begin] == '{' ? 1U : 0U;
    std::size_t end = begin;
    while (end < command.size() && is_name_part(command[end])) {
      ++end;
    }
    if (end > begin && std::isdigit(static_cast<unsigned char>(command[begin])) == 0) {
      to.emplace_back(command.substr(begin, end - begin));
    }
  }
}

void add_of(std::string_view command, std::vector<std::string>& to) {
  add_mentioned(command, to);
  for (const KnownHelper& helper : known_helpers()) {
    if (command.find(helper.sign) != std::string_view::npos) {
      to.insert(to.end(), helper.variables.begin(), helper.variables.end());
    }
  }
}

/// Names that people wrote, between blanks and commas; a '*' would stand for everything.
void add_listed(std::string_view text, std::vector<std::string>& to) {
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = begin;
    while (end < text.size() && is_name_part(text[end])) {
      ++end;
    }
    if (end > begin) {
      to.emplace_back(text.substr(begin, end - begin));
    }
    begin = end + 1;
  }
}

}  // namespace

std::vector<std::string> variables_of_helpers(std::string_view settings, const Variables& variables) {
  std::vector<std::string> names;
  add_of(settings, names);
  for (const char* name : {"GIT_ASKPASS", "SSH_ASKPASS", "GIT_SSH", "GIT_SSH_COMMAND"}) {
    if (const char* command = variables(name); command != nullptr) {
      add_of(command, names);
    }
  }
  if (const char* listed = variables("BUDGETCHECK_GIT_VARIABLES"); listed != nullptr) {
    add_listed(listed, names);
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

}  // namespace budgetcheck
