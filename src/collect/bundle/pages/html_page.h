#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace budgetcheck {

/// A script or style that a page loads with itself.
struct PageFile {
  std::string url;         ///< as written: "/assets/a.js?v=1"
  bool is_module = false;  ///< its static imports are loaded too
};

/// What a page loads at first, in its order: scripts but those for old browsers only (nomodule), styles, what it
/// preloads, imports of its inline modules, and Astro's islands. What it prefetches for other pages is not loaded at
/// first.
std::vector<PageFile> files_of_page(std::string_view html);

/// The modules that a script imports at its beginning, as it names them: a bundler writes all static imports there.
std::vector<std::string> static_imports(std::string_view script);

}  // namespace budgetcheck
