#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/file_system.h"
#include "base/text.h"
#include "budget/sections/loading.h"
#include "json/schema/schema.h"

namespace budgetcheck {

void load_generate(Loading& loading, const json::Value& generate) {
  const std::vector<std::string> known(kGeneratedTargets.begin(), kGeneratedTargets.end());
  std::map<std::string, std::string> by_path;
  for (const json::Member& member : *generate.object()) {
    const std::string target = printable(member.key);
    const std::string* path = member.value.string();
    if (std::find(known.begin(), known.end(), member.key) == known.end()) {
      std::string hint = json::did_you_mean(member.key, known);
      loading.error(loading.at(member),
                    fmt::format("'generate' names '{}', which is not a file that is written", target),
                    hint.empty() ? "there are: " + join(known, ", ") : std::move(hint));
      continue;
    }
    if (path == nullptr || path->empty()) {
      continue;
    }
    const std::string place = join_path(".", *path);
    if (path->starts_with('/') || path->ends_with('/') || path->find_first_of("*?{") != std::string::npos) {
      loading.error(loading.at(member.value), fmt::format("'{}' is not a file that can be written", printable(*path)),
                    "write a path relative to this file: ops/nginx/limits.conf");
    } else if (place == join_path(".", loading.file.path.substr(loading.file.path.rfind('/') + 1))) {
      loading.error(loading.at(member.value), fmt::format("'{}' would be written over this file", target),
                    "name another file");
    } else if (target == "envoy-limits" && path->ends_with(".json")) {
      loading.error(loading.at(member.value), fmt::format("'{}' begins with a comment, which JSON has not", target),
                    "call the file limits.yaml");
    } else if (const auto [at, is_new] = by_path.emplace(place, target); !is_new) {
      loading.error(loading.at(member.value), fmt::format("'{}' and '{}' are one file", at->second, target),
                    "give each a file of its own");
    } else {
      loading.file.generate.push_back({member.key, *path, loading.at(member)});
    }
  }
}

}  // namespace budgetcheck
