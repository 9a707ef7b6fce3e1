#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/platform/system_result.h"

namespace budgetcheck {

/// The streams that every process is started with.
constexpr int kStandardInput = 0;
constexpr int kStandardOutput = 1;
constexpr int kStandardError = 2;

/// Takes everything and holds nothing.
constexpr std::string_view kNullDevice = "/dev/null";

/// The descriptor that a path names: /dev/stdin, /dev/stdout, /dev/stderr or /dev/fd/N, as a shell passes <(command).
/// Nothing: it is the path of a file. A link to such a path is not one: whoever made the link did not start this run.
std::optional<int> stream_of_path(std::string_view path);

/// What is known of where a stream goes.
struct Stream {
  bool is_terminal = false;
  std::size_t columns = 0;  ///< 0: unknown
};
Stream look_at(int descriptor);

/// Writes all bytes, continuing after interruptions. A reader that has gone away (EPIPE; see ignore_closed_pipes) is
/// not an error: nobody is left to read them.
SystemResult<> write_all(int descriptor, std::string_view bytes);

/// Standard input up to its end, to a silence of `patience`, or to the first piece that ends beyond `max` bytes. Empty
/// at a terminal, where nobody is expected to type.
std::string read_piped_input(std::size_t max, std::chrono::milliseconds patience);

}  // namespace budgetcheck
