#include "collect/bundle/parts.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "base/append.h"
#include "base/text.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMostParts = 20'000;
constexpr std::size_t kFewestOfPlace = 50;
constexpr std::size_t kMostPlaces = 400;
constexpr std::size_t kNameWidth = 200;
constexpr std::string_view kFamily = "bundle.";

std::string part_name(std::string_view name) { return shorten_middle(printable(name), kNameWidth); }

class PartsOfBuild {
 public:
  PartsOfBuild(const Build& build, const std::vector<FileSizes>& sizes, Facts& facts)
      : build_(build), sizes_(sizes), facts_(facts), places_(std::min(build.entries.size(), kMostPlaces) + 1) {}

  void add() {
    if (modules_are_whole()) {
      add_modules({}, [](std::uint32_t) { return true; });
      add_entries_of_modules();
    } else if (build_.has_files && build_.hidden_files == 0) {
      std::vector<std::size_t> all(build_.files.size());
      for (std::size_t i = 0; i < all.size(); ++i) {
        all[i] = i;
      }
      add_files({}, all);
      for (std::size_t i = 0; i + 1 < places_; ++i) {
        if (build_.entries[i].hidden == 0) {
          add_files(place_of(build_.entries[i]), build_.entries[i].files);
        }
      }
    }
  }

 private:
  using Owner = std::uint32_t;
  struct Piece {
    double bytes = 0;
    std::uint32_t importer = BundledModules::kNone;
    bool seen = false;
  };

  bool modules_are_whole() const {
    const BundledModules& all = build_.modules;
    return build_.packages.listed && build_.packages.hidden_reason.empty() && !all.too_many && !all.modules.empty() &&
           std::all_of(all.modules.begin(), all.modules.end(), [](const auto& m) { return m.bytes >= 0; });
  }

  Labels place_of(const BuildEntry& entry) const { return {{std::string(build_.place), printable(entry.name)}}; }

  void add_entries_of_modules() {
    const BundledModules& all = build_.modules;
    if (std::any_of(all.modules.begin(), all.modules.end(),
                    [](const auto& m) { return m.chunks == BundledModules::kNone; })) {
      return;  // what an entry holds would be too little
    }
    for (std::size_t i = 0; i + 1 < places_; ++i) {
      const BuildEntry& entry = build_.entries[i];
      if (entry.chunks.empty()) {
        continue;
      }
      std::vector<std::uint32_t> chunks = entry.chunks;
      std::sort(chunks.begin(), chunks.end());
      std::vector<bool> holds(all.chunk_sets.size());
      for (std::size_t s = 0; s < holds.size(); ++s) {
        holds[s] = std::any_of(all.chunk_sets[s].begin(), all.chunk_sets[s].end(), [&](std::uint32_t chunk) {
          return std::binary_search(chunks.begin(), chunks.end(), chunk);
        });
      }
      add_modules(place_of(entry), [&](std::uint32_t set) { return static_cast<bool>(holds[set]); });
    }
  }

  template <class Holds>
  void add_modules(const Labels& where, const Holds& holds) {
    const BundledModules& all = build_.modules;
    pieces_.resize(all.owners.size());
    std::vector<Owner> seen;
    for (const BundledModules::Module& module : all.modules) {
      if (!holds(module.chunks)) {
        continue;
      }
      Piece& piece = pieces_[module.owner];
      if (!std::exchange(piece.seen, true)) {
        seen.push_back(module.owner);
      }
      piece.bytes += module.bytes;
      if (tells_more(module.importer, piece.importer)) {
        piece.importer = module.importer;
      }
    }
    std::map<std::string, Part> packages;
    std::map<std::string, Part> modules;
    std::sort(seen.begin(), seen.end());
    for (const Owner owner : seen) {
      const Piece piece = std::exchange(pieces_[owner], {});
      const bool package = all.owners[owner].package;
      const std::string name = part_name(all.owners[owner].name);
      Part& part = (package ? packages : modules)[name];
      part.kind = package ? "package" : "module";
      if (build_.output_bytes) {
        part.kind = bundled_kind(part.kind);
      }
      part.size += piece.bytes;
      if (part.importers.empty() && piece.importer != BundledModules::kNone) {
        part.importers.push_back(part_name(all.owners[piece.importer].name));
      }
    }
    emit(where, std::move(packages));
    emit(where, std::move(modules));
  }

  bool tells_more(std::uint32_t importer, std::uint32_t known) const {
    if (importer == BundledModules::kNone) {
      return false;
    }
    const auto& owners = build_.modules.owners;
    return known == BundledModules::kNone || (owners[known].package && !owners[importer].package);
  }

  void add_files(const Labels& where, const std::vector<std::size_t>& files) {
    std::map<std::string, Part> parts;
    for (const std::size_t i : files) {
      const std::optional<double> size = size_of(i);
      if (!size) {
        return;
      }
      Part& part = parts[part_name(build_.files[i].label)];
      part.kind = "asset";
      part.size += *size;
    }
    emit(where, std::move(parts));
  }

  std::optional<double> size_of(std::size_t i) const {
    if (sizes_.empty()) {
      return build_.files[i].size;
    }
    const bool measured = sizes_[i].state == FileSizes::State::kMeasured;
    return measured ? std::optional<double>(static_cast<double>(sizes_[i].raw)) : std::nullopt;
  }

  void emit(Labels where, std::map<std::string, Part> named) {
    if (!build_.app.empty()) {
      where.set("app", build_.app);
    }
    std::vector<Part> parts;
    for (auto& [name, part] : named) {
      part.metric = kFamily;
      part.where = where;
      part.name = name;
      part.unit = Unit::kBytes;
      if (part.size > 0) {
        parts.push_back(std::move(part));
      }
    }
    keep_biggest(parts, std::clamp(kMostParts / places_, kFewestOfPlace, kMostPartsOfPlace));
    append_to(facts_.parts, std::move(parts));
  }

  const Build& build_;
  const std::vector<FileSizes>& sizes_;
  Facts& facts_;
  std::size_t places_;
  std::vector<Piece> pieces_;  ///< by owner; blank between places
};

}  // namespace

void add_bundle_parts(const Build& build, const std::vector<FileSizes>& sizes, Facts& facts) {
  PartsOfBuild(build, sizes, facts).add();
}

}  // namespace budgetcheck
