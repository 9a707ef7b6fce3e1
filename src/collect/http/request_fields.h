#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "collect/text/field_slots.h"
#include "json/lines/line_fields.h"

namespace budgetcheck {

/// What one line of an access log says, as views into it. Sizes and times are negative where it has none.
struct AccessRecord {
  enum class Kind : std::uint8_t {
    kNone,       ///< not a request's line
    kBegin,      ///< a request came in: method, URL and id
    kEnd,        ///< a request was answered whose beginning has the URL: id and status
    kWhole,      ///< a request and its answer
    kMalformed,  ///< an answer to what was no HTTP request ("\x16\x03\x01": TLS on a plain port)
  };
  Kind kind = Kind::kNone;
  std::string_view method;
  std::string_view url;  ///< escaped as in JSON when `json`
  std::string_view id;   ///< of the request, within its process
  std::string_view process;
  std::string_view host;  ///< the machine
  bool json = false;
  int status = 0;              ///< 0: it broke off
  double body_bytes = -1;      ///< on the wire
  double transfer_bytes = -1;  ///< with headers
  double time_ms = -1;
  double at_ms = -1;               ///< when the line was written, since 1970
  bool time_without_unit = false;  ///< the log gives a number only, taken for seconds as nginx writes them
};

/// A line of the Common or Combined Log Format, with or without a time behind it: what nginx, Apache and morgan write.
/// kNone when it is none. The time: "0.123" and "rt=0.123" are seconds (nginx), "12.3 ms" milliseconds (morgan); a
/// whole number without a unit could be either of Apache's, and is not taken.
AccessRecord read_common_log(std::string_view line);

/// The fields of a line of JSON: pino-http, Fastify, nginx with escape=json, Caddy, Traefik.
AccessRecord read_json_access(const std::vector<json::LineField>& fields);

/// The same of line after line: of lines with one layout it chooses the fields once.
class AccessReader {
 public:
  AccessRecord read(const json::LineReader& line);

 private:
  LayoutChoices choices_;
};

/// pino-http's own place for the size, deeper than fields reach: res.headers["content-length"]. Negative: none.
double content_length_in(std::string_view line);

}  // namespace budgetcheck
