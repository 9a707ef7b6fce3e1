#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// The JSON report of webpack-bundle-analyzer (analyzerMode: 'json'), as @next/bundle-analyzer writes it too: scripts
/// with their sizes ("parsedSize" is that of the file), which entry points load them first, packages and modules with
/// their bytes of source. Its gzip sizes come from another compressor and are not used. Styles are not in it.
Format bundle_analyzer_format();

}  // namespace budgetcheck
