#pragma once

#include <string>
#include <string_view>

namespace budgetcheck {

/// A module's file, split at its package.
struct PackagePath {
  std::string package;      ///< "lodash", "@mui/material"; empty: the file lies in no package that can be named
  std::string_view folder;  ///< of the path: up to and with the package's own folder
  /// The file lies in a tool's folder below node_modules (".x/"), and its package cannot be named.
  bool unknown_store = false;
};

/// Looks for the last "node_modules/" of a path whose separators are '/', and below it into the stores of package
/// managers: Yarn's ".store/lodash-npm-4.17.21-0123456789/package", ".x/lodash@4.17.21", Deno's cache
/// "npm/registry.npmjs.org/lodash/4.17.21".
PackagePath package_of(std::string_view path);

/// Whether `path`, with separators of any system, may lie in a package: cheap, and never false for one that does.
bool may_be_in_package(std::string_view path);

/// The version that a store's folder name tells: ".pnpm/lodash@4.17.21/…" (pnpm, Bun, Deno and npm's linked strategy
/// write it alike), Yarn's "lodash-npm-4.17.21-0123456789.zip/…". Empty otherwise.
std::string version_in_path(std::string_view folder, std::string_view package);

/// The file of a module's name or identifier: without loaders ("a!b!"), type words, layers, query and
/// " + 35 modules". Empty for what is no file (externals, contexts, runtime).
std::string module_file(std::string_view name);

}  // namespace budgetcheck
