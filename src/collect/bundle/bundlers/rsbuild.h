#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// Rsbuild's manifest (output.manifest: true, "dist/manifest.json"): which files each entry loads first and which
/// later. It tells no sizes, so the files are measured: under the input's root, or else in the manifest's folder. Names
/// begin with the public path, which is taken off.
Format rsbuild_format();

}  // namespace budgetcheck
