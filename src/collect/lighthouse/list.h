#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// A list of results, as scripts write it that run Lighthouse several times: each element is a result of its own, or
/// holds one as `lhr` or `lighthouseResult`.
Format lighthouse_list_format();

}  // namespace budgetcheck
