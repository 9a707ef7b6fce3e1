#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// Vite's manifest (build.manifest: true): which files each entry loads first (its static imports, their styles) and
/// later (dynamic imports). It tells no sizes, so the files themselves are measured: under the input's root, or else
/// where Vite puts the manifest, "dist/.vite/manifest.json" or "dist/manifest.json". An entry is a chunk with
/// "isEntry", named by its key ("index.html", "src/main.ts"). Files that the manifest does not name (index.html, what
/// lies in public/) are not counted.
Format vite_format();

}  // namespace budgetcheck
