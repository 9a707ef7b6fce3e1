#pragma once

#include <string_view>
#include <vector>

namespace budgetcheck {

enum class FrameworkId {
  kNext,
  kNuxt,
  kSvelteKit,
  kReactRouter,
  kRemix,
  kAstro,
  kAngular,
  kGatsby,
  kCreateReactApp,
  kVueCli,
  kRsbuild,
  kTsup,
  kVite,
  kParcel,
  kRspack,
  kWebpack,
  kEsbuild,
  kBun,
  kRollup,
};

/// A key of a configuration (as ConfigText::find) that names a folder.
struct FolderKey {
  std::string_view key;
  std::string_view below = "";  ///< where the browser's files lie in it, when that is not as in Framework::clients
};

/// What is known of a framework or a bundler: how a project that uses it is recognised, where its build leaves the
/// files that a browser loads, and what tells the first load of each page.
struct Framework {
  FrameworkId id;
  std::string_view name;
  bool decides = false;  ///< brings a bundler with it, so that the bundler's own marks say nothing
  std::vector<std::string_view> packages;
  std::vector<std::string_view> commands;  ///< of scripts: "vite build"
  std::vector<std::string_view> configs;   ///< globs from the project's folder
  std::vector<FolderKey> keys;
  std::vector<std::string_view> options;  ///< of its command, that name the folder
  std::string_view folder;                ///< where it builds into unless told otherwise
  /// Folders in that one where the browser's files lie, the likelier first; "" is the folder itself. What lies beside
  /// the first is the server's.
  std::vector<std::string_view> clients;
  /// Globs from the folder of the build for what the build writes of entries and pages; the first that can be read
  /// wins.
  std::vector<std::string_view> accounts;
  /// Globs from the client folder for what only this framework's build writes; how it is found where nothing names it.
  std::vector<std::string_view> marks;
};

/// The particular before the general: a framework before the bundler that it is made of.
const std::vector<Framework>& frameworks();

}  // namespace budgetcheck
