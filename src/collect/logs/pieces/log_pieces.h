#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "collect/format.h"
#include "model/measured.h"

// A log that one machine should not read is read in pieces: what its lines say is packed where they are, and counted
// where all pieces come together, in the order of the log. So the pieces give what the whole log gives.
namespace budgetcheck {

/// Which piece is to be read.
struct PieceChoice {
  std::uint32_t number = 0;  ///< from 1; 0: none, the whole file
  std::uint32_t count = 0;
  std::string of;        ///< the name of the whole log
  bool is_file = false;  ///< the file is the piece; otherwise it is the whole log, whose lines are shared out
  LogPiece::Order order = LogPiece::Order::kLines;
};

/// Reads a piece of a log. `format`: of the whole log, empty when the file does not hold its beginning. Errors: a log
/// whose pieces would not give the same as the whole does, or a piece that holds too much.
Expected<LogPiece> read_log_piece(const Source& source, const CollectContext& context, std::string_view format,
                                  const PieceChoice& choice);

/// Puts pieces of one log together that are in its order and begin with its first, and says of `input` and `facts` what
/// reading the log would. Errors: bytes that are no pieces, or lines that belong together were cut apart.
Expected<void> collect_log_pieces(const std::vector<const LogPiece*>& pieces, const Source& source,
                                  const CollectContext& context, Input& input, Facts& facts);

inline constexpr std::string_view kFormatOfRequests = "access-log";  ///< LogPiece::format of such a log
/// What to do with a log that cannot be cut.
inline constexpr std::string_view kWholeFiles =
    "give each part of the run whole files instead: budgetcheck measure FILE...";

/// Pieces of one log whose lines lie in them one by one: see LogPiece::Order.
inline bool is_dealt(const LogPiece& piece) { return piece.order_by != LogPiece::Order::kLines; }

}  // namespace budgetcheck
