#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include "collect/query_log/key_index.h"

namespace budgetcheck {

/// Texts of statements, each kept once: a program runs few of them, and most spans have one of these. Bounded: what
/// comes when it is full is not shared.
class StatementTexts {
 public:
  static constexpr std::size_t kMost = 20'000;
  static constexpr std::size_t kMostBytes = std::size_t{4} << 20;  ///< of all
  static constexpr std::size_t kMaxBytes = std::size_t{16} << 10;  ///< a longer one is not shared
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

  /// `raw` is the text as it stands in JSON. kNone: it is not shared.
  std::uint32_t number_of(std::string_view raw, bool escapes);
  /// Without escapes.
  std::string_view operator[](std::uint32_t number) const { return texts_[number].text; }
  /// Of the text without the comments around it.
  std::uint64_t hash_of(std::uint32_t number) const { return texts_[number].hash; }

 private:
  struct Text {
    std::string text;
    std::uint64_t hash = 0;
  };
  KeyIndex index_;
  std::deque<Text> texts_;
  std::size_t bytes_ = 0;
};

}  // namespace budgetcheck
