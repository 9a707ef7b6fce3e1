#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/database.h"
#include "model/facts.h"

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
  std::uint64_t checksum = 0;  ///< of these, see collect/text/checksum.h
  std::uint32_t lines = 0;
  bool joins_lines = false;       ///< some of its lines were in parts: a container's runtime cuts long ones
  bool ends_within_line = false;  ///< the end of such a line did not come
  std::string format;             ///< of the first piece, whose beginning tells what the whole log is
  /// The first request among the lines that would show what a log is, were the piece all of it: its line, from 1, and
  /// where that ends, in bytes. 0: there is none.
  std::uint32_t request_line = 0;
  std::uint64_t request_end = 0;
  /// The setting `time` of the input.
  std::string time_unit;
  std::string time_field;
  std::string queries;   ///< events, see collect/logs/pieces/query_piece.h
  std::string requests;  ///< events, see collect/logs/pieces/request_piece.h
  /// The lines of a piece follow one another in the log, or are any of its lines: then when they were written, or their
  /// numbers, say where they stand.
  enum class Order : std::uint8_t { kLines, kTime, kNumber };
  Order order_by = Order::kLines;
  std::string order;  ///< see collect/logs/pieces/piece_order.h

  /// Events of one piece are bounded, since whoever merges holds the pieces in memory.
  static constexpr std::uint64_t kMostEvents = 4'000'000;
  static constexpr std::uint32_t kMostPieces = 100'000;
  static constexpr std::uint32_t kMostLines = 50'000'000;  ///< where each line's place is kept
};

/// What one input brought, before it is put together with what the others did.
struct MeasuredInput {
  /// Where it stands among the others.
  enum class Place : std::uint8_t {
    kNoFile,  ///< it names no file
    kFile,
    kShared,  ///< a file that several parts of a run read: the sizes of tables
    kGroup,   ///< files that are one input together, such as those of a build
    kTraces,  ///< what the traces of several files say together
  };
  Place place = Place::kFile;
  /// With its own entry in `inputs`: one, none for a note on an input that may be missing, several for groups.
  Facts facts;
  std::string schema;          ///< path of the schema of its database; empty: none
  bool is_run = false;         ///< a copy of it is not another run
  std::uint64_t content = 0;   ///< hash of its bytes, when it is a run
  std::uint64_t checksum = 0;  ///< of its bytes; 0 when it was not asked for
  bool is_torn = false;        ///< pieces of it are missing
  std::optional<LogPiece> piece;
};

/// The schema of a database that inputs name, read once.
struct MeasuredSchema {
  Input input;
  std::vector<std::string> remarks;
  DatabaseSchema schema;  ///< empty when it could not be read
};

/// Everything that was measured, input by input: what is merged with what others measured, and judged later.
struct Measured {
  std::string program;   ///< version of the program
  std::string settings;  ///< key of what says how inputs are read (routes, what is selected and asked for); empty: any
  /// What pieces of logs are put together by.
  std::vector<std::string> routes;
  std::vector<std::string> selected;
  std::vector<MeasuredSchema> schemas;
  std::vector<MeasuredInput> inputs;
  std::vector<std::string> doubts;  ///< for who merges, not for the file
};

}  // namespace budgetcheck
