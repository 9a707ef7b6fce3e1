#include "collect/capture/har_entry.h"

#include <array>
#include <cmath>
#include <utility>

#include "base/date.h"
#include "base/hash.h"
#include "base/number.h"
#include "base/text.h"
#include "collect/capture/har_headers.h"
#include "collect/http/url_parts.h"
#include "model/exchange.h"

namespace budgetcheck {
namespace {

using json::Value;

/// Beyond this a double no longer counts single bytes.
constexpr double kMostPlausible = 9007199254740992.0;
constexpr double kUnknown = -1;

/// A size or a time; kUnknown when it is missing, -1 or implausible.
double measure_of(const Value* value, std::uint32_t& implausible) {
  if (value == nullptr || value->is_null()) {
    return kUnknown;
  }
  const double* number = value->number();
  if (number != nullptr && *number == kUnknown) {
    return kUnknown;
  }
  if (number == nullptr || !std::isfinite(*number) || *number < 0 || *number > kMostPlausible) {
    ++implausible;
    return kUnknown;
  }
  return *number;
}

/// true, or a word such as "disk".
bool is_set(const Value* value) {
  if (value == nullptr) {
    return false;
  }
  if (const bool* flag = value->boolean()) {
    return *flag;
  }
  const std::string* text = value->string();
  return text != nullptr && !text->empty() && *text != "false";
}

bool came_from_cache(const Value& entry, const Value& response) {
  // What a service worker answers crosses the wire, if at all, as a request of its own, which has its own entry.
  static constexpr std::array<std::string_view, 5> kFlags{"_fromCache", "fromDiskCache", "_servedFromCache",
                                                          "_fetchedViaServiceWorker", "_fromServiceWorker"};
  for (const std::string_view flag : kFlags) {
    if (is_set(entry.find(flag)) || is_set(response.find(flag))) {
      return true;
    }
  }
  return false;
}

/// Firefox's developer tools: they alone write _securityState, and "afterRequest" of cached responses.
bool by_firefox(const Value& entry) { return entry.find("_securityState") != nullptr; }

bool cached_by_firefox(const Value& entry, const Value& response) {
  const Value* size = response.find("bodySize");
  const double* on_wire = size == nullptr ? nullptr : size->number();
  const Value* decoded = response.at({"content", "size"});
  const double* content = decoded == nullptr ? nullptr : decoded->number();
  const bool nothing_came = on_wire != nullptr && *on_wire == 0 && content != nullptr && *content > 0;
  const Value* cache = entry.find("cache");
  return nothing_came || (cache != nullptr && cache->find("afterRequest") != nullptr);
}

/// How many bytes the kept text stands for; kUnknown when its encoding is not understood.
double text_bytes(const Value& content) {
  const Value* text = content.find("text");
  const Value* counted = text == nullptr ? nullptr : text->find("length");
  const double* length = counted == nullptr ? nullptr : counted->number();
  if (length == nullptr) {
    return kUnknown;
  }
  const std::string_view encoding = content.string_or("encoding", "");
  if (encoding.empty()) {
    return *length;
  }
  if (!equals_ignoring_case(encoding, "base64")) {
    return kUnknown;
  }
  const std::string_view tail = text->string_or("tail", "");
  const double padding = tail.ends_with("==") ? 2 : tail.ends_with("=") ? 1 : 0;
  const double characters = *length - padding;
  const double rest = std::fmod(characters, 4);
  if (rest == 1) {
    return kUnknown;  // no base64 text has that length
  }
  return std::floor(characters / 4) * 3 + (rest == 0 ? 0 : rest - 1);
}

bool has_no_body(const Exchange& exchange) {
  constexpr int kOk = 200;
  constexpr int kNoContent = 204;
  constexpr int kNotModified = 304;
  return exchange.method == "HEAD" || exchange.status < kOk || exchange.status == kNoContent ||
         exchange.status == kNotModified || exchange.body_bytes == 0;
}

bool is_redirect(int status) { return status >= 300 && status < 400 && status != 304; }

double decoded_size(const Exchange& exchange, const Value& content, std::uint32_t& implausible) {
  const bool encoded = !exchange.content_encoding.empty() && exchange.content_encoding != "identity";
  const double size = measure_of(content.find("size"), implausible);
  const double known = size == kUnknown ? text_bytes(content) : size;
  // An empty content beside a body that came over the wire means that nobody kept the content. Compressed, an empty
  // body does take some bytes.
  const bool dropped = known == 0 && exchange.body_bytes > 0 && !encoded;
  if (known != kUnknown && !dropped) {
    return known;
  }
  if (!exchange.from_cache && has_no_body(exchange)) {
    return 0;
  }
  // A browser throws the body of a redirect away; unencoded, it is what came over the wire.
  return is_redirect(exchange.status) && !encoded ? exchange.body_bytes : kUnknown;
}

/// Firefox has no _transferSize. What it calls bodySize is what crossed the wire, headers included; older versions left
/// the headers out, which the Content-Length shows.
void read_firefox_sizes(const Value& response, double headers, double crossed, double& transfer, double& body) {
  if (transfer != kUnknown || crossed == kUnknown) {
    return;
  }
  const std::string length = header_value(response, "content-length");
  if (!length.empty() && length == format_number(crossed)) {
    return;
  }
  transfer = crossed;
  body = headers == kUnknown || headers > crossed ? kUnknown : crossed - headers;
}

void read_sizes(const Value& entry, const Value& response, HarEntry& out) {
  Exchange& exchange = out.exchange;
  double transfer = measure_of(response.find("_transferSize"), out.implausible);
  const double headers = measure_of(response.find("headersSize"), out.implausible);
  double body = measure_of(response.find("bodySize"), out.implausible);
  if (by_firefox(entry)) {
    read_firefox_sizes(response, headers, body, transfer, body);
  }
  exchange.time_ms = measure_of(entry.find("time"), out.implausible);
  if (exchange.from_cache) {
    exchange.transfer_bytes = 0;
    exchange.body_bytes = 0;
  } else {
    const bool parts_known = headers != kUnknown && body != kUnknown;
    const bool body_derivable = transfer != kUnknown && headers != kUnknown && transfer >= headers;
    exchange.transfer_bytes = transfer != kUnknown ? transfer : parts_known ? headers + body : kUnknown;
    exchange.body_bytes = body != kUnknown ? body : body_derivable ? transfer - headers : kUnknown;
  }
  static const Value kNoContent;
  const Value* content = response.find("content");
  exchange.decoded_bytes = decoded_size(exchange, content == nullptr ? kNoContent : *content, out.implausible);
}

/// The browser's own word when it left one; the vocabulary of Exchange::type.
std::string_view type_of(std::string_view resource_type, const Exchange& exchange) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 10> kTypes{{{"document", "document"},
                                                                                         {"script", "script"},
                                                                                         {"stylesheet", "stylesheet"},
                                                                                         {"image", "image"},
                                                                                         {"font", "font"},
                                                                                         {"media", "media"},
                                                                                         {"texttrack", "media"},
                                                                                         {"text-track", "media"},
                                                                                         {"fetch", "fetch"},
                                                                                         {"xhr", "fetch"}}};
  const std::string word = lower(resource_type);
  for (const auto& [name, type] : kTypes) {
    if (word == name) {
      return type;
    }
  }
  if (!word.empty()) {
    return "other";
  }
  const std::string_view type = type_of_mime(exchange.mime_type);
  return type.empty() ? type_of_extension(exchange.path) : type;
}

std::string mime_of(const Value& response) {
  const Value* content = response.find("content");
  return media_type_of(content == nullptr ? "" : content->string_or("mimeType", ""));
}

int status_of(const Value& response) {
  constexpr double kHighest = 999;
  const Value* value = response.find("status");
  const double* number = value == nullptr ? nullptr : value->number();
  const bool answered = number != nullptr && *number > 0 && *number <= kHighest;
  const bool broke_off = is_set(response.find("_failureText")) || is_set(response.find("_error"));
  return answered && !broke_off ? static_cast<int>(*number) : 0;
}

std::string scheme_of(std::string_view url) {
  constexpr std::size_t kLongest = 32;
  const std::size_t colon = url.substr(0, kLongest).find(':');
  return colon == std::string_view::npos ? std::string() : lower(url.substr(0, colon));
}

/// Whether the URL is one of HTTP; else `skip` says what it is.
bool goes_over_http(std::string_view url, HarSkip& skip) {
  const std::string scheme = scheme_of(url);
  skip = scheme.empty()                         ? HarSkip::kMalformed
         : scheme == "data" || scheme == "blob" ? HarSkip::kInline
                                                : HarSkip::kOtherScheme;
  return scheme == "http" || scheme == "https";
}

}  // namespace

void select_har_entry(json::Selector& selector, const std::string& path_of_entry) {
  static constexpr std::array<std::string_view, 33> kWanted{"pageref",
                                                            "startedDateTime",
                                                            "_securityState",
                                                            "_fetchedViaServiceWorker",
                                                            "cache/afterRequest",
                                                            "request/bodySize",
                                                            "request/postData/mimeType",
                                                            "request/headers/*/name",
                                                            "request/headers/*/value",
                                                            "response/_error",
                                                            "response/_fetchedViaServiceWorker",
                                                            "response/_fromServiceWorker",
                                                            "time",
                                                            "_resourceType",
                                                            "_frameref",
                                                            "_fromCache",
                                                            "fromDiskCache",
                                                            "_servedFromCache",
                                                            "request/method",
                                                            "request/url",
                                                            "response/status",
                                                            "response/headersSize",
                                                            "response/bodySize",
                                                            "response/_transferSize",
                                                            "response/_failureText",
                                                            "response/_fromCache",
                                                            "response/fromDiskCache",
                                                            "response/_servedFromCache",
                                                            "response/headers/*/name",
                                                            "response/headers/*/value",
                                                            "response/content/size",
                                                            "response/content/mimeType",
                                                            "response/content/encoding"};
  constexpr std::size_t kPaddingOfBase64 = 2;
  for (const std::string_view path : kWanted) {
    selector.keep(path_of_entry + "/" + std::string(path));
  }
  selector.keep_length_and_tail(path_of_entry + "/response/content/text", kPaddingOfBase64);
}

std::optional<HarEntry> read_har_entry(const Value& entry, const RouteTable& routes, std::uint64_t posted,
                                       HarSkip& skip) {
  const Value* request = entry.find("request");
  const std::string_view url = request == nullptr ? "" : request->string_or("url", "");
  if (!goes_over_http(url, skip)) {
    return std::nullopt;
  }
  static const Value kNoResponse;
  const Value* found = entry.find("response");
  const Value& response = found == nullptr ? kNoResponse : *found;

  HarEntry out;
  out.page_ref = entry.string_or("pageref", "");
  out.frame = entry.string_or("_frameref", "");
  const std::string_view started = entry.string_or("startedDateTime", "");
  out.started_ms = time_ms(started);
  Exchange& exchange = out.exchange;
  exchange.method = method_of(request->string_or("method", "GET"));
  exchange.path = shown_path(url);
  exchange.path_hash = static_cast<std::uint32_t>(hash64(path_of_url(url)) | 1);
  exchange.host = shorten(printable(host_of_url(url)), 253);
  const RouteTable::Match match = routes.match(exchange.path, exchange.method);
  exchange.route = exchange.method + " " + match.route;
  exchange.route_inferred = match.inferred;
  out.templated = match.given;
  exchange.status = status_of(response);
  exchange.mime_type = mime_of(response);
  exchange.type = type_of(entry.string_or("_resourceType", ""), exchange);
  exchange.content_encoding = printable(shorten(header_value(response, "content-encoding"), 40));
  exchange.from_cache = !failed(exchange) &&
                        (came_from_cache(entry, response) || (by_firefox(entry) && cached_by_firefox(entry, response)));
  exchange.request_key = request_key(*request, exchange.method, url, posted);
  exchange.prefetch = is_prefetch(*request);
  read_caching(response, started, exchange);
  if (!failed(exchange)) {
    read_sizes(entry, response, out);
  }
  return out;
}

}  // namespace budgetcheck
