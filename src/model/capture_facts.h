#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/location.h"

namespace budgetcheck {

/// One HTTP request and its response, from a capture. Unknown sizes and times are negative.
struct Exchange {
  std::string method;
  std::string path;  ///< of the URL: no scheme, no query string, no fragment
  std::string host;
  std::string route;            ///< "GET /api/users/:id": method and template
  bool route_inferred = false;  ///< the template was guessed from the path, not given by the budgets file
  std::string page;             ///< path of the page that caused it; empty when the capture has no pages
  std::string type;             ///< document, script, stylesheet, image, font, media, fetch, other
  int status = 0;               ///< 0 or negative: failed or blocked, nothing arrived
  double transfer_bytes = -1;   ///< headers and body on the wire
  double body_bytes = -1;       ///< body on the wire
  double decoded_bytes = -1;    ///< body after decompression
  double time_ms = -1;
  std::string content_encoding;  ///< lower case; empty for none
  std::string mime_type;         ///< lower case, without parameters
  bool from_cache = false;
  bool closed = false;            ///< the page closed it: a stream, which has no end of its own, and did not fail
  double start_ms = -1;           ///< when it was sent, since the first request of its page or capture
  std::uint64_t request_key = 0;  ///< hash of method, whole URL and request body; 0: not known
  std::string cache_control;      ///< of the response, lower case; empty for none or unknown
  bool has_validator = false;     ///< the response carries an ETag or a Last-Modified
  bool headers_known = true;      ///< false: the capture holds no response headers, so their absence says nothing
  std::uint32_t visit = 0;        ///< page loads of one input are numbered; what belongs to none has 0
  bool prefetch = false;          ///< the browser fetched it ahead, for a page that may come next
  std::uint32_t path_hash = 0;    ///< of the path with what is private in it; 0: not known
  Location location;              ///< pointer names the entry
};

/// What the elements of one list in the JSON answers of a route hold, over all answers of the capture. Names only.
struct ListFields {
  struct Field {
    std::string name;         ///< as seen from the element: "owner.id"
    double bytes = 0;         ///< in all elements together
    bool everywhere = false;  ///< every element has it
    bool constant = false;    ///< a text, number or word that is the same in every element
  };
  std::string route;  ///< "GET /api/users"
  std::string list;   ///< "users[]"
  std::uint64_t answers = 0;
  std::uint64_t elements = 0;
  double bytes = 0;  ///< of all answers
  std::vector<Field> fields;
  Location location;  ///< of the largest answer
};

/// What captures of HTTP traffic say beyond samples.
struct CaptureFacts {
  std::vector<Exchange> exchanges;
  std::vector<ListFields> list_fields;

  void append(CaptureFacts&& other);
};

}  // namespace budgetcheck
