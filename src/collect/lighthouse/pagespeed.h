#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// An answer of the PageSpeed Insights API (v5): a Lighthouse result as `lighthouseResult`, and field data of the
/// Chrome UX Report (see field_data.h).
Format pagespeed_format();

}  // namespace budgetcheck
