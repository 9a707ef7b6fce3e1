#pragma once

#include <memory>
#include <string_view>

#include "base/error.h"

namespace budgetcheck {

/// A regular expression that a user wrote (RE2's syntax): linear in the text, bounded in memory, silent.
class Pattern {
 public:
  static constexpr std::size_t kMaxLength = 1000;

  /// Errors (kUsage): empty, longer than kMaxLength, refused by RE2, too big when compiled, or one that the empty
  /// text matches, which would find everything.
  static Expected<Pattern> compile(std::string_view text);

  Pattern(Pattern&& other) noexcept;
  Pattern& operator=(Pattern&& other) noexcept;
  ~Pattern();

  /// Whether it matches anywhere in `text`.
  bool found_in(std::string_view text) const;

 private:
  struct Impl;
  explicit Pattern(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace budgetcheck
