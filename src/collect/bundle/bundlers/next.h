#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// Next.js with turbopack: ".next/diagnostics/route-bundle-stats.json", which tells the scripts that each route loads
/// first and their bytes together. Samples have the labels {route, type: js}. Sizes of single files, their compressed
/// sizes and the total of all routes come from the files, under the input's root or in the ".next" folder around it.
Format next_stats_format();

/// Next.js with webpack (13 to 16): ".next/build-manifest.json" with the manifests beside it (see next_routes.h), whose
/// files are measured in the same folder or under the input's root. Samples have the labels {route} and {route, type};
/// {} is every file that some route loads first, once.
Format next_manifest_format();

}  // namespace budgetcheck
