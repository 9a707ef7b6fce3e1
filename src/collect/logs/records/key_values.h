#pragma once

#include <string_view>
#include <vector>

#include "json/lines/line_fields.h"

namespace budgetcheck {

/// A line of logfmt, `key=value key="a \"quoted\" text" flag`, as fields: values are texts, escaped as in JSON, without
/// their quotes. False: it is no such line. It has two pairs at least, and nothing in it is neither a pair nor a word
/// behind the first pair. `fields` is cleared first and reused; its views point into the line.
bool read_key_values(std::string_view line, std::vector<json::LineField>& fields);

}  // namespace budgetcheck
