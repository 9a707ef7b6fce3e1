#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "collect/logs/text/statement_tail.h"

namespace budgetcheck::console {

/// Where a statement begins in a line that no mark names, behind what a logger puts before it ("[db] (2ms) ",
/// "Executing (default): ", a time, a level) and nothing else. npos: no statement stands there, or the heading says
/// that it is no execution (a failed one, a slow one that is logged a second time, one that a cache answered).
std::size_t find_statement(std::string_view line);

/// `text` begins as a statement that reads or writes data does, and goes on as one.
bool begins_statement(std::string_view text);

/// Nothing but what a logger puts before its text: times, levels, names that a colon or a bracket ends.
bool is_heading(std::string_view text);

/// The words before a statement or an object say that it is no execution of its own.
bool is_no_execution(std::string_view heading);

/// The statement that `text` begins with. What is logged behind it (parameters, times, ids) goes into `around`.
std::string_view cut_statement(std::string_view text, Around& around);

}  // namespace budgetcheck::console
