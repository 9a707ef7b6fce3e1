#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_set>

#include "collect/bundle/build.h"
#include "collect/bundle/package_path.h"

namespace budgetcheck {

/// Gathers package folders while modules stream past. Memory grows with the number of folders, plus eight bytes
/// for each module of a package.
class PackageScan {
 public:
  struct Module {
    std::string_view identity;  ///< the same for the same module; empty: unknown
    std::string_view name;
    std::string_view condition;  ///< absolute path of its file; empty: none, or not told
    bool condition_told = false;
    std::string_view importer;  ///< name of the module that asks for it; may be empty
    double bytes = 0;
    bool bundled = true;  ///< false: read but in no chunk; only tells who asks for the package
  };
  void add(const Module& module);
  BundledPackages take();

  bool listed = false;
  std::string hidden_reason;

 private:
  struct Folder {
    std::string package;
    std::string shown;
    std::string importer;
    double bytes = 0;
    bool bundled = false;
  };
  using Folders = std::map<std::string, Folder, std::less<>>;

  static Folder new_folder(const PackagePath& where, const Module& module);

  // Two keys for one folder would make a copy out of nothing, so absolute and relative paths never meet in a table.
  Folders by_condition_;
  Folders by_name_;
  std::unordered_set<std::uint64_t> seen_;
};

}  // namespace budgetcheck
