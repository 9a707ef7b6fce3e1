#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/text/packed.h"
#include "collect/logs/query_lines.h"
#include "collect/query_log/query_event.h"

// What a piece of a query log says, as LogPiece::queries keeps it. Statements, routes, ids of requests and places in
// the program stand where they come first and are numbers from then on.
namespace budgetcheck {

/// How the piece begins and ends.
struct QueryPieceHead {
  std::uint64_t events = 0;
  LineCounts lines;
  LineCounts texts;      ///< statements in texts
  std::string form;      ///< of its records; empty: they do not show it
  double first_ms = -1;  ///< the earliest time of what is packed; negative: unknown
  double last_ms = -1;
  // Texts of several lines may go on in the next piece.
  bool begins_with_text = false;
  bool has_text = false;
  bool is_open = false;    ///< a statement at its end is not known to be complete
  bool remembers = false;  ///< the texts said something of statements that may follow
};

/// Packs the statements of a piece of a log instead of counting them.
class QueryPieceSink final : public QueryLines {
 public:
  QueryPieceSink(Dialect dialect, const RouteTable* routes);

  void report(Input& /*input*/, Facts& /*facts*/) override {}
  /// After the last line. Empty when the piece holds nothing that counts.
  std::string take_bytes();
  std::uint64_t events() const { return events_; }

 private:
  void take(const ReadRecord& read, std::uint32_t line) override;
  bool take_text(const LogRecord& record, std::uint32_t line) override;
  void begin_request(const LogRecord& record, std::uint32_t line) override;
  void end_request(const LogRecord& record, std::uint32_t line) override;

  void pack(const QueryEvent& event, KnownStatement* statement, std::uint32_t line);
  void pack_statement(KnownStatement& known);
  void pack_route(const QueryEvent& event);
  void pack_source(const QueryEvent& event);
  void pack_id(const QueryEvent& event);

  const RouteTable* routes_;
  StatementReader text_statements_;
  QueryEventReader reader_;
  PackedWriter out_;
  std::string form_;
  double first_ms_ = -1;
  double last_ms_ = -1;
  std::uint64_t events_ = 0;
  std::uint32_t line_ = 0;
  double at_ms_ = 0;
  std::unordered_map<std::uint64_t, std::uint32_t> statements_;
  std::unordered_map<std::uint64_t, std::uint32_t> route_spellings_;
  std::unordered_map<std::string, std::uint32_t> route_names_;
  std::unordered_map<std::uint64_t, std::uint32_t> sources_;  ///< 0: none that is shown
  std::uint32_t source_count_ = 0;
  std::unordered_map<std::uint64_t, std::uint32_t> ids_;
};

/// Reads the events of a piece back.
class QueryPieceReader {
 public:
  explicit QueryPieceReader(std::string_view bytes);

  struct Next {
    QueryEvent event;
    KnownStatement* statement = nullptr;           ///< of a statement; lives as long as the reader
    const query_log::NamedRoute* route = nullptr;  ///< null: none is known
    std::uint32_t route_number = 0;                ///< among those of the piece
    std::uint32_t line = 0;                        ///< within the piece
  };
  const QueryPieceHead& head() const { return head_; }
  /// False at the end, or where the bytes are none of these: see failed().
  bool next(Next& next);
  bool failed() const { return in_.failed(); }

 private:
  struct Id {
    std::uint64_t key = 0;
    std::string text;
  };
  void read_statement(Next& next);
  void read_route(Next& next);
  void read_source(Next& next);
  void read_id(Next& next);

  PackedReader in_;
  QueryPieceHead head_;
  std::uint64_t read_ = 0;
  std::uint32_t line_ = 0;
  double at_ms_ = 0;
  std::deque<KnownStatement> statements_;
  std::deque<query_log::NamedRoute> routes_;
  std::deque<std::string> sources_;
  std::deque<Id> ids_;
};

}  // namespace budgetcheck
