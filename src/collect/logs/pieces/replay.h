#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/error.h"
#include "collect/logs/pieces/piece_order.h"
#include "model/measured.h"

namespace budgetcheck {

/// Feeds the events of all pieces in the order of the log: `take(piece, event, line)`, with the line in the whole log.
/// Of lines that are watched in a piece (0: none) it tells which ones of the log they are. Errors: damaged pieces.
template <class Reader>
class Replay {
 public:
  Replay(const std::vector<const LogPiece*>& pieces, std::string LogPiece::*bytes) : pieces_(pieces) {
    for (const LogPiece* piece : pieces) {
      readers_.emplace_back((*piece).*bytes);
    }
  }

  const Reader& reader(std::size_t piece) const { return readers_[piece]; }

  /// `lines[i]` is a line of piece i, which becomes one of the log.
  using Watched = std::vector<std::uint32_t>;

  /// Counts in `ties` events of one request in several pieces at one time: which was first, nobody knows.
  template <class Take>
  Expected<void> run(const Take& take, std::vector<Watched*> watched, std::uint64_t& ties) {
    return is_dealt(*pieces_.front()) ? deal(take, watched, ties) : follow(take, watched);
  }

 private:
  template <class Take>
  Expected<void> follow(const Take& take, const std::vector<Watched*>& watched) {
    std::uint32_t before = 0;
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      for (typename Reader::Next next; readers_[i].next(next);) {
        take(i, next, before + next.line);
      }
      if (readers_[i].failed()) {
        return tl::unexpected(damaged_piece(*pieces_[i]));
      }
      for (Watched* lines : watched) {
        (*lines)[i] += (*lines)[i] == 0 ? 0 : before;
      }
      before += pieces_[i]->lines;
    }
    return {};
  }

  template <class Take>
  Expected<void> deal(const Take& take, const std::vector<Watched*>& watched, std::uint64_t& ties) {
    LineOrder order(pieces_);
    std::vector<typename Reader::Next> next(pieces_.size());
    std::vector<char> has_next(pieces_.size());
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      has_next[i] = readers_[i].next(next[i]) ? 1 : 0;
    }
    std::unordered_map<std::uint64_t, std::size_t> at_this_time;  // requests, and in which piece
    std::vector<Watched> found(watched.size(), Watched(pieces_.size()));
    std::uint32_t number = 0;
    while (const std::optional<LineOrder::Line> line = order.next()) {
      const std::size_t i = line->piece;
      ++number;
      if (line->opens) {
        at_this_time.clear();
      }
      for (std::size_t w = 0; w < watched.size(); ++w) {
        found[w][i] = (*watched[w])[i] == line->line ? number : found[w][i];
      }
      for (; has_next[i] != 0 && next[i].line <= line->line; has_next[i] = readers_[i].next(next[i]) ? 1 : 0) {
        const bool is_first = at_this_time.try_emplace(next[i].event.key, i).second;
        ties += !is_first && at_this_time[next[i].event.key] != i ? 1U : 0U;
        take(i, next[i], number);
      }
    }
    for (std::size_t w = 0; w < watched.size(); ++w) {
      *watched[w] = std::move(found[w]);
    }
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      if (order.failed() || readers_[i].failed() || has_next[i] != 0) {
        return tl::unexpected(damaged_piece(*pieces_[i]));
      }
    }
    return {};
  }

  const std::vector<const LogPiece*>& pieces_;
  std::vector<Reader> readers_;
};

}  // namespace budgetcheck
