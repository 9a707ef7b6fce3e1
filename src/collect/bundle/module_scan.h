#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "collect/bundle/build.h"

namespace budgetcheck {

/// Gathers modules and the chunks that hold them while stats stream past: what a bundle is made of. A module that is
/// listed several times (under several chunks, or inside of several joined modules) is one. Memory: some 100 bytes for
/// each module of the project's own, 70 for one of a package, and no more than kMaxModules of them.
class ModuleScan {
 public:
  static constexpr std::size_t kMaxModules = 500'000;
  /// Members of all chunk sets together.
  static constexpr std::size_t kMaxSetMembers = 4'000'000;

  struct Listing {
    std::string_view identity;   ///< the same for the same module; empty: its name is
    std::string_view name;       ///< as the bundler shows it
    std::string_view condition;  ///< path of its file; empty: none, or not told
    std::string_view importer;   ///< name of the module that asks for it; may be empty
    double bytes = -1;           ///< negative: not known
  };
  /// Gives the module's number; kNone for what is no module, or beyond the limits.
  std::uint32_t add(const Listing& listing);
  /// The module lies in these chunks too.
  void place(std::uint32_t module, const std::vector<std::uint32_t>& chunks);
  /// A module that is in no chunk still tells who asks for its package.
  void note_importer(const Listing& listing);
  std::uint32_t chunk_number(std::string_view id);

  BundledModules take();

 private:
  std::uint32_t owner_of(std::string_view name, std::string_view condition);
  std::uint32_t owner_number(std::string name, bool package);
  std::uint32_t set_number(std::vector<std::uint32_t> chunks);
  bool is_better(std::uint32_t owner, std::uint32_t importer, std::uint32_t known) const;

  BundledModules found_;
  std::unordered_map<std::uint64_t, std::uint32_t> by_identity_;
  std::unordered_map<std::string, std::uint32_t> owners_;
  std::unordered_map<std::uint32_t, std::uint32_t> noted_importers_;  ///< by owner
  std::unordered_map<std::string, std::uint32_t> chunks_;
  std::map<std::vector<std::uint32_t>, std::uint32_t> sets_;
  std::size_t set_members_ = 0;
};

}  // namespace budgetcheck
