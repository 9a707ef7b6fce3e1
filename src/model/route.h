#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace budgetcheck {

/// Path templates of a budgets file (`routes:`), such as "/api/users/:id": a segment that begins with ':' or is in
/// brackets ("[id]", "{id}") stands for any one segment, "*" at the end for any rest ("[...slug]" too).
class RouteTable {
 public:
  RouteTable() = default;
  explicit RouteTable(std::vector<std::string> templates);

  struct Match {
    std::string route;
    bool inferred = false;  ///< no template fits: segments that look like ids were replaced by ":id"
    bool given = false;     ///< a template fits
  };
  /// `path` without query string. The template with the most literal segments wins. A path that has no id-like
  /// segment and fits no template is its own route, and not inferred.
  Match match(std::string_view path) const;

 private:
  struct Template {
    std::string text;
    std::vector<std::string> segments;
    std::size_t literals = 0;
    bool open_ended = false;
  };
  std::vector<Template> templates_;
};

/// The path of a URL (or of a path): no scheme, host, query string or fragment; "/" when there is none.
std::string path_of_url(std::string_view url);
/// Host and port of a URL, lower case; empty when there is none.
std::string host_of_url(std::string_view url);

}  // namespace budgetcheck
