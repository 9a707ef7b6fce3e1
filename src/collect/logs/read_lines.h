#pragma once

#include <span>

#include "base/file_system.h"
#include "collect/logs/line_sink.h"

namespace budgetcheck {

/// How many threads read a log: those that `wanted` asks for (0: as many as the machine has cores), as far as the log
/// is big enough and they would not only wait.
unsigned threads_for(const FileContent& content, unsigned wanted);

/// Reads a log once, line by line, for all `sinks`; in flat memory. Each line is taken apart once. With one thread, a
/// sink's only reader sees the whole log in order.
void read_lines(const FileContent& content, unsigned threads, std::span<LineSink* const> sinks);

}  // namespace budgetcheck
