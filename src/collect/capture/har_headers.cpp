#include "collect/capture/har_headers.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "base/date.h"
#include "base/hash.h"
#include "base/number.h"
#include "base/text.h"

namespace budgetcheck {
namespace {

using json::Value;

constexpr std::size_t kLongestHeader = 200;

const Value* find_header(const Value& message, std::string_view wanted) {
  const Value* headers = message.find("headers");
  const json::Array* list = headers == nullptr ? nullptr : headers->array();
  const Value* found = nullptr;
  for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
    if (equals_ignoring_case((*list)[i].string_or("name", ""), wanted)) {
      found = &(*list)[i];
    }
  }
  return found;
}

std::string_view raw_header(const Value& message, std::string_view wanted) {
  const Value* header = find_header(message, wanted);
  return header == nullptr ? std::string_view() : trim(header->string_or("value", ""));
}

/// Seconds that the response is fresh by its Expires.
double fresh_seconds(const Value& response, std::string_view expires, std::string_view started) {
  const std::optional<double> until = http_time_ms(expires);
  std::optional<double> now = http_time_ms(raw_header(response, "date"));
  now = now ? now : time_ms(started);
  return until && now ? std::max(0.0, std::floor((*until - *now) / 1000)) : 0;
}

bool has_headers(const Value& response) {
  const Value* headers = response.find("headers");
  return headers != nullptr && headers->array() != nullptr && !headers->array()->empty();
}

}  // namespace

std::string header_value(const Value& message, std::string_view wanted) { return lower(raw_header(message, wanted)); }

void read_caching(const Value& response, std::string_view started, Exchange& exchange) {
  exchange.headers_known = has_headers(response);
  exchange.has_validator = !raw_header(response, "etag").empty() || !raw_header(response, "last-modified").empty();
  exchange.cache_control = printable(shorten(header_value(response, "cache-control"), kLongestHeader));
  const Value* expires = find_header(response, "expires");
  if (exchange.cache_control.empty() && expires != nullptr) {
    exchange.cache_control =
        "max-age=" + format_number(fresh_seconds(response, trim(expires->string_or("value", "")), started));
  }
}

bool is_prefetch(const Value& request) {
  static constexpr std::array<std::string_view, 3> kPurposes{"sec-purpose", "purpose", "x-moz"};
  return std::any_of(kPurposes.begin(), kPurposes.end(),
                     [&](std::string_view name) {
                       return header_value(request, name).find("prefetch") != std::string::npos;
                     }) ||
         !raw_header(request, "next-router-prefetch").empty();
}

std::uint64_t request_key(const Value& request, std::string_view method, std::string_view url, std::uint64_t posted) {
  const bool bodiless = method == "GET" || method == "HEAD" || method == "OPTIONS";
  const Value* size = request.find("bodySize");
  const bool empty = size != nullptr && size->number() != nullptr && *size->number() == 0;
  if (posted == 0 && !bodiless && (!empty || request.find("postData") != nullptr)) {
    return 0;
  }
  constexpr std::uint64_t kFactor = 0x9E3779B97F4A7C15;
  std::uint64_t key = hash64(method);
  key = key * kFactor ^ hash64(url.substr(0, url.find('#')));
  key = key * kFactor ^ posted;
  return key == 0 ? 1 : key;
}

std::uint64_t with_headers(std::uint64_t key, const Value& request, const Value& response) {
  static constexpr std::array<std::string_view, 4> kAlways{"accept", "accept-language", "authorization", "range"};
  // They differ from request to request, and no answer shows it.
  static constexpr std::array<std::string_view, 5> kNever{"origin", "cookie", "user-agent", "accept-encoding",
                                                          "referer"};
  if (key == 0) {
    return 0;
  }
  constexpr std::uint64_t kFactor = 0x9E3779B97F4A7C15;
  const auto add = [&](std::string_view name) {
    const std::string_view value = raw_header(request, name);
    key = value.empty() ? key : (key ^ hash64(lower(name))) * kFactor ^ hash64(value);
  };
  std::for_each(kAlways.begin(), kAlways.end(), add);
  for (std::string_view name : split(raw_header(response, "vary"), ',')) {
    name = trim(name);
    const std::string spelt = lower(name);
    const auto is = [&](std::string_view other) { return other == spelt; };
    if (!name.empty() && std::none_of(kAlways.begin(), kAlways.end(), is) &&
        std::none_of(kNever.begin(), kNever.end(), is)) {
      add(name);
    }
  }
  return key == 0 ? 1 : key;
}

}  // namespace budgetcheck
