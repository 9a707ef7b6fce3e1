#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "report/format.h"

namespace budgetcheck {

enum class Paint { kPlain, kBold, kDim, kRed, kYellow, kGreen, kCyan };

/// Lines of text for a terminal: wrapped to its width, coloured and transcribed as the rendering says. The text is the
/// same with and without colour.
class Page {
 public:
  explicit Page(const Rendering& rendering);

  /// Columns that one line may take; no limit: kUnlimited.
  static constexpr std::size_t kUnlimited = 1'000'000;
  std::size_t width() const { return width_; }
  /// Little room: columns become plain indentation.
  bool narrow() const { return width_ < 60; }

  /// `label` in the given paint, then `text` wrapped, with its next lines below the first one's text. The text
  /// begins at column `indent + hang` at least.
  void paragraph(std::size_t indent, std::string_view label, Paint paint, std::string_view text, std::size_t hang,
                 Paint text_paint = Paint::kPlain);
  /// One line as it is (already short enough), behind a painted label.
  void line(std::string_view label, Paint paint, std::string_view text);
  struct Piece {
    std::string_view text;
    Paint paint = Paint::kPlain;
  };
  /// The same of pieces, each in its own paint.
  void line(const std::vector<Piece>& pieces);
  /// An empty line, but never two and none at the top.
  void gap();
  /// A bold line of its own, after a gap.
  void heading(std::string_view text);

  /// The text, as log_text() has it: a file of it is shown in a log as well.
  std::string take();

 private:
  std::string painted(std::string_view text, Paint paint) const;
  std::string shown(std::string_view text) const;

  Rendering rendering_;
  std::size_t width_;
  std::string out_;
};

}  // namespace budgetcheck
