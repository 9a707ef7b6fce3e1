#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "base/text.h"
#include "collect/logs/event_document.h"
#include "collect/logs/pieces/log_pieces.h"
#include "collect/logs/pieces/piece_order.h"
#include "collect/logs/pieces/query_piece.h"
#include "collect/logs/pieces/request_piece.h"
#include "collect/logs/query_sink.h"
#include "collect/logs/read_lines.h"
#include "collect/logs/records/record_sink.h"
#include "collect/logs/request_sink.h"
#include "collect/query_log/fields/log_fields.h"
#include "collect/query_log/log_schema.h"
#include "collect/text/checksum.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kLookedAt = 65'536;  ///< bytes

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
  if (RecordSink::is_wanted(context)) {
    return tl::unexpected(cannot_be_cut(source,
                                        "the budgets file asks for its records (logs.correlated, or a requirement of "
                                        "telemetry on log), which are counted in whole files only"));
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
  LineTimes times;
  std::vector<LineSink*> sinks{&queries, &requests};
  std::vector<std::uint64_t> numbers;
  piece.order_by = choice.order;
  if (choice.order == LogPiece::Order::kTime) {
    sinks.push_back(&times);
  } else if (choice.order == LogPiece::Order::kNumber) {
    stretch.numbers = &numbers;
  }
  const LinesRead read = read_lines(*source.content, threads_for(*source.content, context.threads), sinks, stretch);
  piece.lines = read.count;
  piece.joins_lines = read.joined;
  piece.ends_within_line = read.unended;
  if (choice.order == LogPiece::Order::kTime) {
    piece.order = times.take_order(piece.lines);
  } else if (choice.order == LogPiece::Order::kNumber) {
    if (const auto without = std::find(numbers.begin(), numbers.end(), 0U); without != numbers.end()) {
      return fail(
          ErrorKind::kUsage,
          fmt::format("line {} of '{}' has no number before it", without - numbers.begin() + 1, printable(source.path)),
          {}, "write each line as its number in the whole log (from 1), a tab, and the line");
    }
    piece.order = order_of_numbers(numbers);
  }
  piece.queries = queries.take_bytes();
  piece.requests = requests.take_bytes();
  const bool has_many_lines = is_dealt(piece) && piece.lines > LogPiece::kMostLines;
  if (has_many_lines || std::max(queries.events(), requests.head().events) > LogPiece::kMostEvents) {
    constexpr std::uint64_t kMillion = 1'000'000;
    return fail(ErrorKind::kUsage,
                fmt::format("part {} of '{}' holds more than {} million {}", choice.number, printable(choice.of),
                            (has_many_lines ? LogPiece::kMostLines : LogPiece::kMostEvents) / kMillion,
                            has_many_lines ? "lines" : "statements or requests"),
                {}, fmt::format("cut the log into more parts than {}", choice.count));
  }
  if (has_beginning && format == kFormatOfRequests && requests.head().has_comments) {
    return tl::unexpected(cannot_be_cut(source, "its first lines say how the others are read"));
  }
  if (choice.number == 1) {
    piece.format = format;
  }
  if (choice.number == 1 || choice.is_file) {
    const FirstRequest request =
        first_json_request(choice.order == LogPiece::Order::kNumber ? without_numbers(bytes.substr(0, 2 * kLookedAt))
                                                                    : bytes)
            .value_or(FirstRequest{});
    piece.request_line = static_cast<std::uint32_t>(request.line);
    piece.request_end = request.end;
  }
  const std::size_t begin = choice.is_file ? 0 : line_from(bytes, stretch.begin);
  const std::size_t end = choice.is_file ? bytes.size() : line_from(bytes, stretch.end);
  piece.begin = begin;
  if (choice.order == LogPiece::Order::kNumber) {
    piece.checksum = checksum_of_numbered(bytes, piece.bytes);
  } else {
    piece.bytes = end - begin;
    piece.checksum = checksum_of(bytes.substr(begin, end - begin));
  }
  source.content->release_before(bytes.size());
  return piece;
}

}  // namespace budgetcheck
