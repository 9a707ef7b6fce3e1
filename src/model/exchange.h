#pragma once

#include <string_view>

#include "model/capture_facts.h"

namespace budgetcheck {

/// Nothing arrived, or it broke off: the sizes and times of such an exchange say nothing.
inline bool failed(const Exchange& exchange) { return exchange.status <= 0; }

/// The media type (lower case, without parameters) is JSON: application/json, anything+json. A web app manifest is a
/// static file, and not meant.
bool is_json(std::string_view mime_type);

/// The media type is text-like, so that gzip or brotli make it smaller: text, JSON, JavaScript, XML, SVG,
/// WebAssembly, uncompressed fonts. Not: images, WOFF, archives, event streams.
bool is_compressible(std::string_view mime_type);

/// An answer of the application itself, not a static asset: a document, what a script fetched, or JSON.
/// Such exchanges have a route.
bool is_routed(const Exchange& exchange);

}  // namespace budgetcheck
