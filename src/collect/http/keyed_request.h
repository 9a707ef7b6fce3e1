#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

// Requests as a rate limiter sees them; for src/collect and what replays them.
namespace budgetcheck {

/// One request of a log or a capture. Views live during the call.
struct KeyedRequest {
  double at_ms = -1;           ///< since 1970; negative: not told
  bool whole_seconds = false;  ///< it is told no better
  std::string_view key;        ///< what tells customers apart; empty: it has none
  std::string_view plan;       ///< its plan's name; empty: not told
  int status = 0;              ///< of the answer; 0: not told
  std::uint64_t line = 0;      ///< of the log, from 1; of a capture the number of the request
};

using TakeKeyedRequest = std::function<void(const KeyedRequest& request)>;

/// Where a value stands that a variable of nginx names, or a field that somebody named.
struct KeyPlace {
  std::vector<std::string> names;  ///< of fields: dotted paths in JSON, "name=" in text, columns; the first counts
  std::string header;              ///< of a request, lower case: "x-api-key"; empty: it is none
  std::string argument;            ///< of a URL's query; empty: it is none
  int word = 0;                    ///< in text, from 1 for the first and -1 for the last; 0: none

  bool empty() const { return names.empty() && header.empty() && argument.empty() && word == 0; }
};

/// "$http_x_api_key", "$remote_addr", "$arg_key", "$tenant"; or a field: "req.headers.x-api-key", "-1" for the last
/// word of a line of text.
KeyPlace key_place(const std::string& written);

/// The value of an argument of a URL's query, as written; empty: it has none of that name.
std::string_view argument_of(std::string_view url, std::string_view name);

/// What was seen of a log or a capture.
struct KeyedCounts {
  std::uint64_t lines = 0;
  std::uint64_t requests = 0;
  std::uint64_t not_understood = 0;  ///< lines that are no request's
};

}  // namespace budgetcheck
