#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "base/file_system.h"
#include "collect/logs/line_sink.h"

namespace budgetcheck {

/// How many threads read a log: those that `wanted` asks for (0: as many as the machine has cores), as far as the log
/// is big enough and they would not only wait.
unsigned threads_for(const FileContent& content, unsigned wanted);

/// The lines of a log that begin in these bytes.
struct Stretch {
  std::size_t begin = 0;
  std::size_t end = std::numeric_limits<std::size_t>::max();
  /// Before each line stand its number in a log and a tab, which are no part of it; the numbers go here, 0 for a line
  /// without one. Null: they do not.
  std::vector<std::uint64_t>* numbers = nullptr;
};

/// What there was to read.
struct LinesRead {
  std::uint32_t count = 0;
  bool joined = false;   ///< some were in parts: a container's runtime cuts long ones
  bool unended = false;  ///< such a line's end did not come; it was read as far as it goes
};

/// Reads a log once, line by line, for all `sinks`; in flat memory. Each line is taken apart once. With one thread, a
/// sink's only reader sees the whole log in order.
LinesRead read_lines(const FileContent& content, unsigned threads, std::span<LineSink* const> sinks,
                     Stretch stretch = {});

}  // namespace budgetcheck
