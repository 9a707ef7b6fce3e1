#include "collect/bundle/package_path.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

#include "base/text.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kModules = "node_modules/";
constexpr std::string_view kDenoCache = "npm/registry.npmjs.org/";
/// Yarn ends a folder's name with so many hexadecimal digits of a hash, npm with so many characters of base64url.
constexpr std::size_t kYarnHash = 10;
constexpr std::size_t kNpmHash = 22;

/// `word` where it begins a path segment, looked for from the end.
std::size_t rfind_segment(std::string_view path, std::string_view word) {
  std::size_t at = path.rfind(word);
  while (at != std::string_view::npos && at != 0 && path[at - 1] != '/') {
    at = path.rfind(word, at - 1);
  }
  return at;
}

std::string with_slashes(std::string_view path) {
  std::string out(path);
  std::replace(out.begin(), out.end(), '\\', '/');
  return out;
}

/// Where the name of a package that begins at `begin` ends: after one segment, or two with a scope. npos: nowhere,
/// since a package is a folder.
std::size_t end_of_name(std::string_view path, std::size_t begin) {
  std::size_t end = path.find('/', begin);
  if (end == std::string_view::npos || end == begin) {
    return std::string_view::npos;
  }
  const std::string_view first = path.substr(begin, end - begin);
  const bool scoped = first.starts_with('@') || (first.starts_with('_') && first.find("@@") != std::string_view::npos);
  return scoped ? path.find('/', end + 1) : end;
}

/// cnpm's folders: "_lodash@4.17.21@lodash", "_@babel_runtime@7.0.0@@babel/runtime".
std::string without_link(std::string_view name) {
  if (!name.starts_with('_') || name.find('@') == std::string_view::npos) {
    return std::string(name);
  }
  const std::size_t scope = name.find("@@");
  return std::string(name.substr((scope != std::string_view::npos ? scope : name.rfind('@')) + 1));
}

bool is_hex(std::string_view text) { return text.find_first_not_of("0123456789abcdef") == std::string_view::npos; }

/// "lodash-npm-4.17.21-0123456789", "react-dom-virtual-0123456789": name, protocol, perhaps a version, hash. A scope is
/// told from the name by a dash only, and most scopes have none of their own.
std::optional<std::string> name_of_slug(std::string_view entry) {
  const std::size_t hash = entry.rfind('-');
  if (hash == std::string_view::npos || entry.size() - hash - 1 != kYarnHash || !is_hex(entry.substr(hash + 1))) {
    return std::nullopt;
  }
  std::string_view rest = entry.substr(0, hash);
  const std::size_t npm = rest.rfind("-npm-");
  const std::size_t end = npm != std::string_view::npos ? npm : rest.rfind('-');
  if (end == std::string_view::npos || end == 0) {
    return std::nullopt;
  }
  std::string name(rest.substr(0, end));
  if (const std::size_t dash = name.find('-'); name.starts_with('@') && dash != std::string::npos) {
    name[dash] = '/';
  }
  return name;
}

/// "lodash@4.17.21", "@babel+runtime@7.0.0".
std::optional<std::string> name_before_version(std::string_view entry) {
  const std::size_t at = entry.find('@', 1);
  if (entry.empty() || at == std::string_view::npos || at + 1 == entry.size()) {
    return std::nullopt;
  }
  std::string name(entry.substr(0, at));
  if (const std::size_t plus = name.find('+'); name.starts_with('@') && plus != std::string::npos) {
    name[plus] = '/';
  }
  return name;
}

/// A file whose last "node_modules/" is followed by a tool's own folder, at `begin`.
PackagePath in_store(std::string_view path, std::size_t begin) {
  // What tools generate or cache there is one folder of the project's, and no package's.
  constexpr std::array<std::string_view, 3> kGenerated{".prisma", ".cache", ".vite"};
  constexpr std::string_view kPackage = "package/";
  const std::size_t tool_end = path.find('/', begin);
  if (tool_end == std::string_view::npos ||
      std::find(kGenerated.begin(), kGenerated.end(), path.substr(begin, tool_end - begin)) != kGenerated.end()) {
    return {};
  }
  const std::size_t at = tool_end + 1;
  std::size_t end = path.find('/', at);
  if (end != std::string_view::npos && path[at] == '@' &&
      path.substr(at + 1, end - at - 1).find_first_of("@-+") == std::string_view::npos) {
    end = path.find('/', end + 1);  // "@babel/runtime@7.0.0"
  }
  if (end == std::string_view::npos) {
    return {{}, {}, true};
  }
  const std::string_view entry = path.substr(at, end - at);
  if (std::optional<std::string> name = name_before_version(entry)) {
    return {std::move(*name), path.substr(0, end)};
  }
  if (std::optional<std::string> name = name_of_slug(entry)) {
    const bool inner = path.substr(end + 1).starts_with(kPackage);
    return {std::move(*name), path.substr(0, inner ? end + kPackage.size() : end)};
  }
  return {{}, {}, true};
}

PackagePath in_deno_cache(std::string_view path) {
  const std::size_t at = rfind_segment(path, kDenoCache);
  if (at == std::string_view::npos) {
    return {};
  }
  const std::size_t begin = at + kDenoCache.size();
  const std::size_t name_end = end_of_name(path, begin);
  const std::size_t end = name_end == std::string_view::npos ? name_end : path.find('/', name_end + 1);
  if (end == std::string_view::npos) {
    return {};
  }
  return {std::string(path.substr(begin, name_end - begin)), path.substr(0, end)};
}

std::string_view without_npm_hash(std::string_view version) {
  if (version.size() <= kNpmHash + 1 || version[version.size() - kNpmHash - 1] != '-') {
    return version;
  }
  return version.substr(0, version.size() - kNpmHash - 1);
}

/// "1.0.0-beta.1-6382451519-eb835a2e51.zip": one or two hashes follow.
std::string_view without_yarn_hash(std::string_view version) {
  for (std::size_t dash = version.find('-'); dash != std::string_view::npos; dash = version.find('-', dash + 1)) {
    const std::string_view hash = version.substr(dash + 1, kYarnHash);
    const std::string_view rest = version.substr(std::min(version.size(), dash + 1 + kYarnHash));
    if (hash.size() == kYarnHash && is_hex(hash) && (rest.empty() || rest[0] == '-' || rest[0] == '.')) {
      return version.substr(0, dash);
    }
  }
  return version.substr(0, version.find('-'));
}

/// What follows `begin` up to one of `stops`, where `begin` is last in `folder`.
std::string_view after(std::string_view folder, const std::string& begin, std::string_view stops) {
  const std::size_t at = folder.rfind(begin);
  if (at == std::string_view::npos) {
    return {};
  }
  const std::string_view rest = folder.substr(at + begin.size());
  return rest.substr(0, rest.find_first_of(stops));
}

}  // namespace

PackagePath package_of(std::string_view path) {
  const std::size_t at = rfind_segment(path, kModules);
  if (at == std::string_view::npos) {
    return in_deno_cache(path);
  }
  const std::size_t begin = at + kModules.size();
  if (begin < path.size() && path[begin] == '.') {
    return in_store(path, begin);
  }
  const std::size_t end = end_of_name(path, begin);
  if (end == std::string_view::npos) {
    return {};
  }
  return {without_link(path.substr(begin, end - begin)), path.substr(0, end)};
}

bool may_be_in_package(std::string_view path) {
  return path.find("node_modules") != std::string_view::npos ||
         path.find("registry.npmjs.org") != std::string_view::npos;
}

std::string version_in_path(std::string_view folder, std::string_view package) {
  const std::string name(package);
  // Bun and Deno end the version with '+' and '_', pnpm with '_' or '('.
  if (const std::string_view found = after(folder, "/" + replace_all(name, "/", "+") + "@", "_(+/"); !found.empty()) {
    return printable(without_npm_hash(found));
  }
  if (const std::string_view found = after(folder, "/" + replace_all(name, "/", "-") + "-npm-", "/"); !found.empty()) {
    return printable(without_yarn_hash(found));
  }
  if (const std::string_view found = after(folder, "/_" + replace_all(name, "/", "_") + "@", "@/"); !found.empty()) {
    return printable(found);
  }
  return printable(after(folder, std::string(kDenoCache) + name + "/", "/"));
}

std::string module_file(std::string_view name) {
  if (const std::size_t loader = name.rfind('!'); loader != std::string_view::npos) {
    name.remove_prefix(loader + 1);
  }
  if (const std::size_t more = name.rfind(" + "); more != std::string_view::npos && name.ends_with(" modules")) {
    name = name.substr(0, more);
  }
  name = name.substr(0, name.find('?'));
  constexpr std::array<std::string_view, 3> kTypeWords{"css ", "asset ", "javascript "};
  for (const std::string_view word : kTypeWords) {
    if (name.starts_with(word)) {
      name.remove_prefix(word.size());
    }
  }
  if (name.starts_with("(")) {  // "(app-pages-browser)/./node_modules/next/…"
    const std::size_t close = name.find(")/");
    name.remove_prefix(close == std::string_view::npos ? name.size() : close + 2);
  }
  constexpr std::array<std::string_view, 5> kNotFiles{" sync ", " lazy ", "|sync|", "|lazy|", " sync|"};
  for (const std::string_view word : kNotFiles) {
    if (name.find(word) != std::string_view::npos) {
      return {};
    }
  }
  const std::string file = with_slashes(name);
  const bool path = file.starts_with("./") || file.starts_with("../") || file.starts_with("/") ||
                    file.starts_with(kModules) || (file.size() > 2 && file[1] == ':' && file[2] == '/');
  return path ? (file.starts_with("./") ? file.substr(2) : file) : std::string();
}

}  // namespace budgetcheck
