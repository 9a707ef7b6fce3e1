#pragma once

#include <string>
#include <string_view>

#include "collect/logs/text/console_text.h"

// Lines in which frameworks of other languages say what ran, in forms of their own; for src/collect only.
namespace budgetcheck::console {

/// p6spy's columns (its SingleLineFormat, CustomLineFormat and MultiLineFormat, and what people make of them):
/// "1795416840001|5|statement|connection 8|url jdbc:…|select … where id=?|select … where id=5",
/// "#… | took 5ms | statement | connection 8| url jdbc:…" with the statement in the lines below;
/// and Entity Framework Core's "Executed DbCommand (5ms) [Parameters=[@id='5'], CommandType='Text', …]".
/// False: it is neither.
bool read_framework_line(std::string_view line, Line& result);

/// `sql` with '?' in place of @names, and `params` as the list of their values in its order; empty when one is missing
/// or was hidden. `named` is Line::named.
std::string without_names(std::string_view sql, std::string_view named, std::string& params);

/// The statement without lines before it that set up the session: "SET NOCOUNT ON;".
std::string_view without_settings(std::string_view sql);

/// The id of the request with which Rails tags its lines: "[4c1d0a7e-…] Order Load (0.3ms)  "; empty when the heading
/// is not Rails'. Elsewhere a bare UUID may be the process.
std::string_view rails_request(std::string_view heading);

}  // namespace budgetcheck::console
