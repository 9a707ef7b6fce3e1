#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// Raw data of rollup-plugin-visualizer (template: 'raw-data'), of Rollup and Vite: packages and modules with their
/// bytes before minification, and which chunks an entry module needs at first. The lengths in it are no sizes of files,
/// so these are measured under the input's root, or not known. Styles are not in it: sums are of scripts.
Format visualizer_format();
/// The same as the plugin wrote it up to 5.2, with "nodes" and "links".
Format visualizer_links_format();

}  // namespace budgetcheck
