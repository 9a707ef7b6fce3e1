#pragma once

#include <cstdint>
#include <string>
#include <utility>

namespace budgetcheck {

/// A place in a user's file. `line` and `column` count from 1 (0: unknown); columns count bytes.
/// `pointer` is an RFC 6901 JSON pointer where a line says little (minified JSON), else empty.
/// `file` is the path as the user would write it: relative to the budgets file's folder where it can be.
struct Location {
  std::string file;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::string pointer;

  /// A whole file: no line is known, or none matters.
  static Location of(std::string file) { return {std::move(file), 0, 0, {}}; }

  bool operator==(const Location&) const = default;
};

/// "file:line:column", leaving out what is unknown; "file (at /pointer)" when only the pointer is known.
std::string to_string(const Location& location);

/// Line and column (from 1) of byte `offset` in `text`.
Location locate(std::string file, const char* begin, const char* end, std::size_t offset);

}  // namespace budgetcheck
