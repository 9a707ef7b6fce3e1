#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>

#include "collect/logs/text/console_text.h"

namespace budgetcheck::console {

/// Remembers of statements' texts what takes reading them letter by letter: a program logs the same ones again and
/// again.
class KnownTexts {
 public:
  struct Text {
    StatementScan scan;  ///< behind it
    /// Nothing stands behind the statement: its text is all of it. False: that is not known yet, or something does.
    bool whole = false;
  };
  /// Valid until the next call.
  Text& of(std::string_view text);

 private:
  static constexpr std::size_t kMost = 4096;
  std::unordered_map<std::uint64_t, Text> known_;
};

}  // namespace budgetcheck::console
