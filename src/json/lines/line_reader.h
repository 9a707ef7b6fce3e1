#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "json/lines/line_fields.h"
#include "json/lines/line_layout.h"

namespace budgetcheck::json {

/// Reads line after line as read_line_fields does, with the same guard behind each. A logger writes the same keys in
/// the same order again and again: such lines are read several times faster (see LineLayout).
class LineReader {
 public:
  LineReader() = default;
  LineReader(const LineReader&) = delete;
  LineReader& operator=(const LineReader&) = delete;

  /// False when `line` is not an object on one line.
  bool read(std::string_view line);

  /// How long a line is, and how much of that is its end: "\n" or "\r\n"; at the end of all text "\r" or nothing.
  struct Found {
    std::size_t size = 0;  ///< 0: nothing was found
    std::size_t end = 0;
  };
  /// Reads the line with which `text` begins as `read` would, if it is laid out like one before: then its end need not
  /// be looked for. When nothing is found, that line is left to `read`.
  Found read_first(std::string_view text);

  /// Those of the last line; keys live until the next call.
  const std::vector<LineField>& fields() const { return *fields_; }
  /// Lines of one layout have the same fields, but for their values: a text that is empty stays so, too. 0: not known.
  std::uint64_t layout() const { return layout_; }
  /// Where the layout is known: the numbers of the fields whose values may differ from those of the first line of this
  /// layout. More are added when they turn out to; the others were the same in all of its lines.
  const std::vector<std::size_t>& varying() const { return *varying_; }

  /// A layout's number modulo this differs from those of the other layouts that are remembered.
  static constexpr std::size_t kLayouts = 4;

 private:
  const char* follow(std::string_view text, bool may_end_before);
  void learn(std::string_view line);

  /// Where most lines are of no known layout, looking for one costs more than it saves: then it is given up.
  static constexpr int kPatience = 64;

  struct Known {
    std::uint64_t number = 0;
    LineLayout layout;
  };
  std::array<Known, kLayouts> known_;
  std::vector<LineField> unlearned_;
  std::vector<std::size_t> nothing_;
  const std::vector<LineField>* fields_ = &unlearned_;
  const std::vector<std::size_t>* varying_ = &nothing_;
  std::uint64_t layout_ = 0;
  std::size_t used_ = 0;
  std::size_t last_ = 0;
  std::uint64_t learned_ = 0;
  int patience_ = kPatience;
};

}  // namespace budgetcheck::json
