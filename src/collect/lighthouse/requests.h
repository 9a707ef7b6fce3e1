#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "collect/http/request_parts.h"
#include "json/value.h"

namespace budgetcheck {

/// What one run's page requested, from the audit `network-requests`, summed by where it came from. Counts what
/// Lighthouse's own `resource-summary` counts: everything over HTTP but favicons.
class PageRequests {
 public:
  struct Sum {
    double bytes = 0;  ///< on the wire, headers and bodies
    std::uint64_t requests = 0;
    std::uint64_t unknown = 0;  ///< of which the size is not known
  };
  /// By resource type: total, script, image, stylesheet, font, media, document, other.
  using ByType = std::map<std::string_view, Sum>;

  /// One item of the audit's table; items without an HTTP URL are left out.
  void add(const json::Value& item);
  void clear() { *this = PageRequests(); }

  /// Over all origins.
  const ByType& all() const { return all_; }
  /// By origin ("https://cdn.example.com"); printable.
  const std::map<std::string, ByType>& by_origin() const { return by_origin_; }
  /// By what Lighthouse calls an entity, the company behind some origins, and that entity's origins; printable.
  struct Entity {
    Sum sum;
    std::set<std::string> origins;
  };
  const std::map<std::string, Entity>& by_entity() const { return by_entity_; }
  /// The requests themselves, by their names.
  const RequestParts& parts() const { return parts_; }
  /// Requests to origins beyond the first kMaxOrigins.
  std::uint64_t left_out() const { return left_out_; }
  /// The status with which the document at `url` answered, when it is an error (400 and above); 0: it is not known to
  /// be one. A fragment of the URL does not count.
  int error_status(std::string_view url) const;
  static constexpr int kFirstError = 400;
  static constexpr std::size_t kMaxOrigins = 1000;

 private:
  ByType all_;
  std::map<std::string, ByType> by_origin_;
  std::map<std::string, Entity> by_entity_;
  RequestParts parts_;
  std::uint64_t left_out_ = 0;
  std::map<std::string, int, std::less<>> error_documents_;  ///< by URL, never shown
};

}  // namespace budgetcheck
