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

/// `own`: what is an id here whatever its form, since the request was asked for it (see parameters_of_url).
CallTarget read_call_target(std::string_view url, const std::vector<std::string_view>& own = {});

/// The segments of a request's URL for which its route has a variable: "B-2087" of "/quote/B-2087" on "/quote/:sku".
/// Views into the URL; empty where the two differ in length or in a fixed segment.
std::vector<std::string_view> parameters_of_url(std::string_view route, std::string_view url);

/// All parts of a URL that another may have been made of: segments of its path, values of its query, and what commas
/// part in them.
std::vector<std::string_view> parts_of_url(std::string_view url);

}  // namespace budgetcheck
