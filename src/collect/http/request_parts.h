#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "model/labels.h"
#include "model/part.h"

namespace budgetcheck {

/// What one load of a page is made of: its biggest requests, in bounded memory.
class RequestParts {
 public:
  static constexpr std::size_t kMostNames = 2'000;
  static constexpr std::size_t kMostOfPlace = 20;

  /// `name` may be shown: request_name(), or a route. Requests of one name are added up.
  void add(std::string_view type, const std::string& name, double bytes);

  /// What is measured of requests of a type ("": of all).
  struct Place {
    std::string metric;
    Labels where;
  };
  /// Adds the biggest requests of all types together and of each type. `own_host` (as shown_host() has it) is left out
  /// of their names.
  void append_to(std::vector<Part>& parts, std::string_view own_host,
                 const std::function<Place(const std::string& type)>& place_of) const;

 private:
  std::map<std::string, std::map<std::string, double>> bytes_;  ///< by type and name
  std::size_t names_ = 0;
};

/// The name of a request: host and path without query string. Hashes of contents in it are "[hash]".
std::string request_name(std::string_view host, std::string_view path);

}  // namespace budgetcheck
