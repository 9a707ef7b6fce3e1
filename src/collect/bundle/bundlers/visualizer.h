#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// Raw data of rollup-plugin-visualizer (template: 'raw-data'), of Rollup and Vite: packages and modules with their
/// bytes before minification, and which chunks an entry module needs at first. The lengths in it are no sizes of files,
/// so these are measured under the input's root, or not known. Styles are not in it: sums are of scripts.
Format visualizer_format();

}  // namespace budgetcheck
