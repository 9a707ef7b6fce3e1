#include "report/html/html_links.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "base/text.h"
#include "report/words/printable.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMostShapes = 40;  ///< of one route
constexpr std::size_t kMostRows = 1200;  ///< of all routes together
constexpr std::size_t kNameWidth = 80;

std::string entry_of(const Location& location) { return location.file + " " + location.pointer; }

std::string label(const Labels& labels, std::string_view name) {
  const std::string* value = labels.find(name);
  return value == nullptr ? "" : *value;
}

void add_link(std::vector<PageLink>& links, const std::map<std::string, PageLink>& all, const std::string& key) {
  const auto found = all.find(key);
  if (!key.empty() && found != all.end()) {
    links.push_back(found->second);
  }
}

/// Whether a part of that name is the statement: names are shortened, and have the shape's key behind them.
bool is_statement(std::string_view name, const std::string& sql) {
  constexpr std::string_view kKey = " [01234567]";
  if (name.ends_with(']') && name.size() > kKey.size() && name.substr(name.size() - kKey.size()).starts_with(" [")) {
    name.remove_suffix(kKey.size());
  }
  constexpr std::size_t kLongestName = 200;
  constexpr std::size_t kWhole = 100'000;
  return name == sql_text(sql, kStatementWidth) || name == shorten_middle(sql_text(sql, kWhole), kLongestName);
}

}  // namespace

std::vector<std::size_t> statement_rows(const std::vector<PartPlace>& places) {
  std::vector<std::size_t> rows;
  std::size_t all = 0;
  for (const PartPlace& place : places) {
    const std::size_t here =
        place.group != kQueryGroup || all >= kMostRows ? 0 : std::min(place.layers.front().parts.size(), kMostShapes);
    rows.push_back(here);
    all += here;
  }
  return rows;
}

PageLinks::PageLinks(const std::vector<PartPlace>& places, const std::vector<RequestGroup>& groups)
    : places_(places), statement_rows_(statement_rows(places)) {
  for (std::size_t g = 0; g < std::min(groups.size(), kMostRequestGroups); ++g) {
    const RequestGroup& group = groups[g];
    const PageLink whole{fmt::format("r{}", g), "Requests of " + group.title};
    pages_.emplace(group.page, whole);
    for (std::size_t i = 0; i < group.requests.size(); ++i) {
      const Exchange& request = *group.requests[i];
      const std::string name = request.route.empty() ? group.title : name_text(request.route, kNameWidth);
      const PageLink link = i < group.shown ? PageLink{fmt::format("r{}-{}", g, i), "Request " + name} : whole;
      routes_.emplace(request.route, link);
      entries_.emplace(entry_of(request.location), link);
    }
  }
}

/// The place with the most labels of those that the verdict is on: an entry's rather than the whole build's.
const PartPlace* PageLinks::nearest(std::string_view group, const Labels& where) const {
  const PartPlace* nearest = nullptr;
  for (const PartPlace& place : places_) {
    if (place.group == group && place.where.subset_of(where) &&
        (nearest == nullptr || place.where.size() > nearest->where.size())) {
      nearest = &place;
    }
  }
  return nearest;
}

const PartPlace* PageLinks::bundle_with(const std::string& part) const {
  for (const PartPlace& place : places_) {
    const auto is_part = [&](const PlacePart& one) { return one.name == part; };
    if (place.group == kBundleGroup && std::any_of(place.layers.begin(), place.layers.end(), [&](const auto& layer) {
          return std::any_of(layer.parts.begin(), layer.parts.end(), is_part);
        })) {
      return &place;
    }
  }
  return nullptr;
}

const PartPlace* PageLinks::route(std::string_view group, const std::string& route) const {
  const auto found = std::find_if(places_.begin(), places_.end(), [&](const PartPlace& place) {
    return place.group == group && label(place.where, "route") == route;
  });
  return found == places_.end() ? nullptr : &*found;
}

void PageLinks::add(std::vector<PageLink>& links, const PartPlace* place) const {
  if (place != nullptr) {
    links.push_back({fmt::format("p{}", place - places_.data()), (place->group == kBundleGroup ? "Parts of "
                                                                  : place->group == kLoadGroup ? "Weight of "
                                                                                               : "Fields of ") +
                                                                     place->title});
  }
}

void PageLinks::add_statements(std::vector<PageLink>& links, const std::string& route, const std::string& sql) const {
  for (std::size_t p = 0; p < places_.size(); ++p) {
    const PartPlace& place = places_[p];
    if (statement_rows_[p] == 0 || (!route.empty() && label(place.where, "route") != route)) {
      continue;
    }
    const std::vector<PlacePart>& parts = place.layers.front().parts;
    for (std::size_t i = 0; !sql.empty() && i < statement_rows_[p]; ++i) {
      if (is_statement(parts[i].name, sql)) {
        links.push_back({fmt::format("q{}-{}", p, i), "Statement of " + place.title});
        return;
      }
    }
    if (!route.empty()) {
      links.push_back({fmt::format("q{}", p), "Statements of " + place.title});
      return;
    }
  }
}

std::vector<PageLink> PageLinks::of(const Verdict& verdict) const {
  std::vector<PageLink> links;
  const std::string route_name = label(verdict.where, "route");
  if (verdict.metric.starts_with("bundle.")) {
    add(links, nearest(kBundleGroup, verdict.where));
  } else if (verdict.metric.starts_with("queries.")) {
    add_statements(links, route_name, "");
  } else if (verdict.metric.starts_with("payload.")) {
    if (!route_name.empty()) {
      add(links, route(kAnswerGroup, route_name));
      add_link(links, routes_, route_name);
    } else {
      add(links, nearest(kLoadGroup, verdict.where));
      add_link(links, pages_, label(verdict.where, "page"));
    }
  } else if (verdict.metric.starts_with("lighthouse.resource.")) {
    add(links, nearest(kLoadGroup, verdict.where));
    // Of another visit, but of the same page.
    add_link(links, pages_, label(verdict.where, "page"));
  }
  return links;
}

std::vector<PageLink> PageLinks::of(const Finding& finding) const {
  std::vector<PageLink> links;
  if (!finding.evidence.sql.empty()) {
    add_statements(links, finding.evidence.route, finding.evidence.sql);
    return links;
  }
  add_link(links, entries_, entry_of(finding.location));
  if (!links.empty()) {
    add(links, route(kAnswerGroup, finding.subject));
  } else {
    add(links, bundle_with(finding.subject));
  }
  return links;
}

}  // namespace budgetcheck
