#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace budgetcheck {

/// Values as programs print them for people: util.inspect of Node.js (what console.log writes of an object), repr() of
/// Python, and JSON over many lines. Untrusted like any input: depth is bounded, time linear.

/// Takes the value at the beginning of `rest` and appends it to `out` as JSON on one line. Lists and tuples become
/// lists; what was left out or has no JSON (a function, "[Object]", "... 3 more items") becomes "[hidden]", a date or
/// another word its text. False when no whole value stands there.
bool take_inspected(std::string_view& rest, std::string& out);

/// The object that `text` is, as one line of JSON. Nothing when it is none, or when something else follows it.
std::optional<std::string> inspected_object(std::string_view text);

/// Appends `text` as a string of JSON, with its quotes.
void append_json_string(std::string_view text, std::string& out);

/// Follows the brackets of a value that is printed over several lines.
class BracketScan {
 public:
  void feed(std::string_view line);
  bool closed() const { return depth_ <= 0; }

 private:
  long depth_ = 0;
};

}  // namespace budgetcheck
