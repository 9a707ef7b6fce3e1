#include "collect/capture/har_entry.h"

#include <algorithm>
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

bool has_flag(const Value& entry, const Value& response, std::string_view flag) {
  return is_set(entry.find(flag)) || is_set(response.find(flag));
}

/// Safari's word for where a response came from: "Network Load", "Memory Cache", "Disk Cache", "Service Worker".
std::string fetch_type(const Value& entry) { return lower(entry.string_or("_fetchType", "")); }

bool came_from_cache(const Value& entry, const Value& response) {
  static constexpr std::array<std::string_view, 3> kFlags{"_fromCache", "fromDiskCache", "_servedFromCache"};
  return fetch_type(entry).ends_with("cache") || std::any_of(kFlags.begin(), kFlags.end(), [&](std::string_view flag) {
           return has_flag(entry, response, flag);
         });
}

bool came_from_worker(const Value& entry, const Value& response) {
  return has_flag(entry, response, "_fetchedViaServiceWorker") || has_flag(entry, response, "_fromServiceWorker") ||
         fetch_type(entry) == "service worker";
}

double number_at(const Value& value, std::string_view key) {
  const Value* found = value.find(key);
  const double* number = found == nullptr ? nullptr : found->number();
  return number == nullptr ? kUnknown : *number;
}

/// Playwright writes how much crossed the wire less the headers: for what did not, that is a body of less than nothing.
bool crossed_no_wire(const Value& response) {
  const double headers = number_at(response, "headersSize");
  return headers > 0 && number_at(response, "_transferSize") == 0 && number_at(response, "bodySize") == -headers;
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

bool is_encoded(const Exchange& exchange) {
  return !exchange.content_encoding.empty() && exchange.content_encoding != "identity";
}

/// A body came over the wire that is more than what an empty one compresses to (20 bytes of gzip, sent in a chunk).
bool has_body(const Exchange& exchange, const Value& response, bool encoded) {
  constexpr double kMostOfEmpty = 31;
  constexpr double kMostHeaders = 8192;  ///< what servers allow
  const double least = encoded ? kMostOfEmpty : 0;
  if (exchange.body_bytes != kUnknown) {
    return exchange.body_bytes > least;
  }
  const std::optional<double> length = parse_number(header_value(response, "content-length"));
  return length ? *length > least : exchange.transfer_bytes > kMostHeaders;
}

/// A size of 0 of which the headers of the response say that there was a body: the recorder saw none, as WebPageTest's
/// did over SPDY.
bool is_unseen(const Exchange& exchange, const Value& response, double body) {
  constexpr int kOk = 200;
  const Value* content = response.find("content");
  const Value* size = content == nullptr ? nullptr : content->find("size");
  const bool seen = size != nullptr && size->number() != nullptr && *size->number() > 0;
  const std::optional<double> length = parse_number(header_value(response, "content-length"));
  return body == 0 && !seen && !exchange.from_cache && exchange.status == kOk && exchange.method != "HEAD" &&
         (length ? *length > 0 : is_encoded(exchange));
}

double decoded_size(const Exchange& exchange, const Value& response, const Value& content, std::uint32_t& implausible) {
  const bool encoded = is_encoded(exchange);
  const double size = measure_of(content.find("size"), implausible);
  const double known = size > 0 ? size : std::max(size, text_bytes(content));
  // An empty content beside a body that came over the wire means that nobody kept the content.
  const bool dropped = known == 0 && exchange.method != "HEAD" && has_body(exchange, response, encoded);
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
  double body = out.may_be_through_worker ? 0 : measure_of(response.find("bodySize"), out.implausible);
  if (by_firefox(entry)) {
    read_firefox_sizes(response, headers, body, transfer, body);
  }
  body = is_unseen(exchange, response, body) ? kUnknown : body;
  const double time = measure_of(entry.find("time"), out.implausible);
  exchange.time_ms = exchange.closed ? kUnknown : time;  // of a stream it says when somebody left
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
  exchange.decoded_bytes =
      decoded_size(exchange, response, content == nullptr ? kNoContent : *content, out.implausible);
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

/// Its answer goes on until somebody closes it.
bool is_stream(std::string_view resource_type, std::string_view mime) {
  static constexpr std::array<std::string_view, 7> kTypes{
      "text/event-stream",       "application/x-ndjson",      "application/ndjson", "application/jsonl",
      "application/stream+json", "multipart/x-mixed-replace", "multipart/mixed"};
  return equals_ignoring_case(resource_type, "eventsource") ||
         std::find(kTypes.begin(), kTypes.end(), mime) != kTypes.end() || mime.starts_with("application/grpc-web") ||
         mime.starts_with("application/connect+");
}

std::string_view failure_of(const Value& response) {
  const std::string_view text = response.string_or("_failureText", "");
  return text.empty() ? response.string_or("_error", "") : text;
}

/// The words of Chromium, Firefox and WebKit.
bool says_given_up(std::string_view failure) {
  const std::string text = lower(failure);
  return text.find("abort") != std::string::npos || text.find("cancel") != std::string::npos;
}

/// Sets status and closed, for which type and media type must be known.
void read_ending(const Value& entry, const Value& response, HarEntry& out) {
  constexpr double kHighest = 999;
  Exchange& exchange = out.exchange;
  const double status = number_at(response, "status");
  const bool answered = status > 0 && status <= kHighest;
  const bool broke_off = is_set(response.find("_failureText")) || is_set(response.find("_error"));
  out.given_up = broke_off && says_given_up(failure_of(response));
  const bool unsized = number_at(response, "_transferSize") < 0 && number_at(response, "bodySize") < 0;
  exchange.closed = answered && (out.given_up || (!broke_off && unsized)) &&
                    is_stream(entry.string_or("_resourceType", ""), exchange.mime_type);
  exchange.status = answered && (!broke_off || exchange.closed) ? static_cast<int>(status) : 0;
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
  static constexpr std::array<std::string_view, 38> kWanted{"pageref",
                                                            "startedDateTime",
                                                            "_securityState",
                                                            "_fetchedViaServiceWorker",
                                                            "_serviceWorkerRef",
                                                            "_apiRequest",
                                                            "_apiRequestRef",
                                                            "_fetchType",
                                                            "response/redirectURL",
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
  exchange.host = shown_host(url);
  const RouteTable::Match match = routes.match(exchange.path, exchange.method);
  exchange.route = exchange.method + " " + match.route;
  exchange.route_inferred = match.inferred;
  out.templated = match.given;
  exchange.mime_type = mime_of(response);
  exchange.type = type_of(entry.string_or("_resourceType", ""), exchange);
  read_ending(entry, response, out);
  exchange.content_encoding = printable(shorten(header_value(response, "content-encoding"), 40));
  out.by_worker = is_set(entry.find("_serviceWorkerRef"));
  out.by_test = is_set(entry.find("_apiRequest")) || is_set(entry.find("_apiRequestRef"));
  out.target = is_redirect(exchange.status) ? std::string(response.string_or("redirectURL", "")) : std::string();
  out.through_worker = !failed(exchange) && came_from_worker(entry, response);
  out.may_be_through_worker = !failed(exchange) && crossed_no_wire(response);
  // What a worker answers crosses the wire, if at all, as a request of its own, which has its own entry.
  exchange.from_cache =
      !failed(exchange) && (out.through_worker || out.may_be_through_worker || came_from_cache(entry, response) ||
                            (by_firefox(entry) && cached_by_firefox(entry, response)));
  out.url_key = request_key(*request, exchange.method, url, posted);
  exchange.request_key = with_headers(out.url_key, *request, response);
  exchange.prefetch = is_prefetch(*request);
  read_caching(response, started, exchange);
  if (!failed(exchange)) {
    read_sizes(entry, response, out);
  }
  return out;
}

}  // namespace budgetcheck
