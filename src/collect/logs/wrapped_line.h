#pragma once

#include <string>
#include <string_view>

namespace budgetcheck {

/// What the program itself wrote of a line that docker's json-file driver has wrapped
/// ({"log":"…\n","stream":"stdout",…}); other lines as they are. FileContent::kGuard readable bytes follow the result,
/// as they must the line. `buffer` holds it where it is no part of the line, and is empty otherwise.
std::string_view without_docker_wrapping(std::string_view line, std::string& buffer);

/// The same, and of a JSON object that ends a line without what docker compose, pm2, kubectl, journald, syslog or a
/// container's runtime puts before it.
std::string_view unwrapped_line(std::string_view line, std::string& buffer);

/// Whether unwrapped_line surely gives the line with which `text` begins as it is.
bool is_unwrapped(std::string_view text);

}  // namespace budgetcheck
