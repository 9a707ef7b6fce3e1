#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "model/routes/route_names.h"

namespace budgetcheck {

/// Path templates of a budgets file (`routes:`), such as "/api/users/:id": a segment that begins with ':' or is in
/// brackets ("[id]", "{id}") stands for any one segment, "*" at the end for any rest ("[...slug]" too). And the names
/// that routes have in budgets and in the base's results, which inference leaves alone.
class RouteTable {
 public:
  RouteTable() = default;
  explicit RouteTable(std::vector<std::string> templates, RouteNames names = {});

  struct Match {
    std::string route;
    bool inferred = false;  ///< no template fits: segments that look like ids were replaced by ":id"
    bool given = false;     ///< a template fits, or a budget names exactly this route
  };
  /// `path` without query string. The template with the most literal segments wins. A path that has no id-like
  /// segment and fits no template is its own route, and not inferred; so is one that a budget of this method names.
  Match match(std::string_view path, std::string_view method = {}) const;

  /// Whether the route "GET /a/b" keeps its name when another was inferred by what else was requested: a budget selects
  /// it and not the other, or the base measured it under this name.
  bool keeps(const std::string& route, const std::string& other) const;
  /// The base measured it under this name.
  bool was_measured(const std::string& route) const { return measured_.contains(route); }
  const RouteNames& names() const { return names_; }

 private:
  struct Template {
    std::string text;
    std::vector<std::string> segments;
    std::size_t literals = 0;
    bool open_ended = false;
  };
  /// A budget selects `route` and not `other`.
  bool prefers(const std::string& route, const std::string& other) const;
  Match infer(const std::vector<std::string>& segments, std::string_view method) const;

  std::vector<Template> templates_;
  RouteNames names_;
  std::unordered_set<std::string> measured_;
  std::unordered_set<std::string> plain_;  ///< what budgets select without wildcards
  std::vector<std::string> globs_;         ///< the others
};

/// The path of a URL (or of a path): no scheme, host, query string or fragment; "/" when there is none.
std::string path_of_url(std::string_view url);
/// Host and port of a URL, lower case; empty when there is none.
std::string host_of_url(std::string_view url);

}  // namespace budgetcheck
