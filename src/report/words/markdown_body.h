#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"

namespace budgetcheck {

/// GitHub takes comments of 65,536 characters; counted in bytes, which are never fewer.
constexpr std::size_t kMostCommentBytes = 65'000;
/// Room for "and n more" behind a list.
constexpr std::size_t kForRemark = 200;

/// Appends blocks while they fit; what does not fit is counted and said.
class MarkdownBody {
 public:
  explicit MarkdownBody(std::size_t limit) : limit_(limit) {}

  void add(std::string_view text) { out_ += text; }
  std::size_t size() const { return out_.size(); }
  std::size_t limit() const { return limit_; }

  /// Rows in order, as long as they leave `reserve` bytes to what follows; then a line that says how many are not
  /// shown.
  void rows(const std::vector<std::string>& rows, std::size_t reserve, std::string_view what, std::string_view tail) {
    std::size_t shown = 0;
    while (shown < rows.size() && out_.size() + rows[shown].size() + kForRemark + tail.size() + reserve <= limit_) {
      out_ += rows[shown];
      ++shown;
    }
    if (shown < rows.size()) {
      const std::string left =
          counted(rows.size() - shown, shown == 0 ? std::string(what) : "more " + std::string(what));
      out_ += std::string(shown == 0 ? "\n" : "\n…and ") + left + " not shown; the json report lists all of them\n";
    }
    out_ += tail;
  }

  std::string take() { return std::move(out_); }

 private:
  std::string out_;
  std::size_t limit_;
};

}  // namespace budgetcheck
