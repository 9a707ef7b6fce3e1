#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "json/lines/line_reader.h"
#include "model/facts.h"

namespace budgetcheck {

/// One line of a log that is not blank.
struct LogLine {
  /// Without its end; FileContent::kGuard readable bytes follow. Lives until what was said of its piece was added.
  std::string_view text;
  /// The fields of the JSON object that the line is, valid until the next line; null: it is not one.
  const json::LineReader* object = nullptr;
  std::uint32_t number = 0;  ///< within its piece, from 1
  bool too_long = false;     ///< `text` is only its beginning
};

/// Something that is looked for in the lines of a log. A log is read once, and every sink sees every line
/// (see read_lines). A sink works in two steps, because a big log is read in pieces on several threads: lines are
/// understood one by one, side by side; what they say is put together in the order of the log, by one thread at a time.
class LineSink {
 public:
  LineSink() = default;
  LineSink(const LineSink&) = delete;
  LineSink& operator=(const LineSink&) = delete;
  virtual ~LineSink() = default;

  /// What the lines of one piece say; each sink has a struct of its own. Views into the lines stay valid until it was
  /// added.
  struct Piece {
    Piece() = default;
    Piece(const Piece&) = delete;
    Piece& operator=(const Piece&) = delete;
    virtual ~Piece() = default;
  };

  /// Understands lines. There is one for each thread, and it sees the lines of a piece in order.
  class Reader {
   public:
    Reader() = default;
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;
    virtual ~Reader() = default;

    virtual void read(const LogLine& line) = 0;
    /// Ends a piece and gives what its lines said. `spare` is one of this sink's that was added, whose memory may be
    /// used again; or null.
    virtual std::unique_ptr<Piece> take(std::unique_ptr<Piece> spare) = 0;
  };

  virtual std::unique_ptr<Reader> reader() = 0;
  /// The next piece in order, made by one of this sink's readers. `lines_before` lines of the log precede it.
  virtual void add(Piece& piece, std::uint32_t lines_before) = 0;
  /// After the last piece: appends what was found, and what is to be said of the input.
  virtual void report(Input& input, Facts& facts) = 0;
};

}  // namespace budgetcheck
