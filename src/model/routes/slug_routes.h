#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace budgetcheck {

class RouteTable;

/// Finds routes that differ in one segment only because that segment names a thing ("GET /products/red-shoe", …) by how
/// many different ones there are below one parent, and names them together ("GET /products/:slug").
///
/// At least kManySlugs different segments in one place, of which most are made of several words, or kSurelySlugs of any
/// look (kSurelySlugsAtRoot right below the root), are such names. Calls of procedures (/api, /rpc, /trpc) have many
/// names too: there only kSurelySlugs count. What follows the segment must be the same. A doubtful segment
/// (SegmentKind) is an id where others in its place are.
///
/// Counting must not rename what others name: a route that a budget selects, or that the base measured, keeps its name
/// and is not counted; where a budget or the base says "GET /products/:slug", one page is enough.
class SlugRoutes {
 public:
  static constexpr std::size_t kManySlugs = 20;
  static constexpr std::size_t kSurelySlugs = 100;
  static constexpr std::size_t kSurelySlugsAtRoot = 500;

  /// `routes`: with the names that are taken; null: none are. It outlives this.
  explicit SlugRoutes(const RouteTable* routes = nullptr);

  /// A route that no template gave; the same one may come again.
  void add(std::string_view route);
  /// To be called when all have been added. False when every route keeps its name.
  bool settle();
  /// The route's name from then on.
  std::string name_of(std::string_view route) const;

 private:
  /// By a name that others have for it: "GET /products/:slug"; empty: they have none.
  std::string known_name_of(std::string_view route) const;
  /// With ":id" for what is doubtful and stands among ids.
  std::string with_ids(std::string_view route) const;

  const RouteTable* table_;
  std::unordered_set<std::string> known_;      ///< names with ":slug" that budgets and the base have
  std::vector<std::uint32_t> known_segments_;  ///< which segments are ":slug" in them, each combination once
  std::unordered_set<std::string> routes_;
  std::unordered_set<std::uint64_t> ids_;                   ///< the places where a segment is an id
  std::unordered_map<std::string, std::string> among_ids_;  ///< new names of routes with a doubtful segment
  bool uses_known_ = false;
  /// For each pass the places where a segment is a name: hashes of what stands before and behind it.
  std::vector<std::unordered_set<std::uint64_t>> passes_;
};

}  // namespace budgetcheck
