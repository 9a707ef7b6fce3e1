#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace budgetcheck {

/// What a client reference manifest of Next.js 16 (webpack) lets a browser ask for, by the key of the App Router's file
/// that brings it ("/(shop)/error", see NextSegments). Under "" is what lies in chunks that no file owns. Names count
/// from the build's folder: "static/chunks/…".
using NextReferences = std::map<std::string, std::vector<std::string>>;

/// Reads the manifest of the page with this key, a script: globalThis.__RSC_MANIFEST["/page"]={…}. It also holds what
/// other pages of the same layouts refer to. Nothing: it is none, or not valid.
std::optional<NextReferences> read_next_references(std::string_view script, std::string_view page);

}  // namespace budgetcheck
