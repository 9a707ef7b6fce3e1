#include "collect/bundle/package_scan.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "base/hash.h"
#include "base/text.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kModules = "node_modules/";

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

std::string from_first_modules(std::string_view folder) {
  const std::size_t at = folder.find(kModules);
  return std::string(at == std::string_view::npos ? folder : folder.substr(at));
}

}  // namespace

PackagePath package_of(std::string_view path) {
  const std::size_t at = rfind_segment(path, kModules);
  if (at == std::string_view::npos) {
    return {};
  }
  const std::size_t begin = at + kModules.size();
  std::size_t end = path.find('/', begin);
  if (end != std::string_view::npos && path.substr(begin).starts_with("@")) {
    end = path.find('/', end + 1);
  }
  // A package is a folder: "node_modules/x.js" itself is none, and ".pnpm" and ".cache" are the tools' own.
  if (end == std::string_view::npos || end == begin || path[begin] == '.') {
    return {};
  }
  return {path.substr(begin, end - begin), path.substr(0, end)};
}

std::string version_in_path(std::string_view folder, std::string_view package) {
  const std::string name = replace_all(std::string(package), "/", "+");
  const std::string pnpm = "/.pnpm/" + name + "@";
  const std::string yarn = "/" + replace_all(std::string(package), "/", "-") + "-npm-";
  std::string_view rest;
  std::string_view stop;
  if (const std::size_t at = folder.rfind(pnpm); at != std::string_view::npos) {
    rest = folder.substr(at + pnpm.size());
    stop = "_(/";
  } else if (const std::size_t zip = folder.rfind(yarn); zip != std::string_view::npos) {
    rest = folder.substr(zip + yarn.size());
    rest = rest.substr(0, rest.find('/'));
    // "4.17.21-6382451519-eb835a2e51.zip": two hashes follow, of which older versions write one.
    const std::size_t dash = rest.find('-');
    return printable(rest.substr(0, dash));
  } else {
    return {};
  }
  return printable(rest.substr(0, rest.find_first_of(stop)));
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

void PackageScan::add(const Module& module) {
  const std::string_view told = module.condition_told ? module.condition : module.name;
  if (told.find("node_modules") == std::string_view::npos) {
    return;  // the project's own
  }
  const std::uint64_t identity = hash64(module.identity.empty() ? module.name : module.identity);
  if (module.bundled && seen_.contains(identity)) {
    return;
  }
  const std::string file = module.condition_told ? with_slashes(module.condition) : module_file(module.name);
  const PackagePath where = package_of(file);
  if (where.package.empty()) {
    return;
  }
  Folders& folders = module.condition_told ? by_condition_ : by_name_;
  auto found = folders.find(where.folder);
  if (found == folders.end()) {
    found = folders.emplace(std::string(where.folder), new_folder(where, module)).first;
  }
  Folder& folder = found->second;
  if (module.bundled) {
    seen_.insert(identity);
    folder.bytes += module.bytes;
    folder.bundled = true;
  }
  if (folder.importer.empty() && !module.importer.empty()) {
    const std::string importer = module_file(module.importer);
    // The package's own modules ask for each other; who brings the package in stands outside of it.
    if (!importer.empty() && package_of(importer).folder != std::string_view(folder.shown)) {
      folder.importer = importer;
    }
  }
}

PackageScan::Folder PackageScan::new_folder(const PackagePath& where, const Module& module) {
  const std::string named = module_file(module.name);
  const PackagePath by_name = package_of(named);
  // The name counts from the project's folder, so it reads the same on every machine.
  const bool agree = by_name.package == where.package;
  return {
      std::string(where.package), agree ? std::string(by_name.folder) : from_first_modules(where.folder), {}, 0, false};
}

BundledPackages PackageScan::take() {
  BundledPackages packages;
  packages.listed = listed;
  packages.hidden_reason = std::move(hidden_reason);
  Folders& folders = by_condition_.empty() ? by_name_ : by_condition_;
  packages.folders.reserve(folders.size());
  for (const auto& [key, folder] : folders) {
    if (!folder.bundled) {
      continue;
    }
    packages.folders.push_back({printable(folder.package), printable(folder.shown),
                                version_in_path(key, folder.package), printable(folder.importer), folder.bytes});
  }
  std::sort(packages.folders.begin(), packages.folders.end(), [](const BundledFolder& a, const BundledFolder& b) {
    return std::tie(a.package, a.folder) < std::tie(b.package, b.folder);
  });
  by_condition_.clear();
  by_name_.clear();
  seen_.clear();
  return packages;
}

}  // namespace budgetcheck
