#include "collect/bundle/package_scan.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/hash.h"
#include "base/text.h"

namespace budgetcheck {
namespace {

/// Without the folders of the machine.
std::string from_first_modules(std::string_view folder) {
  for (const std::string_view begin : {"node_modules/", "npm/registry.npmjs.org/"}) {
    if (const std::size_t at = folder.find(begin); at != std::string_view::npos) {
      return std::string(folder.substr(at));
    }
  }
  return std::string(folder);
}

/// "node_modules/.tool" of a file in there.
std::string store_of(std::string_view file) {
  const std::size_t at = file.rfind("node_modules/.");
  return std::string(file.substr(at, file.find('/', file.find('/', at) + 1) - at));
}

}  // namespace

void PackageScan::add(const Module& module) {
  const std::string_view told = module.condition_told ? module.condition : module.name;
  if (!may_be_in_package(told)) {
    return;  // the project's own
  }
  const std::uint64_t identity = hash64(module.identity.empty() ? module.name : module.identity);
  if (module.bundled && seen_.contains(identity)) {
    return;
  }
  const std::string file =
      module.condition_told ? replace_all(std::string(module.condition), "\\", "/") : module_file(module.name);
  const PackagePath where = package_of(file);
  if (where.package.empty()) {
    if (where.unknown_store && module.bundled && hidden_reason.empty()) {
      hidden_reason = fmt::format("the packages in '{}' cannot be named", printable(store_of(file)));
    }
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
  return {where.package, agree ? std::string(by_name.folder) : from_first_modules(where.folder), {}, 0, false};
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
