#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "collect/http/time_text.h"
#include "collect/text/field_slots.h"
#include "json/lines/line_reader.h"

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
  static constexpr std::size_t kNumbers = 8;

  Kind kind = Kind::kNone;
  std::string_view method;
  std::string_view url;  ///< escaped as in JSON when `json`
  std::string_view id;   ///< of the request, within its process
  std::string_view process;
  std::string_view host;  ///< the machine
  bool json = false;
  bool caddy = false;          ///< Caddy wrote it
  int status = 0;              ///< 0: it broke off
  double body_bytes = -1;      ///< on the wire
  double transfer_bytes = -1;  ///< with headers
  double time_ms = -1;         ///< where the line leaves no doubt about it
  double at_ms = -1;           ///< when the line was written, since 1970
  /// Numbers without a unit that may be its time: in JSON that of the field `time_name`, the first; in text what
  /// follows the line of the Common or Combined Log Format, by position. Only the whole log tells (see RequestTimes).
  std::array<LoggedNumber, kNumbers> numbers{};
  std::string_view time_name;  ///< lives as long as the program
};

/// "GET /a HTTP/1.1" as method, URL and kind: kMalformed when it is no such line.
void read_request_line(std::string_view request, AccessRecord& record);

/// Three digits from 100 to 999; 0 for anything else.
int status_of(std::string_view text);

/// A number that is not negative, times `scale`; negative for anything else.
double logged_amount(std::string_view text, double scale = 1);

/// A line of JSON: pino-http, Fastify, restify, express-winston, nginx with escape=json, Caddy, Traefik, Google Cloud,
/// Cloudflare. `line` is what `fields` were read from; a guard follows it.
AccessRecord read_json_access(std::string_view line, const std::vector<json::LineField>& fields);

/// The same of line after line: of lines with one layout it chooses the fields once.
class AccessReader {
 public:
  AccessRecord read(std::string_view text, const json::LineReader& line);

 private:
  LayoutChoices choices_;
};

/// pino-http's own place for the size, deeper than fields reach: res.headers["content-length"]. Negative: none.
double content_length_in(std::string_view line);

}  // namespace budgetcheck
