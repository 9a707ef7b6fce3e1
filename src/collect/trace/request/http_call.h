#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace budgetcheck {

/// What the URL of an HTTP call says of where its inputs come from.
struct CallTarget {
  std::string shape;                  ///< "users.example:8080/users/:id?day": ids and the values of a query taken out
  std::string path;                   ///< with its ids
  std::vector<std::string_view> ids;  ///< segments of the path that are ids, decoded by nobody; views into the URL
  std::vector<std::string_view> values;  ///< of the query; likewise
};

CallTarget read_call_target(std::string_view url);

/// All parts of a URL that another may have been made of: segments of its path, values of its query, and what commas
/// part in them.
std::vector<std::string_view> parts_of_url(std::string_view url);

}  // namespace budgetcheck
