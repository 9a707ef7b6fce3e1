#include "collect/logs/pieces/query_piece.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "base/hash.h"
#include "base/text.h"
#include "collect/query_log/names.h"
#include "collect/text/unescaped.h"
#include "model/measured.h"
#include "query/sql/shape.h"

namespace budgetcheck {

using namespace query_log;

namespace {

constexpr std::uint64_t kMostLine = std::numeric_limits<std::uint32_t>::max();
constexpr std::size_t kMostSpellings = 50'000;

/// What an event has, as bits of its first whole number; the kind is below them.
enum Has : std::uint32_t {
  kHasId = 4,
  kTraced = 8,
  kParams = 16,
  kUnlimited = 32,
  kSingle = 64,
  kRoute = 128,
  kSource = 256,
  kList = 512,
  kOtherUnpaged = 1024,
  kOtherRest = 2048,
  kOtherKeys = 4096,
  kMostHas = 8191,
};

template <class Bits>
std::uint32_t bit(bool is_set, Bits value) {
  return is_set ? static_cast<std::uint32_t>(value) : 0U;
}

void pack_counts(PackedWriter& out, const LineCounts& lines) {
  out.whole(lines.read);
  out.whole(lines.broken);
  out.whole(lines.first_broken);
}

LineCounts read_counts(PackedReader& in) {
  LineCounts lines;
  lines.read = in.whole_to(kMostLine);
  lines.broken = in.whole_to(kMostLine);
  lines.first_broken = static_cast<std::uint32_t>(in.whole_to(kMostLine));
  return lines;
}

/// All that the log's builder wants to know of a statement.
std::string packed_statement(const KnownStatement& known) {
  const Shape& shape = known.shape;
  PackedWriter out;
  out.text(shape.key);
  out.text(shape.text);
  out.text(known.table);
  out.whole(static_cast<std::uint64_t>(shape.verb));
  const bool flags[] = {shape.joins,  shape.probe,  shape.narrow,    shape.ordered,    shape.walks,
                        shape.single, shape.claims, shape.unlimited, shape.limit != 0, known.pages,
                        known.open,   known.calls,  shape.swaps};
  std::uint64_t bits = 0;
  for (const bool flag : flags) {
    bits = bits << 1U | (flag ? 1U : 0U);
  }
  out.whole(bits);
  out.hash(shape.key_column);
  return out.take();
}

KnownStatement unpacked_statement(PackedReader& in) {
  KnownStatement known;
  Shape& shape = known.shape;
  shape.kind = Shape::Kind::kStatement;
  shape.key = in.text();
  shape.text = in.text();
  known.table = in.text();
  known.table_hash = known.table.empty() ? 0 : hash64(lower(known.table));
  shape.verb = static_cast<Verb>(in.whole_to(static_cast<std::uint64_t>(Verb::kOther)));
  constexpr unsigned kFlags = 13;
  const std::uint64_t bits = in.whole_to((1U << kFlags) - 1);
  unsigned at = kFlags;
  const auto flag = [&] { return (bits >> --at & 1U) != 0; };
  shape.joins = flag();
  shape.probe = flag();
  shape.narrow = flag();
  shape.ordered = flag();
  shape.walks = flag();
  shape.single = flag();
  shape.claims = flag();
  shape.unlimited = flag();
  shape.limit = flag() ? 1 : 0;
  known.pages = flag();
  known.open = flag();
  known.calls = flag();
  shape.swaps = flag();
  shape.key_column = in.hash();
  return known;
}

/// As the logs of JSON lines have it.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\' || c == '"') {
      out += '\\';
    }
    out += c;
  }
  return out;
}

}  // namespace

QueryPieceSink::QueryPieceSink(Dialect dialect, const RouteTable* routes)
    : QueryLines(dialect, nullptr), routes_(routes), text_statements_(dialect) {}

void QueryPieceSink::take(const ReadRecord& read, std::uint32_t line) {
  if (read.statement->shape.kind != Shape::Kind::kNotSql) {
    pack(reader_.read(read), read.statement, line);
  }
}

bool QueryPieceSink::take_text(const LogRecord& record, std::uint32_t line) {
  const ReadRecord read = text_statements_.read(record);
  take(read, line);
  return read.statement->shape.kind == Shape::Kind::kStatement || shape_of(record.query).kind != Shape::Kind::kNotSql;
}

void QueryPieceSink::begin_request(const LogRecord& record, std::uint32_t line) {
  if (QueryEvent event; QueryEventReader::read_bound(record, QueryEvent::Kind::kBegin, event)) {
    pack(event, nullptr, line);
  }
}

void QueryPieceSink::end_request(const LogRecord& record, std::uint32_t line) {
  if (QueryEvent event; QueryEventReader::read_bound(record, QueryEvent::Kind::kEnd, event)) {
    pack(event, nullptr, line);
  }
}

void QueryPieceSink::pack(const QueryEvent& event, KnownStatement* statement, std::uint32_t line) {
  if (++events_ > LogPiece::kMostEvents) {
    return;  // it is refused
  }
  if (form_.empty()) {
    form_ = event.form;
  }
  const bool is_statement = event.kind == QueryEvent::Kind::kStatement;
  const ParamHashes& params = event.params;
  out_.whole(static_cast<std::uint32_t>(event.kind) | bit(event.has_id, kHasId) | bit(event.traced, kTraced) |
             bit(params.known, kParams) | bit(params.unlimited, kUnlimited) | bit(params.single, kSingle) |
             bit(is_statement && !event.route.empty(), kRoute) | bit(is_statement && !event.source.empty(), kSource) |
             bit(params.list_size != 0, kList) | bit(params.unpaged != params.all, kOtherUnpaged) |
             bit(params.rest != params.unpaged, kOtherRest) | bit(params.keys != params.all, kOtherKeys));
  // Statements in texts may be told when a later line shows that they have ended.
  const auto forward = static_cast<std::int64_t>(line) - static_cast<std::int64_t>(line_);
  out_.whole(forward >= 0 ? static_cast<std::uint64_t>(forward) << 1U
                          : static_cast<std::uint64_t>(-forward) << 1U | 1U);
  line_ = line;
  out_.number(event.ms);
  // Times lie close to one another.
  out_.whole(event.at_ms < 0 ? 0 : event.at_ms >= at_ms_ ? 1 : 2);
  if (event.at_ms >= 0) {
    first_ms_ = first_ms_ < 0 ? event.at_ms : std::min(first_ms_, event.at_ms);
    last_ms_ = std::max(last_ms_, event.at_ms);
    const double from = at_ms_;
    const double step = event.at_ms >= from ? event.at_ms - from : from - event.at_ms;
    const bool comes_back = event.at_ms >= from ? from + step == event.at_ms : from - step == event.at_ms;
    out_.byte(comes_back ? 1 : 0);
    out_.number(comes_back ? step : event.at_ms);
    at_ms_ = event.at_ms;
  }
  pack_id(event);
  if (event.kind == QueryEvent::Kind::kControl) {
    out_.whole(static_cast<std::uint64_t>(event.control));
  }
  if (!is_statement) {
    return;
  }
  pack_statement(*statement);
  if (!event.route.empty()) {
    pack_route(event);
  }
  if (!event.source.empty()) {
    pack_source(event);
  }
  // Without parameters that can be read these hashes are of what the statement itself holds.
  out_.hash(params.all);
  if (params.unpaged != params.all) {
    out_.hash(params.unpaged);
  }
  if (params.rest != params.unpaged) {
    out_.hash(params.rest);
  }
  if (params.keys != params.all) {
    out_.hash(params.keys);
  }
  if (params.list_size != 0) {
    out_.whole(params.list_size);
  }
}

void QueryPieceSink::pack_statement(KnownStatement& known) {
  if (known.number != KnownStatement::kNotNumbered) {
    out_.whole(known.number);
    return;
  }
  const std::string packed = packed_statement(known);
  const auto [at, is_new] = statements_.try_emplace(hash64(packed), static_cast<std::uint32_t>(statements_.size()));
  known.number = at->second;
  out_.whole(at->second);
  if (is_new) {
    out_.text(packed);
  }
}

void QueryPieceSink::pack_route(const QueryEvent& event) {
  const std::uint64_t hash = hash64(event.route);
  if (const auto known = route_spellings_.find(hash); known != route_spellings_.end()) {
    out_.whole(known->second);
    return;
  }
  if (route_spellings_.size() >= kMostSpellings) {
    route_spellings_.clear();
  }
  const NamedRoute route = name_route(event.plain ? std::string(event.route) : unescaped(event.route), routes_);
  const auto [at, is_new] = route_names_.try_emplace(route.name + (route.inferred ? "\n" : ""),
                                                     static_cast<std::uint32_t>(route_names_.size()));
  route_spellings_.emplace(hash, at->second);
  out_.whole(at->second);
  if (is_new) {
    out_.text(route.name);
    out_.byte(route.inferred ? 1 : 0);
  }
}

void QueryPieceSink::pack_source(const QueryEvent& event) {
  const auto [at, is_new] = sources_.try_emplace(hash64(event.source), 0);
  if (is_new) {
    const Location place = source_line(event.plain ? std::string(event.source) : unescaped(event.source));
    if (!place.file.empty()) {
      at->second = ++source_count_;
      out_.whole(at->second);
      out_.text(place.column == 0 ? fmt::format("{}:{}", place.file, place.line)
                                  : fmt::format("{}:{}:{}", place.file, place.line, place.column));
      return;
    }
  }
  out_.whole(at->second);
}

void QueryPieceSink::pack_id(const QueryEvent& event) {
  constexpr std::uint64_t kFactor = 31;
  const std::uint64_t own = (event.key * kFactor + hash64(event.id)) * 2 + (event.has_id ? 1U : 0U);
  const auto [at, is_new] = ids_.try_emplace(own, static_cast<std::uint32_t>(ids_.size()));
  // Requests that came lately come again.
  out_.whole(ids_.size() - 1 - at->second + (is_new ? 0U : 1U));
  if (is_new) {
    out_.hash(event.key);
    out_.text(event.has_id ? escaped(shown_id(event.id)) : "");
  }
}

std::string QueryPieceSink::take_bytes() {
  flush();
  PackedWriter head;
  head.whole(events_);
  pack_counts(head, lines());
  pack_counts(head, texts().counts());
  head.text(form_);
  head.number(first_ms_);
  head.number(last_ms_);
  head.byte(static_cast<std::uint8_t>(bit(begins_with_text(), 1) | bit(has_texts(), 2) | bit(ends_open(), 4) |
                                      bit(texts().remembers(), 8)));
  return head.take() + out_.take();
}

QueryPieceReader::QueryPieceReader(std::string_view bytes) : in_(bytes) {
  head_.events = in_.whole_to(LogPiece::kMostEvents);
  head_.lines = read_counts(in_);
  head_.texts = read_counts(in_);
  head_.form = printable(in_.text());
  head_.first_ms = in_.number();
  head_.last_ms = in_.number();
  const std::uint8_t flags = in_.byte();
  head_.begins_with_text = (flags & 1U) != 0;
  head_.has_text = (flags & 2U) != 0;
  head_.is_open = (flags & 4U) != 0;
  head_.remembers = (flags & 8U) != 0;
}

bool QueryPieceReader::next(Next& next) {
  if (read_ == head_.events) {
    if (!in_.at_end()) {
      in_.fail();
    }
    return false;
  }
  ++read_;
  next = {};
  const auto has = static_cast<std::uint32_t>(in_.whole_to(kMostHas));
  QueryEvent& event = next.event;
  event.kind = static_cast<QueryEvent::Kind>(has & 3U);
  event.has_id = (has & kHasId) != 0;
  event.traced = (has & kTraced) != 0;
  event.form = head_.form;
  event.plain = true;
  const std::uint64_t step = in_.whole_to(2 * kMostLine + 1);
  const auto line = static_cast<std::int64_t>(line_) +
                    ((step & 1U) != 0 ? -static_cast<std::int64_t>(step >> 1U) : static_cast<std::int64_t>(step >> 1U));
  if (line < 0 || line > static_cast<std::int64_t>(kMostLine)) {
    in_.fail();
    return false;
  }
  line_ = static_cast<std::uint32_t>(line);
  next.line = line_;
  event.ms = in_.number();
  if (const std::uint64_t direction = in_.whole_to(2); direction != 0) {
    const bool is_step = in_.byte() != 0;
    const double value = in_.number();
    at_ms_ = !is_step ? value : direction == 1 ? at_ms_ + value : at_ms_ - value;
    event.at_ms = at_ms_;
  }
  read_id(next);
  if (event.kind == QueryEvent::Kind::kControl) {
    event.control = static_cast<Control>(in_.whole_to(static_cast<std::uint64_t>(Control::kRollback)));
  }
  if (event.kind == QueryEvent::Kind::kStatement) {
    read_statement(next);
    if ((has & kRoute) != 0) {
      read_route(next);
    }
    if ((has & kSource) != 0) {
      read_source(next);
    }
    ParamHashes& params = event.params;
    params.known = (has & kParams) != 0;
    params.unlimited = (has & kUnlimited) != 0;
    params.single = (has & kSingle) != 0;
    params.all = in_.hash();
    params.unpaged = (has & kOtherUnpaged) != 0 ? in_.hash() : params.all;
    params.rest = (has & kOtherRest) != 0 ? in_.hash() : params.unpaged;
    params.keys = (has & kOtherKeys) != 0 ? in_.hash() : params.all;
    params.list_size = (has & kList) != 0 ? in_.whole() : 0;
  }
  return !in_.failed();
}

void QueryPieceReader::read_id(Next& next) {
  const std::uint64_t back = in_.whole_to(ids_.size());
  if (back == 0) {
    Id id;
    id.key = in_.hash();
    id.text = in_.text();
    ids_.push_back(std::move(id));
  }
  const Id& id = ids_[back == 0 ? ids_.size() - 1 : ids_.size() - static_cast<std::size_t>(back)];
  next.event.key = id.key;
  next.event.id = id.text;
}

void QueryPieceReader::read_statement(Next& next) {
  const std::uint64_t number = in_.whole_to(statements_.size());
  if (number == statements_.size()) {
    PackedReader packed(in_.text());
    statements_.push_back(unpacked_statement(packed));
    if (packed.failed() || !packed.at_end()) {
      in_.fail();
    }
  }
  next.statement = &statements_[static_cast<std::size_t>(number)];
}

void QueryPieceReader::read_route(Next& next) {
  const std::uint64_t number = in_.whole_to(routes_.size());
  if (number == routes_.size()) {
    NamedRoute route;
    route.name = printable(in_.text());
    route.inferred = in_.byte() != 0;
    routes_.push_back(std::move(route));
  }
  next.route = &routes_[static_cast<std::size_t>(number)];
  next.route_number = static_cast<std::uint32_t>(number);
}

void QueryPieceReader::read_source(Next& next) {
  const std::uint64_t number = in_.whole_to(sources_.size() + 1);
  if (number == sources_.size() + 1) {
    sources_.emplace_back(in_.text());
  }
  if (number > 0 && !in_.failed()) {
    next.event.source = sources_[static_cast<std::size_t>(number) - 1];
  }
}

}  // namespace budgetcheck
