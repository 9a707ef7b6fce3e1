#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "json/lines/line_reader.h"

namespace budgetcheck::personal {

/// Prefilter for lines whose fields are known: what all lines of a layout have in common is looked at once, and so is a
/// text that many lines have. One for each thread.
class LayoutFilter {
 public:
  /// `object` is what `line` was read to.
  bool may_hold(std::string_view line, const json::LineReader& object);

 private:
  enum class Action : std::uint8_t { kPassOver, kNumber, kTime, kText, kId, kSecret, kList };
  struct Layout {
    std::uint64_t number = 0;
    bool always = false;  ///< what does not vary holds something
    std::vector<Action> actions;
  };
  static Layout learn(std::string_view line, const json::LineReader& object);
  bool may_hold_text(std::string_view raw, Action action);

  static constexpr std::size_t kRemembered = 1024;
  std::array<Layout, json::LineReader::kLayouts> known_;
  std::array<std::uint64_t, kRemembered> clean_ = {};  ///< hashes of texts that hold nothing
};

}  // namespace budgetcheck::personal
