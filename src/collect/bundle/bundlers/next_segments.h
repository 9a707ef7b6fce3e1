#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace budgetcheck {

/// The tree of an App Router. Its files have keys, as Next.js writes them in app-build-manifest.json and in the names
/// of chunks: "/(shop)/products/page", "/(shop)/error", "/dashboard/@team/default".
class NextSegments {
 public:
  explicit NextSegments(const std::vector<std::string>& keys);

  /// The pages, by the route that they show. Pages of several slots share one.
  const std::map<std::string, std::vector<std::string>>& pages() const { return pages_; }

  /// The keys of what a browser loads at first for a route of pages(): its pages, what wraps them in their folders and
  /// above (layouts, templates, loading, error and not-found files), and what stands in for slots that the route does
  /// not match. False: of Next.js 13 to 15 only its scripts, since the styles of errors come with the error. That
  /// follows the tree which Next.js builds for a route (next-app-loader), and was compared with what a browser loads.
  std::map<std::string, bool> of_route(const std::string& route) const;

 private:
  std::vector<std::string> matched_pages(const std::string& route) const;
  std::string global_error(const std::vector<std::string>& pages) const;
  void add_slots(const std::vector<std::string>& pages, const std::set<std::string>& folders,
                 std::map<std::string, bool>& out) const;

  std::set<std::string, std::less<>> keys_;
  std::map<std::string, std::vector<std::string>> pages_;
  std::map<std::string, std::set<std::string>> slots_;          ///< of a folder: "/dashboard" → "@team"
  std::map<std::string, std::vector<std::string>> catch_alls_;  ///< pages, by the URL before "[...": "/docs/"
  bool since_14_ = false;
  bool only_pages_ = true;  ///< turbopack of 15 lists a page with its whole tree, and no other file
};

/// The route of a page's key: without groups and slots. Empty for what is not a page.
std::string app_route(std::string_view key);

}  // namespace budgetcheck
