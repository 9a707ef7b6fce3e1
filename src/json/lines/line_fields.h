#pragma once

#include <string_view>
#include <vector>

namespace budgetcheck::json {

/// One member of an object that stands on a line of its own, as written: nothing is unescaped or copied.
struct LineField {
  enum class Type { kString, kNumber, kLiteral, kArray };
  std::string_view parent;  ///< key of the object around it; empty: a member of the line's own object
  std::string_view key;     ///< still escaped
  std::string_view raw;     ///< a string without its quotes, still escaped; else the value's text
  Type type = Type::kString;
};

/// Members of the object in `line` and of the objects directly in it, in order; what lies deeper is passed over.
/// False when the line is not such an object: cut off, not JSON, text behind it. Structure, numbers and words are
/// checked; escapes and UTF-8 inside strings are not.
/// FileContent::kGuard readable bytes must follow the line. `fields` is cleared first and reused.
bool read_line_fields(std::string_view line, std::vector<LineField>& fields);

}  // namespace budgetcheck::json
