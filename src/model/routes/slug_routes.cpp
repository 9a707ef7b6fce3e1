#include "model/routes/slug_routes.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/glob.h"
#include "base/hash.h"
#include "base/text.h"
#include "base/text/id_like.h"
#include "model/route.h"
#include "model/routes/id_segments.h"

namespace budgetcheck {
namespace {

/// Nobody names things deeper than this, and a path may have hundreds of segments.
constexpr std::size_t kDeepest = 8;
constexpr std::size_t kMostPasses = 3;
constexpr double kMost = 0.6;
constexpr std::string_view kSlug = ":slug";

struct Segment {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// The first segments of "GET /a/b", without the slashes.
std::vector<Segment> segments_of(std::string_view route) {
  std::vector<Segment> segments;
  std::size_t at = route.find('/');
  while (at != std::string_view::npos && at + 1 < route.size() && segments.size() < kDeepest) {
    const std::size_t next = std::min(route.find('/', at + 1), route.size());
    if (next > at + 1) {
      segments.push_back({at + 1, next});
    }
    at = next == route.size() ? std::string_view::npos : next;
  }
  return segments;
}

std::string_view text_of(std::string_view route, const Segment& segment) {
  return route.substr(segment.begin, segment.end - segment.begin);
}

bool is_variable(std::string_view segment) { return segment.starts_with(':'); }

/// Made of several words, or of words and digits, or not of ASCII: "red-shoe", "m%C3%BCsli", "shirt42".
bool looks_like_slug(std::string_view segment) {
  const auto is_plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.'; };
  return !std::all_of(segment.begin(), segment.end(), is_plain);
}

bool names_procedures(std::string_view parent) {
  static constexpr std::array<std::string_view, 6> kParents{"api", "rpc", "trpc", "actions", "functions", "rest"};
  const bool version = parent.size() >= 2 && parent[0] == 'v' &&
                       parent.substr(1).find_first_not_of("0123456789") == std::string_view::npos;
  return version || std::find(kParents.begin(), kParents.end(), parent) != kParents.end();
}

std::uint64_t place_of(std::string_view route, const Segment& segment) {
  constexpr std::uint64_t kFactor = 0x9E3779B97F4A7C15;
  return hash64(route.substr(0, segment.begin)) * kFactor + hash64(route.substr(segment.end));
}

struct Place {
  std::size_t names = 0;
  std::size_t slugs = 0;
  std::size_t needed = 0;  ///< of any look
  bool procedures = false;

  bool is_name() const {
    const bool many = names >= SlugRoutes::kManySlugs && needed == SlugRoutes::kSurelySlugs && !procedures &&
                      static_cast<double>(slugs) >= kMost * static_cast<double>(names);
    return many || names >= needed;
  }
};

std::string renamed(std::string_view route, const std::unordered_set<std::uint64_t>& names) {
  for (const Segment& segment : segments_of(route)) {
    if (!is_variable(text_of(route, segment)) && names.contains(place_of(route, segment))) {
      return std::string(route.substr(0, segment.begin)) + std::string(kSlug) + std::string(route.substr(segment.end));
    }
  }
  return std::string(route);
}

std::unordered_set<std::uint64_t> names_among(const std::unordered_set<std::string>& routes) {
  std::unordered_map<std::uint64_t, Place> places;
  for (const std::string& route : routes) {
    const std::vector<Segment> segments = segments_of(route);
    for (std::size_t i = 0; i < segments.size(); ++i) {
      const std::string_view name = text_of(route, segments[i]);
      if (is_variable(name)) {
        continue;
      }
      Place& place = places[place_of(route, segments[i])];
      ++place.names;
      place.slugs += looks_like_slug(name) ? 1U : 0U;
      place.needed = i == 0 ? SlugRoutes::kSurelySlugsAtRoot : SlugRoutes::kSurelySlugs;
      place.procedures = i > 0 && names_procedures(text_of(route, segments[i - 1]));
    }
  }
  std::unordered_set<std::uint64_t> names;
  for (const auto& [hash, place] : places) {
    if (place.is_name()) {
      names.insert(hash);
    }
  }
  return names;
}

}  // namespace

SlugRoutes::SlugRoutes(const RouteTable* routes) : table_(routes) {
  if (table_ == nullptr) {
    return;
  }
  for (const std::vector<std::string>* names : {&table_->names().selected, &table_->names().measured}) {
    for (const std::string& name : *names) {
      const std::vector<Segment> segments = segments_of(name);
      std::uint32_t which = 0;
      for (std::size_t i = 0; i < segments.size(); ++i) {
        which |= text_of(name, segments[i]) == kSlug ? 1U << i : 0U;
      }
      if (which != 0 && !is_glob(name) && known_.insert(name).second &&
          std::find(known_segments_.begin(), known_segments_.end(), which) == known_segments_.end()) {
        known_segments_.push_back(which);
      }
    }
  }
}

std::string SlugRoutes::known_name_of(std::string_view route) const {
  const std::vector<Segment> segments = segments_of(route);
  for (const std::uint32_t which : known_segments_) {
    std::string name;
    std::size_t done = 0;
    for (std::size_t i = 0; i < segments.size(); ++i) {
      if ((which >> i & 1U) != 0 && !is_variable(text_of(route, segments[i]))) {
        name.append(route.substr(done, segments[i].begin - done)).append(kSlug);
        done = segments[i].end;
      }
    }
    name.append(route.substr(done));
    if (done > 0 && known_.contains(name)) {
      return name;
    }
  }
  return {};
}

std::string SlugRoutes::with_ids(std::string_view route) const {
  if (ids_.empty()) {
    return std::string(route);
  }
  const std::vector<Segment> segments = segments_of(route);
  std::vector<std::string_view> texts;
  for (const Segment& segment : segments) {
    texts.push_back(text_of(route, segment));
  }
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (ids_.contains(place_of(route, segments[i])) && !is_variable(texts[i]) &&
        form_of_segment(texts, i).kind == SegmentKind::kDoubtful) {
      return std::string(route.substr(0, segments[i].begin)) + std::string(kId) +
             std::string(route.substr(segments[i].end));
    }
  }
  return std::string(route);
}

void SlugRoutes::add(std::string_view route) {
  std::string name(route);
  if (!known_segments_.empty() && !known_name_of(name).empty()) {
    uses_known_ = true;
    return;
  }
  for (const Segment& segment : segments_of(name)) {
    if (text_of(name, segment) == kId) {
      ids_.insert(place_of(name, segment));
    }
  }
  if (table_ == nullptr || !table_->was_measured(name)) {
    routes_.insert(std::move(name));
  }
}

bool SlugRoutes::settle() {
  std::unordered_set<std::string> routes;
  for (const std::string& route : routes_) {
    std::string name = with_ids(route);
    if (name != route) {
      among_ids_.emplace(route, name);
    }
    routes.insert(std::move(name));
  }
  routes_.clear();
  for (std::size_t pass = 0; pass < kMostPasses; ++pass) {
    std::unordered_set<std::uint64_t> names = names_among(routes);
    if (names.empty()) {
      break;
    }
    std::unordered_set<std::string> next;
    for (const std::string& route : routes) {
      next.insert(renamed(route, names));
    }
    passes_.push_back(std::move(names));
    routes = std::move(next);
  }
  return !passes_.empty() || !among_ids_.empty() || uses_known_;
}

std::string SlugRoutes::name_of(std::string_view route) const {
  std::string name(route);
  const auto rename = [&](std::string other) {
    if (!other.empty() && other != name && (table_ == nullptr || !table_->keeps(std::string(route), other))) {
      name = std::move(other);
    }
  };
  if (!known_segments_.empty()) {
    rename(known_name_of(name));
  }
  if (const auto found = among_ids_.find(name); found != among_ids_.end()) {
    rename(found->second);
  }
  for (const auto& names : passes_) {
    rename(renamed(name, names));
  }
  return name;
}

}  // namespace budgetcheck
