#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/report.h"

namespace budgetcheck {

/// One piece of a place, beside its size at the base.
struct PlacePart {
  std::string name;  ///< printable, bounded
  double size = 0;   ///< 0: gone
  /// At the base; 0: new there. Nothing: not known.
  std::optional<double> base;
  std::string importer;  ///< may be empty
};

/// The pieces of one kind at one place.
struct PartLayer {
  std::string words;  ///< "packages and modules, bytes of source", "files"
  Unit unit = Unit::kBytes;
  bool has_base = false;
  double total = 0;
  double base_total = 0;
  std::vector<PlacePart> parts;  ///< biggest first, those that are gone last
  std::size_t left_out = 0;      ///< how many small ones are not among `parts`
  double left_out_size = 0;
};

/// An entry of a bundle, or the answers of a route.
struct PartPlace {
  std::string title;              ///< "entry=main", "the whole build", "GET /api/users"
  std::string group;              ///< kBundleGroup, kAnswerGroup, kLoadGroup or kQueryGroup
  Labels where;                   ///< of the samples that the parts are of
  std::vector<PartLayer> layers;  ///< the most telling first, never empty
};

inline constexpr std::string_view kBundleGroup = "Bundles";
inline constexpr std::string_view kAnswerGroup = "JSON answers";
inline constexpr std::string_view kQueryGroup = "Queries";
inline constexpr std::string_view kLoadGroup = "Page loads";

/// Statements are cut to so many characters.
inline constexpr std::size_t kStatementWidth = 280;

/// The places of Report::parts, of bundles first, in the report's order; bounded in places and parts. Where a report
/// has no parts, those samples that name an asset.
std::vector<PartPlace> part_places(const Report& report);

inline constexpr std::size_t kMostPlaces = 60;
inline constexpr std::size_t kMostPlaceParts = 6000;  ///< of all places together

}  // namespace budgetcheck
