#pragma once

#include <optional>
#include <string_view>

namespace budgetcheck {

/// A time as logs write it.
struct LoggedMoment {
  double ms = 0;               ///< since 1970
  bool whole_seconds = false;  ///< written no finer
};

/// "2026-11-29T10:00:00.123Z", "29/Nov/2026:10:00:00 +0100", "1764410400.123" and other numbers since 1970, whose unit
/// (seconds, milliseconds, microseconds, nanoseconds) follows from their size. Nothing for anything else.
std::optional<LoggedMoment> moment_in(std::string_view text);

}  // namespace budgetcheck
