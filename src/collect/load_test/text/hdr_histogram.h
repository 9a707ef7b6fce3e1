#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// The percentile distribution that HdrHistogram's libraries write (.hgrm).
Format hdr_histogram_format();

}  // namespace budgetcheck
