#include "base/platform/process_environment.h"

#include <unistd.h>

#include <algorithm>
#include <string_view>

extern char** environ;  // NOLINT: POSIX names it

namespace budgetcheck {
namespace {

/// Where programs, libraries, settings and temporary files are, who runs them, and which language they speak.
constexpr std::string_view kForEveryProgram[] = {
    "PATH", "HOME", "USER", "LOGNAME", "SHELL", "TMPDIR", "TMP", "TEMP", "LANG", "LANGUAGE", "LC_*", "TZ", "TERM",
    "XDG_*", "LD_*",
    // Programs that are built with a sanitizer read their settings from these.
    "ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"};

bool matches(std::string_view name, std::string_view pattern) {
  return pattern.ends_with('*') ? name.starts_with(pattern.substr(0, pattern.size() - 1)) : name == pattern;
}

template <class Patterns>
bool matches_any(std::string_view name, const Patterns& patterns) {
  return std::any_of(std::begin(patterns), std::end(patterns),
                     [&](std::string_view pattern) { return matches(name, pattern); });
}

}  // namespace

std::vector<std::string> environment_of(const ProcessRequest& request) {
  std::vector<std::string> out;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    const std::string_view name = text.substr(0, text.find('='));
    const bool is_set = std::any_of(request.environment.begin(), request.environment.end(),
                                    [&](const auto& change) { return change.first == name; });
    if (!is_set && (matches_any(name, kForEveryProgram) || matches_any(name, request.inherited))) {
      out.emplace_back(text);
    }
  }
  for (const auto& [name, value] : request.environment) {
    if (value) {
      out.push_back(name + "=" + *value);
    }
  }
  return out;
}

}  // namespace budgetcheck
