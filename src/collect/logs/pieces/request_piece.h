#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/text/packed.h"
#include "collect/logs/line_sink.h"
#include "collect/logs/request_report.h"
#include "collect/logs/requests/request_event.h"

// What a piece of a log says of requests, as LogPiece::requests keeps it. Routes stand where they come first and are
// numbers from then on.
namespace budgetcheck {

struct RequestPieceHead {
  std::uint64_t events = 0;
  RequestLines lines;         ///< when the log is one of requests
  double last_sure_ms = -1;   ///< the latest time, when it is one of something else
  bool has_comments = false;  ///< lines say how those behind them are read, so that a piece alone cannot be
};

/// Packs the requests of a piece of a log instead of counting them.
class RequestPieceSink final : public LineSink {
 public:
  /// `time_field`: see TimeSetting.
  RequestPieceSink(const CollectContext& context, std::string time_field)
      : events_(context), time_field_(std::move(time_field)) {}

  std::unique_ptr<Reader> reader() override;
  void add(Piece& piece, std::uint32_t lines_before) override;
  void report(Input& /*input*/, Facts& /*facts*/) override {}
  /// After the last line.
  std::string take_bytes();
  const RequestPieceHead& head() const { return head_; }

 private:
  void pack(const RequestEvent& event, std::uint32_t line, bool surely);
  void pack_route(const LoggedRoute& route);
  void pack_name(std::string_view name);

  RequestEventReader events_;
  std::string time_field_;
  RequestPieceHead head_;
  PackedWriter out_;
  std::uint32_t line_ = 0;
  double at_ms_ = 0;
  std::unordered_map<std::string, std::uint32_t> routes_;
  std::unordered_map<std::string, std::uint32_t> names_;
};

/// Reads the events of a piece back.
class RequestPieceReader {
 public:
  explicit RequestPieceReader(std::string_view bytes);

  struct Next {
    RequestEvent event;  ///< whose route and names live as long as the reader
    std::uint32_t line = 0;
    bool surely = false;  ///< see RequestRecord
  };
  const RequestPieceHead& head() const { return head_; }
  /// False at the end, or where the bytes are none of these: see failed().
  bool next(Next& next);
  bool failed() const { return in_.failed(); }

 private:
  PackedReader in_;
  RequestPieceHead head_;
  std::uint64_t read_ = 0;
  std::uint32_t line_ = 0;
  double at_ms_ = 0;
  std::deque<LoggedRoute> routes_;
  std::deque<std::string> names_;
};

}  // namespace budgetcheck
