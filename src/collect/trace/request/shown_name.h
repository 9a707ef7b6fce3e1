#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace budgetcheck {

constexpr std::size_t kMaxShownStatement = 600;

/// Some instrumentations name spans by the whole statement.
bool is_statement_name(std::string_view name);

/// A span's name or route as it may be shown: statements are shapes, paths have neither queries nor ids, and words that
/// look private or are ids are gone.
std::string shown_span_name(std::string_view name);

/// "users.example:8080/users/:id" of a URL or a path: without its query, and with ids taken out.
std::string shown_target(std::string_view url);

/// The shape of a statement; empty of what is none.
std::string shown_statement(std::string_view sql);

}  // namespace budgetcheck
