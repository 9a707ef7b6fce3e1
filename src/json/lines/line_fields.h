#pragma once

#include <array>
#include <cstdint>
#include <string>
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

/// Reads line after line as read_line_fields does, with the same guard behind each. A logger writes the same keys in
/// the same order again and again: such lines are read several times faster.
class LineReader {
 public:
  /// False when `line` is not an object on one line.
  bool read(std::string_view line);
  /// Those of the last line; keys live until the next call.
  const std::vector<LineField>& fields() const { return current_->fields; }
  /// Lines of one layout have the same fields, but for their values: a text that is empty stays so, too. 0: not known.
  std::uint64_t layout() const { return current_->number; }

  /// A layout's number modulo this differs from those of the other layouts that are remembered.
  static constexpr std::size_t kLayouts = 4;

 private:
  struct Layout {
    struct Part {
      std::size_t begin = 0;
      std::size_t size = 0;
    };
    std::uint64_t number = 0;
    std::vector<LineField> fields;
    std::string text;         ///< the line that it was learned from
    std::vector<Part> parts;  ///< of the text: what stands before each value, and behind the last
  };
  void learn(Layout& layout, std::string_view line);
  static bool follow(Layout& layout, std::string_view line);

  /// Where most lines are of no known layout, looking for one costs more than it saves: then it is given up.
  static constexpr int kPatience = 64;

  std::array<Layout, kLayouts> layouts_;
  Layout unlearned_;
  const Layout* current_ = &unlearned_;
  std::size_t used_ = 0;
  std::size_t last_ = 0;
  std::uint64_t learned_ = 0;
  int patience_ = kPatience;
};

}  // namespace budgetcheck::json
