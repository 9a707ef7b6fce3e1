#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace budgetcheck {

/// A line, or a part of one that was too long for what carried it.
struct LinePart {
  std::string_view text;
  std::string_view stream;  ///< who wrote it: parts of one stream follow each other
  std::string_view time;    ///< when, as written
  bool continues = false;   ///< the next of the stream goes on with it
};

/// Puts lines together that came in parts. Memory is bounded: of a very long line the rest is dropped.
class LineParts {
 public:
  static constexpr std::size_t kMost = std::size_t{1} << 20;
  static constexpr std::size_t kMaxStreams = 64;

  /// The line that ends with this part, with the time of the first; nothing when its end is still to come. Views are
  /// those of `part`, or valid until the next call; FileContent::kGuard readable bytes follow a text of several parts.
  std::optional<LinePart> add(const LinePart& part);
  bool has_begun(std::string_view stream) const { return !begun_.empty() && begun_.contains(stream); }
  /// A line whose end did not come, as far as it goes; nothing when there is none, or none any more.
  std::optional<LinePart> take_unended();

 private:
  struct Begun {
    std::string text;
    std::string time;
  };
  using Lines = std::map<std::string, Begun, std::less<>>;
  LinePart take(Lines::iterator begun);

  Lines begun_;
  Begun whole_;
  std::string stream_;
};

}  // namespace budgetcheck
