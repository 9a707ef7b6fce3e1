#include "collect/logs/log_pieces.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "collect/logs/event_document.h"
#include "collect/logs/query_piece.h"
#include "collect/logs/query_sink.h"
#include "collect/logs/read_lines.h"
#include "collect/logs/request_piece.h"
#include "collect/logs/request_sink.h"
#include "collect/query_log/log_fields.h"
#include "collect/query_log/log_schema.h"
#include "collect/text/checksum.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kOfRequests = "access-log";
constexpr std::size_t kLookedAt = 65'536;  ///< bytes
constexpr std::string_view kWholeFiles = "give each part of the run whole files instead: budgetcheck measure FILE...";

Error cannot_be_cut(const Source& source, std::string_view why) {
  return {ErrorKind::kUsage,
          fmt::format("'{}' cannot be read in parts: {}", printable(source.path), why),
          {},
          std::string(kWholeFiles)};
}

/// Where the piece with this number begins: every line begins in one piece. A byte-order mark is not cut.
std::size_t cut(std::size_t size, const PieceChoice& choice, std::uint32_t number) {
  constexpr std::size_t kMark = 4;
  const std::size_t at = size / choice.count * number + size % choice.count * number / choice.count;
  return at < kMark ? 0 : at;
}

/// The offset of the first line that begins there or behind.
std::size_t line_from(std::string_view bytes, std::size_t at) {
  if (at == 0) {
    return 0;
  }
  const std::size_t end = bytes.find('\n', at - 1);
  return end == std::string_view::npos ? bytes.size() : end + 1;
}

void take_time_setting(const InputSettings& settings, LogPiece& piece) {
  const json::Value* time = settings.find("time");
  if (time == nullptr) {
    return;
  }
  piece.time_unit = time->string() != nullptr ? *time->string() : std::string(time->string_or("unit", ""));
  piece.time_field = time->string_or("field", "");
}

/// The source with the settings that its first piece was read with.
Source with_time(const Source& source, const LogPiece& first) {
  Source with = source;
  if (!first.time_unit.empty() || !first.time_field.empty()) {
    json::Object time;
    for (const auto& [key, value] : {std::pair("unit", first.time_unit), std::pair("field", first.time_field)}) {
      json::Member member;
      member.key = key;
      member.value = json::Value(value);
      time.push_back(std::move(member));
    }
    with.settings.set("time", json::Value(std::move(time)));
  }
  return with;
}

Error damaged(const LogPiece& piece) {
  return {ErrorKind::kInput,
          fmt::format("part {} of '{}' is damaged", piece.number, printable(piece.of)),
          {},
          "measure it again"};
}

/// Statements in texts may take several lines, and what belongs to them may stand in the next piece.
class TextCuts {
 public:
  /// False: the cut before this piece may go through a statement.
  bool pass(const QueryPieceHead& head) {
    const bool sound = !(open_ && head.begins_with_text) && !(remembers_ && head.has_text);
    if (head.has_text || head.events > 0) {
      open_ = head.is_open;
      remembers_ = head.has_text ? head.remembers : remembers_;
    }
    return sound;
  }

 private:
  bool open_ = false;
  bool remembers_ = false;
};

Expected<void> count_queries(const std::vector<const LogPiece*>& pieces, const Source& source,
                             const CollectContext& context, Input& input, Facts& facts) {
  QueryLogBuilder builder(source, context);
  LineCounts lines;
  LineCounts texts;
  TextCuts cuts;
  std::uint32_t before = 0;
  for (const LogPiece* piece : pieces) {
    QueryPieceReader reader(piece->queries);
    if (!cuts.pass(reader.head())) {
      return fail(ErrorKind::kUsage,
                  fmt::format("part {} of '{}' begins within statements that are logged as text", piece->number,
                              printable(piece->of)),
                  {}, "cut the log elsewhere, or measure it whole");
    }
    std::vector<std::uint32_t> routes;
    for (QueryPieceReader::Next next; reader.next(next);) {
      std::uint32_t route = Execution::kNoRoute;
      if (next.route != nullptr) {
        if (next.route_number == routes.size()) {
          routes.push_back(builder.route_number(*next.route));
        }
        route = routes[next.route_number];
      }
      builder.add(next.event, next.statement, route, before + next.line);
    }
    if (reader.failed()) {
      return tl::unexpected(damaged(*piece));
    }
    lines.add(reader.head().lines, before);
    texts.add(reader.head().texts, before);
    before += piece->lines;
  }
  report_queries(builder, lines, texts, nullptr, input, facts);
  return {};
}

Expected<void> feed_requests(const std::vector<const LogPiece*>& pieces, bool among_others, RequestSink& sink) {
  std::uint32_t before = 0;
  for (const LogPiece* piece : pieces) {
    RequestPieceReader reader(piece->requests);
    if (reader.head().has_comments && !among_others) {
      return fail(ErrorKind::kUsage,
                  fmt::format("part {} of '{}' has lines that say how those behind them are read", piece->number,
                              printable(piece->of)),
                  {}, std::string(kWholeFiles));
    }
    for (RequestPieceReader::Next next; reader.next(next);) {
      if (next.surely || !among_others) {
        sink.add(next.event, before + next.line);
      }
    }
    if (reader.failed()) {
      return tl::unexpected(damaged(*piece));
    }
    RequestLines lines;
    lines.last_ms = reader.head().last_sure_ms;
    sink.add(among_others ? lines : reader.head().lines, before);
    before += piece->lines;
  }
  return {};
}

}  // namespace

Expected<LogPiece> read_log_piece(const Source& source, const CollectContext& context, std::string_view format,
                                  const PieceChoice& choice) {
  const std::string_view bytes = source.content->bytes();
  const bool has_beginning = !choice.is_file || choice.number == 1;
  if (read_log_fields(source.settings).any()) {
    return tl::unexpected(cannot_be_cut(source,
                                        "the budgets file names its fields, and which of them occur shows in "
                                        "all of it"));
  }
  Sniff seen;
  seen.head = bytes.substr(0, kLookedAt);
  if (has_beginning && is_event_document(seen)) {
    return tl::unexpected(cannot_be_cut(source, "it is one document, and no log of lines"));
  }
  Stretch stretch{0, bytes.size()};
  if (!choice.is_file) {
    stretch = {cut(bytes.size(), choice, choice.number - 1), cut(bytes.size(), choice, choice.number)};
  }
  LogPiece piece;
  piece.of = choice.of;
  piece.number = choice.number;
  piece.count = choice.count;
  piece.is_file = choice.is_file;
  take_time_setting(source.settings, piece);
  QueryPieceSink queries(dialect_of(schema_of(source, context).kind()), context.routes);
  RequestPieceSink requests(context, piece.time_field);
  const std::array<LineSink*, 2> sinks{&queries, &requests};
  piece.lines = read_lines(*source.content, threads_for(*source.content, context.threads), sinks, stretch);
  piece.queries = queries.take_bytes();
  piece.requests = requests.take_bytes();
  if (std::max(queries.events(), requests.head().events) > LogPiece::kMostEvents) {
    return fail(ErrorKind::kUsage,
                fmt::format("part {} of '{}' holds more than {} million statements or requests", choice.number,
                            printable(choice.of), LogPiece::kMostEvents / 1'000'000),
                {}, fmt::format("cut the log into more parts than {}", choice.count));
  }
  if (has_beginning && format == kOfRequests && requests.head().has_comments) {
    return tl::unexpected(cannot_be_cut(source, "its first lines say how the others are read"));
  }
  if (choice.number == 1) {
    piece.format = format;
    piece.has_requests = has_json_requests(bytes);
  }
  const std::size_t begin = choice.is_file ? 0 : line_from(bytes, stretch.begin);
  const std::size_t end = choice.is_file ? bytes.size() : line_from(bytes, stretch.end);
  piece.begin = begin;
  piece.bytes = end - begin;
  piece.checksum = checksum_of(bytes.substr(begin, end - begin));
  source.content->release_before(bytes.size());
  return piece;
}

Expected<void> collect_log_pieces(const std::vector<const LogPiece*>& pieces, const Source& source,
                                  const CollectContext& context, Input& input, Facts& facts) {
  const LogPiece& first = *pieces.front();
  const Source with = with_time(source, first);
  if (first.format == kOfRequests) {
    for (const bool believes_times : {true, false}) {
      RequestSink sink(with, context, RequestSink::Log::kOfRequests, believes_times);
      if (Expected<void> fed = feed_requests(pieces, false, sink); !fed) {
        return fed;
      }
      if (!sink.times_refuted()) {
        sink.report(input, facts);
        break;
      }
    }
    return {};
  }
  if (Expected<void> counted_all = count_queries(pieces, with, context, input, facts); !counted_all) {
    return counted_all;
  }
  if (first.has_requests) {
    RequestSink sink(with, context, RequestSink::Log::kOfMuchElse);
    if (Expected<void> fed = feed_requests(pieces, true, sink); !fed) {
      return fed;
    }
    sink.report(input, facts);
  }
  return {};
}

}  // namespace budgetcheck
