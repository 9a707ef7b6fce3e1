#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/text/packed.h"
#include "collect/logs/line_sink.h"
#include "collect/query_log/fields/query_fields.h"
#include "model/measured.h"

// Where the lines of a piece stand in the whole log, when its lines were dealt out one by one.
namespace budgetcheck {

/// Gathers when the lines of a piece were written.
class LineTimes final : public LineSink {
 public:
  std::unique_ptr<Reader> reader() override;
  void add(Piece& piece, std::uint32_t lines_before) override;
  void report(Input& /*input*/, Facts& /*facts*/) override {}

  /// As LogPiece::order, for a piece of so many lines. A line without a time stands with the one before it.
  std::string take_order(std::uint32_t lines);

 private:
  std::vector<std::pair<std::uint32_t, double>> times_;  ///< line and time
};

/// The same of numbers that stand before the lines, one for each.
std::string order_of_numbers(const std::vector<std::uint64_t>& numbers);

/// Gives the lines of all pieces in the order of the log. Lines of one piece keep their order.
class LineOrder {
 public:
  explicit LineOrder(const std::vector<const LogPiece*>& pieces);

  struct Line {
    std::size_t piece = 0;
    std::uint32_t line = 0;  ///< within the piece, from 1
    bool opens = false;      ///< the first of those that have its time or number
  };
  std::optional<Line> next();
  bool failed() const { return failed_; }

 private:
  struct Cursor {
    PackedReader in;
    std::uint32_t lines = 0;
    std::uint32_t line = 0;  ///< the present one
    std::uint32_t left = 0;  ///< lines that have the present key too
    double key = 0;
  };
  bool advance(Cursor& cursor);
  bool is_later(std::size_t a, std::size_t b) const;

  std::vector<Cursor> cursors_;
  std::vector<std::size_t> heap_;  ///< of cursors that have a line, the next one first
  double key_ = -1;
  bool failed_ = false;
};

Error damaged_piece(const LogPiece& piece);

}  // namespace budgetcheck
