#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// esbuild's metafile (`--metafile=meta.json`): files with their sizes, what each entry point loads first (its static
/// imports and its styles) and later (dynamic imports), packages and modules with their bytes in the output.
/// An entry is an output with an "entryPoint" that no other output imports dynamically, named by that path.
Format esbuild_format();

}  // namespace budgetcheck
