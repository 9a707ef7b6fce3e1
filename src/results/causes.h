#pragma once

#include <vector>

#include "json/writer.h"
#include "model/part.h"

namespace budgetcheck {

/// "causes": [...]; nothing at all without any.
void write_causes(json::Writer& writer, const std::vector<Cause>& causes);

}  // namespace budgetcheck
