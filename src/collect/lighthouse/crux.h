#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// Answers of the CrUX API and the CrUX History API (https://developer.chrome.com/docs/crux/api):
/// {record: {key: {url | origin, formFactor?}, metrics: {NAME: {percentiles: {p75}}}}}, alone, in a list, or one on
/// each line. Of a history (`percentilesTimeseries.p75s`) the newest period counts.
Format crux_format();

}  // namespace budgetcheck
