#pragma once

#include <string_view>

#include "detect/detect.h"

namespace budgetcheck {

/// Rule static-cache-headers: static files of the team's own whose answer lets no browser keep them. Those with a
/// content hash in their name that may be kept for less than min_age, and those of at least min_bytes without a hash
/// that have neither Cache-Control, Expires, ETag nor Last-Modified. One finding for each folder and kind.
void detect_static_cache_headers(const Facts& facts, const Rule& rule, std::vector<Finding>& findings);

/// A bundler put a hash of the content into the file's name: hexadecimal, esbuild's base 32, Rollup's base64url or
/// turbopack's thirteen. Stricter than what tells names apart for labels: "roboto-v30-latin.woff2",
/// "photo-20240101.jpg" and "banner-1920x1080.png" are names.
bool has_content_hash(std::string_view path);

}  // namespace budgetcheck
