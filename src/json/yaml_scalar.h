#pragma once

#include <optional>
#include <string>

#include "json/value.h"

namespace budgetcheck::json {

/// What a plain (unquoted) YAML scalar means by YAML 1.2's core schema. Nothing: it is a number that cannot be held.
std::optional<Value> resolve_plain_scalar(const std::string& text);

}  // namespace budgetcheck::json
