#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// `ci-result.json` of unlighthouse-ci: a list of {path, score, CATEGORY: score} (--reporter json, the default), or
/// {summary, routes: [{path, score, categories: {KEY: {score}}, metrics: {AUDIT: {numericValue}}}], metadata}
/// (--reporter jsonExpanded). The numbers are Lighthouse's own; the device and the throttling are not written, so
/// samples have the label page alone.
Format unlighthouse_format();

}  // namespace budgetcheck
