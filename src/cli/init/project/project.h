#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"
#include "cli/init/project/framework.h"
#include "cli/init/project/script_commands.h"

namespace budgetcheck {

/// What a folder with a package.json says of its build. Paths are seen from the working directory.
struct Project {
  std::string folder = ".";
  std::string name;                      ///< package.json's; may be empty
  const Framework* framework = nullptr;  ///< null: none is recognised
  std::set<std::string> dependencies;    ///< of all kinds
  std::vector<ScriptCommand> commands;   ///< of its scripts
  bool is_library = false;               ///< its build is for other packages, so that no page loads it
  bool is_exported = false;              ///< Next.js: a folder of pages, which no server of Next.js serves
  bool is_single_page = false;           ///< React Router without a server
  bool is_guess = false;                 ///< nothing names the build's folder
  bool is_unfinished = false;         ///< Next.js: a build in `output` failed or has not ended, so there is no client
  std::string target;                 ///< Angular: the project of the workspace that this is, where there are several
  std::string output;                 ///< folder that the build writes, or would
  std::string client;                 ///< folder of the browser's files in it; empty: there is no build yet
  std::vector<std::string> accounts;  ///< files that may tell of entries or pages, the best first
  std::string base_path = "/";        ///< of the URL that it is served at
  std::vector<std::string> notes;     ///< what a person should know of how these were found

  /// Whether package.json names the package.
  bool depends_on(std::string_view package) const { return dependencies.contains(std::string(package)); }
  /// The command of a script that runs the framework's build; null: no script does.
  const ScriptCommand* build_command() const;
};

/// Reads package.json, the framework's configuration (as text) and what is on the disk. Several where one workspace
/// file names several builds (Angular). Never empty; without a package.json nothing is recognised.
std::vector<Project> read_projects(const FileSystem& files, const std::string& folder);

/// The folders of the workspace's packages: `workspaces` of package.json, pnpm-workspace.yaml, and where a repository
/// of Nx names none, its folders with a project.json. Sorted; at most `limit`.
std::vector<std::string> workspace_folders(const FileSystem& files, const std::string& folder, std::size_t limit);

}  // namespace budgetcheck
