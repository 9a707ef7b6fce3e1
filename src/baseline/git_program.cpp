#include "baseline/git_program.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "base/number.h"
#include "base/platform/process.h"
#include "base/text.h"
#include "baseline/git_variables.h"

namespace budgetcheck {
namespace {

constexpr double kDefaultTimeoutSeconds = 30;
constexpr double kMaxTimeoutSeconds = 3600;

std::chrono::milliseconds timeout_of(const Variables& variables) {
  const char* text = variables("BUDGETCHECK_FETCH_TIMEOUT");
  const auto seconds = parse_number(text == nullptr ? "" : text);
  const bool sound = seconds && *seconds > 0 && *seconds <= kMaxTimeoutSeconds;
  return std::chrono::milliseconds(static_cast<long>((sound ? *seconds : kDefaultTimeoutSeconds) * 1000));
}

bool is_set(const Variables& variables, const char* name) {
  const char* value = variables(name);
  return value != nullptr && *value != '\0';
}

/// The line that says most: a fatal error, an error, what the server said, else the first one.
std::string first_error(const std::string& errors) {
  const std::vector<std::string_view> lines = split(errors, '\n');
  for (const std::string_view wanted : {"fatal:", "error:", "ERROR:", "remote:", " !", ""}) {
    for (const std::string_view line : lines) {
      if (line.starts_with(wanted) && !trim(line).empty()) {
        return shorten(printable(trim(without_credentials(std::string(line)))), 300);
      }
    }
  }
  return {};
}

}  // namespace

std::string without_credentials(std::string text) {
  for (std::size_t at = text.find("://"); at != std::string::npos; at = text.find("://", at)) {
    at += 3;
    const std::size_t end = std::min(text.find_first_of("/ \t\n'\"", at), text.size());
    const std::size_t sign = text.rfind('@', end);
    if (sign != std::string::npos && sign >= at && sign < end) {
      text.erase(at, sign + 1 - at);
    }
  }
  return text;
}

std::string shell_word(const std::string& text) {
  const std::string shown = printable(text);
  const bool plain = !shown.empty() && std::all_of(shown.begin(), shown.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || std::string_view("_-./:@=+,").find(static_cast<char>(c)) != std::string_view::npos;
  });
  return plain ? shown : "'" + replace_all(shown, "'", "'\\''") + "'";
}

std::string credentials_hint(const std::string& problem) {
  for (const char* sign :
       {"could not read Username", "could not read Password", "Authentication failed", "Permission denied"}) {
    if (problem.find(sign) != std::string::npos) {
      return "the job has no credentials for the remote: with actions/checkout leave persist-credentials on; on Azure "
             "set persistCredentials: true; on Jenkins put the step into withCredentials([gitUsernamePassword(…)])";
    }
  }
  return {};
}

GitProgram::GitProgram(std::string folder, const Variables& variables, bool sees_hooks)
    : folder_(std::move(folder)),
      variables_(variables),
      timeout_(timeout_of(variables)),
      keep_askpass_(is_set(variables, "CI")),
      sees_hooks_(sees_hooks) {}

/// Helpers are asked by what talks to a remote; cat-file does where a filtered clone lacks a text.
const std::vector<std::string>& GitProgram::credential_variables() const {
  if (!credential_variables_) {
    const GitRun asked = run({"config", "--get-regexp", std::string(kHelperSettings)}, {});
    credential_variables_ = variables_of_helpers(asked.output, variables_);
  }
  return *credential_variables_;
}

GitRun GitProgram::run(const std::vector<std::string>& arguments) const {
  const std::string command = arguments.empty() ? "" : arguments.front();
  const bool asks_remote = command == "fetch" || command == "push" || command == "cat-file";
  return run(arguments, asks_remote ? credential_variables() : std::vector<std::string>());
}

GitRun GitProgram::run(const std::vector<std::string>& arguments, std::vector<std::string> variables) const {
  ProcessRequest request;
  request.timeout = timeout_;
  request.inherited = std::move(variables);
  request.inherited.insert(request.inherited.end(), std::begin(kGitVariables), std::end(kGitVariables));
  request.arguments = {"git", "-C", folder_, "-c", "gc.auto=0", "-c", "maintenance.auto=0",
                       // A folder of the working tree that looks like a repository has settings that run programs.
                       "-c", "safe.bareRepository=explicit"};
  if (!sees_hooks_) {
    request.arguments.insert(request.arguments.end(), {"-c", "core.hooksPath=/dev/null"});
  }
  request.arguments.insert(request.arguments.end(), arguments.begin(), arguments.end());
  request.environment = {{"LC_ALL", "C"},
                         {"LANGUAGE", "C"},
                         {"GIT_TERMINAL_PROMPT", "0"},
                         {"GCM_INTERACTIVE", "never"},
                         // A hook runs with these set, relative to another folder.
                         {"GIT_DIR", git_dir_.empty() ? std::nullopt : std::optional(git_dir_)},
                         {"GIT_WORK_TREE", std::nullopt},
                         {"GIT_INDEX_FILE", std::nullopt},
                         {"GIT_PREFIX", std::nullopt}};
  // In CI these hand out credentials; at a desk they open a window that nobody waits for.
  if (!keep_askpass_) {
    request.environment.emplace_back("GIT_ASKPASS", "true");
    request.environment.emplace_back("SSH_ASKPASS", "true");
  }
  GitRun out;
  Expected<ProcessResult> result = run_process(request);
  if (!result) {
    out.status = 127;
    out.problem = result.error().message;
    return out;
  }
  out.status = result->status;
  out.timed_out = result->timed_out;
  out.ok = result->succeeded();
  out.output = std::move(result->output);
  out.errors = std::move(result->errors);
  if (!out.ok) {
    out.problem = result->timed_out ? fmt::format("git {} did not finish within {} s",
                                                  printable(arguments.empty() ? "" : arguments.front()),
                                                  format_number(static_cast<double>(timeout_.count()) / 1000))
                                    : first_error(out.errors);
    if (out.problem.empty()) {
      out.problem = "git ended with status " + std::to_string(out.status);
    }
  }
  return out;
}

GitRun GitProgram::fetch(const std::vector<std::string>& options, const std::string& remote,
                         const std::vector<std::string>& refspecs) const {
  std::vector<std::string> arguments{"fetch", "--quiet", "--no-tags", "--no-recurse-submodules"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  arguments.emplace_back("--");
  arguments.push_back(remote);
  arguments.insert(arguments.end(), refspecs.begin(), refspecs.end());
  return run(arguments);
}

}  // namespace budgetcheck
