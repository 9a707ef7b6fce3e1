#include "report/html/html_parts.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "judge/change/part_changes.h"
#include "report/words/printable.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kNameWidth = 140;
constexpr std::size_t kFewestParts = 40;
constexpr std::size_t kMostOfLayer = 600;

/// What a layer shows: the key that distinguishes layers. Packages, and the modules outside of packages, are one:
/// together they are all of a place.
std::string layer_words(std::string_view kind) {
  if (is_package_kind(kind) || is_module_kind(kind)) {
    return kind == "package" || kind == "module" ? "packages and modules, bytes of source"
                                                 : "packages and modules, bytes of output";
  }
  return kind == "asset"     ? "files"
         : kind == "field"   ? "fields, bytes of decoded JSON"
         : kind == "query"   ? "statements of one request"
         : kind == "request" ? "requests, bytes on the wire"
                             : name_text(kind, 40);
}

std::string group_of(std::string_view kind) {
  return std::string(kind == "field"     ? kAnswerGroup
                     : kind == "query"   ? kQueryGroup
                     : kind == "request" ? kLoadGroup
                                         : kBundleGroup);
}

std::string title_of(const Labels& where, std::string_view group) {
  if (where.empty()) {
    return group == kBundleGroup ? "the whole build" : "everything";
  }
  const std::string* route = where.find("route");
  return name_text(route != nullptr && where.size() == 1 ? *route : to_string(where), kNameWidth);
}

using Parts = std::vector<const Part*>;
struct Sides {
  Parts head;
  Parts base;
};

/// In the order of the head's parts: by group, place and layer.
struct Key {
  std::string group;
  Labels where;
  auto operator<=>(const Key&) const = default;
};

PartLayer layer_of(const Sides& sides, std::size_t most) {
  PartLayer layer;
  layer.words = layer_words(sides.head.front()->kind);
  layer.unit = sides.head.front()->unit;
  layer.has_base = are_comparable(sides.base, sides.head);
  std::map<std::pair<std::string, std::string>, const Cause*> changes;
  std::set<std::pair<std::string_view, std::string_view>> known;
  std::vector<Cause> causes;
  if (layer.has_base) {
    causes = part_changes(sides.base, sides.head);
    for (const Cause& cause : causes) {
      changes.emplace(std::pair(cause.kind, cause.name), &cause);
    }
    for (const Part* part : sides.base) {
      known.emplace(part->kind, part->name);
      layer.base_total += part->size;
    }
  }
  for (const Part* part : sides.head) {
    if (!std::isfinite(part->size) || part->size < 0) {
      continue;
    }
    layer.total += part->size;
    PlacePart one;
    one.name = part->kind == "query" ? sql_text(part->name, kStatementWidth) : name_text(part->name, kNameWidth);
    one.size = part->size;
    one.importer = part->importers.empty() ? "" : name_text(part->importers.front(), kNameWidth);
    if (layer.has_base) {
      const auto change = changes.find({part->kind, part->name});
      // Below one unit there is no difference. What the base may have summed up with others is not known.
      const bool same = !is_rest(*part) && known.contains({part->kind, part->name});
      one.base = change != changes.end() ? std::optional(change->second->base)
                 : same                  ? std::optional(part->size)
                                         : std::nullopt;
    }
    layer.parts.push_back(std::move(one));
  }
  std::stable_sort(layer.parts.begin(), layer.parts.end(),
                   [](const PlacePart& a, const PlacePart& b) { return a.size > b.size; });
  for (std::size_t i = most; i < layer.parts.size(); ++i) {
    layer.left_out_size += layer.parts[i].size;
  }
  layer.left_out = layer.parts.size() > most ? layer.parts.size() - most : 0;
  layer.parts.resize(std::min(layer.parts.size(), most));
  for (const Cause& cause : causes) {
    if (cause.change == Cause::Change::kGone && std::isfinite(cause.base) && layer.parts.size() < most + kFewestParts) {
      layer.parts.push_back({name_text(cause.name, kNameWidth), 0, cause.base, ""});
    }
  }
  return layer;
}

std::vector<Part> parts_of_samples(const std::vector<Sample>& samples) {
  std::vector<Part> parts;
  for (const Sample& sample : samples) {
    const std::string* asset = sample.where.find("asset");
    const double* bytes = std::get_if<Single>(&sample.value);
    if (sample.metric == "bundle.raw" && asset != nullptr && bytes != nullptr) {
      Part part{"bundle.", sample.where, "asset", *asset, sample.unit, *bytes, {}};
      part.where.erase("asset");
      part.where.erase("type");
      part.where.erase("initial");
      parts.push_back(std::move(part));
    }
  }
  return parts;
}

}  // namespace

std::vector<PartPlace> part_places(const Report& report) {
  const bool has_parts = !report.parts.empty();
  const std::vector<Part> head = has_parts ? std::vector<Part>() : parts_of_samples(report.samples);
  const std::vector<Part> base = has_parts ? std::vector<Part>() : parts_of_samples(report.base_samples);

  std::map<Key, std::map<std::string, Sides>> sides;
  std::vector<Key> order;
  for (const Part& part : has_parts ? report.parts : head) {
    const Key key{group_of(part.kind), part.where};
    std::map<std::string, Sides>& place = sides[key];
    if (place.empty()) {
      order.push_back(key);
    }
    place[layer_words(part.kind)].head.push_back(&part);
  }
  for (const Part& part : has_parts ? report.base_parts : base) {
    const auto place = sides.find(Key{group_of(part.kind), part.where});
    if (place != sides.end()) {
      place->second[layer_words(part.kind)].base.push_back(&part);
    }
  }
  std::stable_sort(order.begin(), order.end(), [](const Key& a, const Key& b) { return a.group < b.group; });
  order.resize(std::min(order.size(), kMostPlaces));

  std::vector<PartPlace> places;
  const std::size_t most =
      std::clamp(kMostPlaceParts / std::max<std::size_t>(order.size(), 1), kFewestParts, kMostOfLayer);
  for (const Key& key : order) {
    PartPlace place{title_of(key.where, key.group), key.group, key.where, {}};
    for (const auto& [words, side] : sides[key]) {
      if (!side.head.empty()) {
        place.layers.push_back(layer_of(side, most));
      }
    }
    // Modules say the most; files only where they go.
    std::stable_partition(place.layers.begin(), place.layers.end(),
                          [](const PartLayer& layer) { return layer.words != "files"; });
    places.push_back(std::move(place));
  }
  return places;
}

}  // namespace budgetcheck
