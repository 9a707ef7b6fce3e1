#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace budgetcheck {

/// Finds routes that differ in one segment only because that segment names a thing ("GET /products/red-shoe", …) by how
/// many different ones there are below one parent, and names them together ("GET /products/:slug").
///
/// At least kManySlugs different segments in one place, of which most are made of several words, or kSurelySlugs of any
/// look (kSurelySlugsAtRoot right below the root), are such names. Calls of procedures (/api, /rpc, /trpc) have many
/// names too: there only kSurelySlugs count. What follows the segment must be the same.
class SlugRoutes {
 public:
  static constexpr std::size_t kManySlugs = 20;
  static constexpr std::size_t kSurelySlugs = 100;
  static constexpr std::size_t kSurelySlugsAtRoot = 500;

  /// A route that no template gave; the same one may come again.
  void add(std::string_view route);
  /// To be called when all have been added. False when every route keeps its name.
  bool settle();
  /// The route's name from then on.
  std::string name_of(std::string_view route) const;

 private:
  std::unordered_set<std::string> routes_;
  /// For each pass the places where a segment is a name: hashes of what stands before and behind it.
  std::vector<std::unordered_set<std::uint64_t>> passes_;
};

}  // namespace budgetcheck
