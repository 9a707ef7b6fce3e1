#pragma once

#include <cstddef>
#include <functional>

namespace budgetcheck::json {

/// What is checked of the text between brackets besides its nesting. Scalars and separators never are.
enum class Between {
  kUnchecked,
  kStrings,  ///< UTF-8, no control characters in strings, blanks and ASCII between them; escapes are not looked at
};

/// Finds the bracket that closes the container whose opening bracket is at `open`, without making tokens of what lies
/// between: several times faster than parsing. Which kind of bracket closes which is checked for the 64 innermost
/// levels. Null when the text ends first or anything is wrong: parsing from `open` then finds the same and says where.
/// `passed` is called now and then with the place that was reached.
const char* find_close(const char* open, const char* end, std::size_t max_depth, Between between,
                       const std::function<void(const char*)>& passed = {});

}  // namespace budgetcheck::json
