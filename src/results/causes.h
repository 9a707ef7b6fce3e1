#pragma once

#include <vector>

#include "json/value.h"
#include "json/writer.h"
#include "model/part.h"

namespace budgetcheck {

/// "causes": [...]; nothing at all without any.
void write_causes(json::Writer& writer, const std::vector<Cause>& causes);
/// The causes of a verdict, read back; empty without any.
std::vector<Cause> read_causes(const json::Value& verdict);

}  // namespace budgetcheck
