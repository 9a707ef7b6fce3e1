#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// A result of WebPageTest (jsonResult.php, or getTestResults of its API for Node.js): {data: {testUrl, connectivity,
/// mobile, runs: {"1": {firstView: {…}, repeatView: {…}}}}, statusCode}, or what stands in `data` alone. A view has its
/// metrics, or `steps` that have them. Each run of a view is a run of its samples; the server's own medians are not
/// used.
Format webpagetest_format();

}  // namespace budgetcheck
