#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "json/lines/line_fields.h"

namespace budgetcheck {

/// What loggers and platforms put around what a program wrote: {"textPayload": "…", "trace": "…"}, {"level": 30,
/// "msg": "…"}, {"jsonPayload": {"message": "…"}}.

/// The member that carries the program's text. Null: the line has none.
const json::LineField* message_of(const std::vector<json::LineField>& fields);

/// The innermost object in `line` (an object of JSON on one line) with a member that is called as statements are, for
/// those that lie too deep to be fields. Nothing: there is none.
std::optional<std::string_view> inner_query_object(std::string_view line);

}  // namespace budgetcheck
