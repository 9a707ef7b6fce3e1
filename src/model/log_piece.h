#pragma once

#include <cstdint>
#include <string>

namespace budgetcheck {

/// What one piece of a big log says, as far as the whole log's numbers and findings need it, in the order of its lines.
/// Nothing of its text: statements without their values, hashes of parameters, templates of routes, ids of requests as
/// findings show them.
struct LogPiece {
  std::string of;            ///< the whole log's name
  std::uint32_t number = 0;  ///< from 1
  std::uint32_t count = 0;   ///< of all its pieces
  /// Where it begins in the whole log, when that was there to be read; a piece that is a file of its own has 0.
  std::uint64_t begin = 0;
  bool is_file = false;  ///< the piece is a file of its own
  std::uint64_t bytes = 0;
  std::uint32_t checksum = 0;  ///< CRC-32 of these
  std::uint32_t lines = 0;
  /// Of the first piece, whose beginning tells what the whole log is: its format, and whether its requests are read
  /// beside its statements.
  std::string format;
  bool has_requests = false;
  /// The setting `time` of the input.
  std::string time_unit;
  std::string time_field;
  std::string queries;   ///< events, see collect/logs/query_piece.h
  std::string requests;  ///< events, see collect/logs/request_piece.h
  /// The lines of a piece follow one another in the log, or are any of its lines: then when they were written, or their
  /// numbers, say where they stand.
  enum class Order : std::uint8_t { kLines, kTime, kNumber };
  Order order_by = Order::kLines;
  std::string order;  ///< see collect/logs/piece_order.h

  /// Events of one piece are bounded, since whoever merges holds the pieces in memory.
  static constexpr std::uint64_t kMostEvents = 4'000'000;
  static constexpr std::uint32_t kMostPieces = 100'000;
};

}  // namespace budgetcheck
