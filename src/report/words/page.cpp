#include "report/words/page.h"

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "base/text/log_text.h"

namespace budgetcheck {
namespace {

// Longer lines are hard to read, however wide the terminal is.
constexpr std::size_t kWidest = 120;
// From here on the width does not belong to a terminal: it means "do not wrap".
constexpr std::size_t kHuge = 1000;
// wrap() does not go below this.
constexpr std::size_t kNarrowestText = 8;

std::size_t usable_width(std::size_t width) {
  if (width == 0 || width >= kHuge) {
    return Page::kUnlimited;
  }
  return std::min(width, kWidest);
}

std::string_view sgr(Paint paint) {
  switch (paint) {
    case Paint::kBold:
      return "\x1b[1m";
    case Paint::kDim:
      return "\x1b[2m";
    case Paint::kRed:
      return "\x1b[1;31m";
    case Paint::kYellow:
      return "\x1b[33m";
    case Paint::kGreen:
      return "\x1b[32m";
    case Paint::kCyan:
      return "\x1b[36m";
    case Paint::kPlain:
      break;
  }
  return {};
}

}  // namespace

Page::Page(const Rendering& rendering) : rendering_(rendering), width_(usable_width(rendering.width)) {}

std::string Page::shown(std::string_view text) const { return rendering_.unicode ? std::string(text) : ascii(text); }

std::string Page::painted(std::string_view text, Paint paint) const {
  if (!rendering_.colour || paint == Paint::kPlain || text.empty()) {
    return std::string(text);
  }
  return std::string(sgr(paint)) + std::string(text) + "\x1b[0m";
}

void Page::paragraph(std::size_t indent, std::string_view label, Paint paint, std::string_view text, std::size_t hang,
                     Paint text_paint) {
  const std::string head = shorten(shown(label), width_, rendering_.unicode ? "…" : "...");
  const std::string body = shown(text);
  const std::size_t head_width = display_width(head);
  const std::size_t margin = indent + (head_width == 0 ? hang : std::max(hang, head_width + 1));
  const bool has_room = width_ >= margin + kNarrowestText;
  const std::size_t left = has_room ? margin : 0;
  std::vector<std::string> lines;
  if (width_ == kUnlimited) {
    lines.push_back(body);
  } else {
    lines = wrap(body, width_ - left);
  }
  if (head_width != 0) {
    out_ += std::string(has_room ? indent : 0, ' ') + painted(head, paint);
    // Without room beside it the label has a line of its own.
    out_ += !has_room ? "\n" : body.empty() ? "" : std::string(margin - indent - head_width, ' ');
  } else {
    out_ += std::string(left, ' ');
  }
  for (std::size_t i = 0; i < lines.size(); ++i) {
    out_ += i == 0 ? "" : std::string(left, ' ');
    out_ += painted(lines[i], text_paint) + '\n';
  }
}

std::string Page::take() { return log_text(out_); }

void Page::line(std::string_view label, Paint paint, std::string_view text) {
  out_ += painted(shown(label), paint) + shown(text) + '\n';
}

void Page::line(const std::vector<Piece>& pieces) {
  for (const Piece& piece : pieces) {
    out_ += painted(shown(piece.text), piece.paint);
  }
  out_ += '\n';
}

void Page::gap() {
  if (!out_.empty() && !out_.ends_with("\n\n")) {
    out_ += '\n';
  }
}

void Page::heading(std::string_view text) {
  gap();
  paragraph(0, "", Paint::kPlain, text, 0, Paint::kBold);
}

}  // namespace budgetcheck
