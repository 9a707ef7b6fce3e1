#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// What `fortio load -json FILE` writes.
Format fortio_format();

}  // namespace budgetcheck
