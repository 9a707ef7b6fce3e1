#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// `browsertime.json` of Browsertime, a list with one result for each page, and the same result alone as sitespeed.io
/// stores it (browsertime.pageSummary.json). A result has info {url, alias?, browser, connectivity}, and lists with an
/// element for each iteration: googleWebVitals, browserScripts, visualMetrics, fullyLoaded, cpu, errors.
Format browsertime_format();

}  // namespace budgetcheck
