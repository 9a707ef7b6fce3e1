#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "collect/format.h"
#include "collect/http/request_fields.h"
#include "collect/query_log/key_index.h"

namespace budgetcheck {

/// The route of a request, as far as its line alone tells.
struct LoggedRoute {
  std::string name;       ///< "GET /api/users/:id"
  bool given = false;     ///< by a template or a budget
  bool counts = false;    ///< it is not a static file
  bool inferred = false;  ///< no template gave it
};

/// A request's line without what it was read from: of `record` neither method, URL nor ids are looked at any more.
struct RequestEvent {
  AccessRecord record;
  bool has_id = false;
  std::uint64_t key = 0;               ///< of the request's id, its process and machine
  const LoggedRoute* route = nullptr;  ///< null: the line has no URL
};

/// Understands which request and which route a line is about.
class RequestEventReader {
 public:
  explicit RequestEventReader(const CollectContext& context) : context_(context) {}

  /// The route is valid until the next call.
  RequestEvent read(const AccessRecord& record);

 private:
  const LoggedRoute& route_of(const std::string& spelling);
  std::uint32_t number_of(LoggedRoute route);

  const CollectContext& context_;
  std::string spelling_;
  // Spellings are many, and their routes few.
  KeyIndex spellings_;
  std::vector<std::uint32_t> routes_of_spellings_;
  std::unordered_map<std::string, std::uint32_t> route_numbers_;
  std::vector<LoggedRoute> route_list_;
};

}  // namespace budgetcheck
