#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "collect/account.h"
#include "collect/bundle/browser_files.h"
#include "collect/format.h"

namespace budgetcheck {

/// Files of a build that inputs name without a bundler's document: folders ("dist"), patterns ("dist/**/*.js") and
/// single scripts or styles. All of them together are one build, or one for each `app`: sums over all, by type and by
/// asset. What its pages load at first is known of one folder that says it (pages/folder_pages.h). What a framework's
/// build holds for its server is left out, and what two inputs name is counted once.
class AssetFiles final : public FileGroup {
 public:
  static constexpr std::size_t kMaxFiles = 200'000;

  /// Takes the files of a build out of `paths`, those that the spec names. Of a pattern: scripts, styles, fonts,
  /// images, media and wasm, and beside those pages; source maps and the like are dropped. JSON and what else there is
  /// stays, for the other formats. Tells whether it took any.
  bool take(const InputSpec& spec, std::vector<std::string>& paths) override;
  /// Takes all files below the folder, without those in hidden folders. False: the folder holds no file of a build.
  bool take_folder(const FileSystem& files, const InputSpec& spec) override;
  /// Measures the files and adds one input; nothing when no file was taken.
  void collect(const CollectContext& context, Facts& facts) const override;

 private:
  /// One build.
  struct Files {
    std::vector<NamedFile> paths;
    std::vector<ServerFiles> servers;
    std::vector<std::string> shown;  ///< inputs as the budgets file names them
    std::string root;                ///< the folder that holds all of them
    bool too_many = false;
    bool precompressed = false;
    bool is_folder = false;  ///< all that is in the folder
  };

  static void add(Files& to, const std::string& root, std::vector<std::string> paths, const std::string& shown);
  static void collect(const std::string& app, const Files& files, const CollectContext& context, Facts& facts);

  std::map<std::string, Files> apps_;  ///< by the setting `app`
};

Format asset_files_format();

}  // namespace budgetcheck
