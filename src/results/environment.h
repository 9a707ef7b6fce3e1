#pragma once

#include "json/value.h"
#include "json/writer.h"
#include "model/environment.h"

namespace budgetcheck {

/// Reads what it knows of `value` (an `env` object) and passes over the rest.
Environment read_environment(const json::Value& value);
/// Writes the object.
void write_environment(json::Writer& writer, const Environment& environment);

}  // namespace budgetcheck
