#pragma once

#include <string>
#include <vector>

#include "base/file_system.h"
#include "cli/init/project/framework.h"

namespace budgetcheck {

/// A folder that something says a build is written into.
struct WantedFolder {
  std::string path;         ///< from the working directory
  std::string below = {};   ///< where the browser's files lie in it; empty: as Framework::clients says; ".": in itself
  bool is_certain = false;  ///< a literal of the configuration or of a command
};

struct BuildFolder {
  std::string output;
  std::string client;  ///< empty: no such folder is there
  bool is_guess = false;
};

/// Which of the folders holds a build's files. When none does and none is certain: the folder below `project` that has
/// what only this framework writes.
BuildFolder find_build(const FileSystem& files, const Framework& framework, const std::string& project,
                       const std::vector<WantedFolder>& wanted);

/// Whether one of them is said, and is not a server's.
bool is_any_certain(const std::vector<WantedFolder>& wanted);

/// Of a library that writes each format into a folder of its own: the folder that holds all of them.
std::vector<WantedFolder> joined_formats(const FileSystem& files, const std::string& project,
                                         std::vector<WantedFolder> wanted);

/// Whether a file that a browser could load lies below the folder.
bool has_browser_files(const FileSystem& files, const std::string& folder);

/// Whether a build of Next.js into `output` came to its end: `next build` writes BUILD_ID behind what browsers load,
/// and exports (`_next`) after that. What its development server leaves has neither.
bool has_whole_next_build(const FileSystem& files, const std::string& output);

}  // namespace budgetcheck
