#pragma once

#include "json/value.h"
#include "json/writer.h"
#include "model/environment.h"

namespace budgetcheck {

/// Reads the known members of `value` (an `env` object) and ignores the rest.
Environment read_environment(const json::Value& value);
/// Writes the object.
void write_environment(json::Writer& writer, const Environment& environment);

}  // namespace budgetcheck
