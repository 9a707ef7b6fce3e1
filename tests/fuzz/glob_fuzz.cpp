#include "base/glob.h"
#include "fuzz.h"

// First line: pattern; the rest: text. Bounded in size: the promise is about time in proportion to both.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace budgetcheck;
  constexpr std::size_t kMaxSize = 2000;
  if (size > kMaxSize) {
    return 0;
  }
  const std::string input = fuzz::text_of(data, size);
  std::string_view text = input;
  const std::string_view pattern = fuzz::next_line(text);
  const bool label = label_glob_matches(pattern, text);
  const bool path = path_glob_matches(pattern, text);
  fuzz::require(literal_length(pattern) <= pattern.size(), "no more literals than characters");
  if (!is_glob(pattern)) {
    fuzz::require(label == path, "without wildcards both kinds agree");
  }
  // Braces can put two stars side by side.
  if (pattern.find("**") == std::string_view::npos && pattern.find('{') == std::string_view::npos) {
    fuzz::require(label || !path, "a star that stops at slashes matches no more than one that does not");
  }
  std::string escaped;
  for (const char c : text) {
    escaped += std::string("\\") + c;
  }
  fuzz::require(label_glob_matches(escaped, text) && path_glob_matches(escaped, text), "escaped text matches itself");
  return 0;
}
