#include "collect/logs/pieces/log_pieces.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "base/text.h"
#include "collect/logs/event_document.h"
#include "collect/logs/pieces/piece_order.h"
#include "collect/logs/pieces/query_piece.h"
#include "collect/logs/pieces/replay.h"
#include "collect/logs/pieces/request_piece.h"
#include "collect/logs/query_sink.h"
#include "collect/logs/read_lines.h"
#include "collect/logs/request_sink.h"
#include "collect/query_log/fields/log_fields.h"
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

Error is_unordered(const LogPiece& piece, std::string_view why) {
  return {ErrorKind::kUsage,
          fmt::format("the lines of '{}' lie in its parts one by one, and {}", printable(piece.of), why),
          {},
          "cut the log into stretches of lines that follow one another (split -n l/8)"};
}

/// The first of lines that are none (0) or some.
std::uint32_t first_of(const std::vector<std::uint32_t>& lines) {
  std::uint32_t first = 0;
  for (const std::uint32_t line : lines) {
    first = first == 0 || (line != 0 && line < first) ? line : first;
  }
  return first;
}

/// A container's runtime cuts long lines, and one piece may end where the line goes on in the next.
std::optional<Error> find_torn_lines(const std::vector<const LogPiece*>& pieces) {
  for (const LogPiece* piece : pieces) {
    if (is_dealt(*piece) && piece->joins_lines) {
      return is_unordered(*piece, "a container's runtime has cut long ones, whose parts belong together");
    }
    if (piece->ends_within_line && piece != pieces.back()) {
      return Error{ErrorKind::kUsage,
                   fmt::format("part {} of '{}' ends within a long line that a container's runtime has cut",
                               piece->number, printable(piece->of)),
                   {},
                   "cut the log elsewhere (into another number of parts), or measure it whole"};
    }
  }
  return std::nullopt;
}

/// What cannot be counted of pieces like these.
std::optional<Error> find_torn_texts(const std::vector<const LogPiece*>& pieces,
                                     const Replay<QueryPieceReader>& replay) {
  TextCuts cuts;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const QueryPieceHead& head = replay.reader(i).head();
    if (is_dealt(*pieces[i]) && (head.texts.read > 0 || head.texts.broken > 0 || head.is_open || head.remembers)) {
      return is_unordered(*pieces[i], "statements stand in texts, which may take several lines");
    }
    if (!is_dealt(*pieces[i]) && !cuts.pass(head)) {
      return Error{ErrorKind::kUsage,
                   fmt::format("part {} of '{}' begins within statements that are logged as text", pieces[i]->number,
                               printable(pieces[i]->of)),
                   {},
                   "cut the log elsewhere, or measure it whole"};
    }
  }
  return std::nullopt;
}

Expected<void> count_queries(const std::vector<const LogPiece*>& pieces, const Source& source,
                             const CollectContext& context, Input& input, Facts& facts, std::uint64_t& ties) {
  QueryLogBuilder builder(source, context);
  Replay<QueryPieceReader> replay(pieces, &LogPiece::queries);
  if (std::optional<Error> torn = find_torn_texts(pieces, replay)) {
    return tl::unexpected(std::move(*torn));
  }
  LineCounts lines;
  LineCounts texts;
  std::vector<std::uint32_t> broken;
  std::vector<std::uint32_t> broken_texts;
  std::vector<std::vector<std::uint32_t>> routes(pieces.size());
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const QueryPieceHead& head = replay.reader(i).head();
    lines.read += head.lines.read;
    lines.broken += head.lines.broken;
    texts.read += head.texts.read;
    texts.broken += head.texts.broken;
    broken.push_back(head.lines.first_broken);
    broken_texts.push_back(head.texts.first_broken);
  }
  const auto take = [&](std::size_t piece, QueryPieceReader::Next& next, std::uint32_t line) {
    std::uint32_t route = Execution::kNoRoute;
    if (next.route != nullptr) {
      std::vector<std::uint32_t>& known = routes[piece];
      if (next.route_number == known.size()) {
        known.push_back(builder.route_number(*next.route));
      }
      route = known[next.route_number];
    }
    builder.add(next.event, next.statement, route, line);
  };
  if (Expected<void> read = replay.run(take, {&broken, &broken_texts}, ties); !read) {
    return read;
  }
  lines.first_broken = first_of(broken);
  texts.first_broken = first_of(broken_texts);
  report_queries(builder, lines, texts, nullptr, input, facts);
  return {};
}

Expected<void> feed_requests(const std::vector<const LogPiece*>& pieces, bool among_others, RequestSink& sink,
                             std::uint64_t& ties) {
  Replay<RequestPieceReader> replay(pieces, &LogPiece::requests);
  RequestLines dealt;
  std::vector<std::uint32_t> broken;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const RequestPieceHead& head = replay.reader(i).head();
    if (head.has_comments && !among_others) {
      return fail(ErrorKind::kUsage,
                  fmt::format("part {} of '{}' has lines that say how those behind them are read", pieces[i]->number,
                              printable(pieces[i]->of)),
                  {}, std::string(kWholeFiles));
    }
    if (head.lines.leading > 0 && !among_others && is_dealt(*pieces[i])) {
      return tl::unexpected(is_unordered(*pieces[i], "which of them stand before the first request is not known"));
    }
    dealt.add(head.lines, 0);
    dealt.last_ms = among_others ? std::max(dealt.last_ms, head.last_sure_ms) : dealt.last_ms;
    broken.push_back(head.lines.counts.first_broken);
  }
  const auto take = [&](std::size_t, RequestPieceReader::Next& next, std::uint32_t line) {
    if (next.surely || !among_others) {
      sink.add(next.event, line);
    }
  };
  if (Expected<void> read = replay.run(take, {&broken}, ties); !read) {
    return read;
  }
  std::uint32_t before = 0;
  RequestLines all;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const RequestPieceHead& head = replay.reader(i).head();
    all.last_ms = std::max(all.last_ms, head.last_sure_ms);
    if (!among_others && !is_dealt(*pieces[i])) {
      sink.add(head.lines, before);
    }
    before += pieces[i]->lines;
  }
  if (among_others) {
    sink.add(all, 0);
  } else if (is_dealt(*pieces.front())) {
    dealt.counts.first_broken = dealt.first_broken_behind = first_of(broken);
    sink.add(dealt, 0);
  }
  return {};
}

void describe_ties(const LogPiece& piece, std::uint64_t ties, Input& input) {
  if (ties > 0) {
    Account(input).incomplete(
        fmt::format("{} of '{}' {} the time of one of the same request in another part, so their order is not known",
                    counted(ties, "line"), printable(piece.of), ties == 1 ? "has" : "have"),
        "put a number before each line (--order number), or cut the log into stretches of lines");
  }
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
  if (has_beginning && format == kOfRequests && requests.head().has_comments) {
    return tl::unexpected(cannot_be_cut(source, "its first lines say how the others are read"));
  }
  if (choice.number == 1) {
    piece.format = format;
  }
  if (choice.number == 1 || is_dealt(piece)) {
    piece.has_requests = has_json_requests(
        choice.order == LogPiece::Order::kNumber ? without_numbers(bytes.substr(0, 2 * kLookedAt)) : bytes);
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

Expected<void> collect_log_pieces(const std::vector<const LogPiece*>& pieces, const Source& source,
                                  const CollectContext& context, Input& input, Facts& facts) {
  if (std::optional<Error> torn = find_torn_lines(pieces)) {
    return tl::unexpected(std::move(*torn));
  }
  const LogPiece& first = *pieces.front();
  const Source with = with_time(source, first);
  std::uint64_t ties = 0;
  if (first.format == kOfRequests) {
    for (const bool believes_times : {true, false}) {
      RequestSink sink(with, context, RequestSink::Log::kOfRequests, believes_times);
      ties = 0;
      if (Expected<void> fed = feed_requests(pieces, false, sink, ties); !fed) {
        return fed;
      }
      if (!sink.times_refuted()) {
        sink.report(input, facts);
        break;
      }
    }
    describe_ties(first, ties, input);
    return {};
  }
  if (Expected<void> done = count_queries(pieces, with, context, input, facts, ties); !done) {
    return done;
  }
  const bool has_requests = is_dealt(first) ? std::any_of(pieces.begin(), pieces.end(),
                                                          [](const LogPiece* piece) { return piece->has_requests; })
                                            : first.has_requests;
  if (has_requests) {
    std::uint64_t same_ties = 0;
    RequestSink sink(with, context, RequestSink::Log::kOfMuchElse);
    if (Expected<void> fed = feed_requests(pieces, true, sink, same_ties); !fed) {
      return fed;
    }
    sink.report(input, facts);
  }
  describe_ties(first, ties, input);
  return {};
}

}  // namespace budgetcheck
