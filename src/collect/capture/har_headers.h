#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "json/value.h"
#include "model/facts.h"

namespace budgetcheck {

/// The value of a header of a request or response of a HAR entry, in lower case; empty for none. Of several the last.
std::string header_value(const json::Value& message, std::string_view wanted);

/// Sets what the response's headers say of caching: cache_control, has_validator, headers_known. A response that has no
/// Cache-Control but an Expires has the "max-age" that this amounts to ("max-age=0" when it is not a time or is in the
/// past). `started` is the entry's startedDateTime, for servers that send no Date.
void read_caching(const json::Value& response, std::string_view started, Exchange& exchange);

/// The request says that nobody has asked for this yet: Sec-Purpose, Purpose, X-Moz or Next.js' own header.
bool is_prefetch(const json::Value& request);

/// The hash of a request: method, full URL and body. `posted`: hash of the body that the capture holds;
/// 0: it holds none, and whether there was one is up to `request`. 0 when a body was sent and is not known.
std::uint64_t request_key(const json::Value& request, std::string_view method, std::string_view url,
                          std::uint64_t posted);

/// The hash that tells requests apart whose answers may differ: `key` and the headers on which an answer depends, which
/// are language, form, login and part, and what the response names under Vary. 0 stays 0.
std::uint64_t with_headers(std::uint64_t key, const json::Value& request, const json::Value& response);

}  // namespace budgetcheck
