#include <algorithm>
#include <cmath>

#include "base/text/packed.h"
#include "results/measured/member_count.h"
#include "results/measured/members.h"

namespace budgetcheck::measured {
namespace {

/// Each of them, until there are no bytes.
template <class Read>
bool unpack(const json::Value* v, const Read& read) {
  if (v == nullptr) {
    return true;
  }
  const std::optional<std::string> bytes = v->string() == nullptr ? std::nullopt : from_base64(*v->string());
  if (!bytes) {
    return false;
  }
  PackedReader in(*bytes);
  while (!in.at_end()) {
    if (!read(in)) {
      return false;
    }
  }
  return !in.failed();
}

void write_span(PackedWriter& out, const QueryLog::Span& span) {
  out.number(span.first_ms);
  out.number(span.last_ms);
}

QueryLog::Span read_span(PackedReader& in) {
  QueryLog::Span span;
  span.first_ms = in.number();
  span.last_ms = in.number();
  return span;
}

void write_requests(json::Writer& w, std::string_view name, const std::vector<QueryLog::OpenRequest>& requests) {
  if (requests.empty()) {
    return;
  }
  PackedWriter out;
  for (const QueryLog::OpenRequest& request : requests) {
    out.hash(request.key);
    write_span(out, request.span);
    out.byte(request.ended ? 1 : 0);
  }
  w.member(name, to_base64(out.bytes()));
}

bool read_requests(const json::Value* v, std::vector<QueryLog::OpenRequest>& requests) {
  return unpack(v, [&](PackedReader& in) {
    QueryLog::OpenRequest& request = requests.emplace_back();
    request.key = in.hash();
    request.span = read_span(in);
    request.ended = in.byte() != 0;
    return !in.failed();
  });
}

// A member that has no line is lost on the way: give it one, or say here that it is left out.
static_assert(names_all_members<Location>());
static_assert(names_all_members<LoggerRecords>());
static_assert(names_all_members<LackingRecords>());
static_assert(names_all_members<CollectorSampler>());
static_assert(names_all_members<CollectorPipeline>());
static_assert(names_all_members<CollectorConfig>());
static_assert(names_all_members<CollectorRedaction>());
static_assert(names_all_members<Input>());
static_assert(names_all_members<Unmeasured>());
static_assert(names_all_members<Part>());
static_assert(names_all_members<Environment>());
static_assert(names_all_members<PackageCopies::Copy>());
static_assert(names_all_members<PackageCopies>());
static_assert(names_all_members<BundledPackage>());
static_assert(names_all_members<FailedBuild>());
static_assert(names_all_members<BundleFacts>());
static_assert(names_all_members<Exchange>());
static_assert(names_all_members<ListFields::Field>());
static_assert(names_all_members<ListFields>());
static_assert(names_all_members<CaptureFacts>());
static_assert(names_all_members<PersonalValues>());
static_assert(names_all_members<PersonalFacts>());
static_assert(names_all_members<Facts>());
static_assert(names_all_members<TracePlace>());
static_assert(names_all_members<SerialCalls::Call>());
static_assert(names_all_members<SerialCalls::Timed>());
static_assert(names_all_members<SerialCalls>());
static_assert(names_all_members<RepeatedCalls>());
static_assert(names_all_members<MissingAttribute::Route>());
static_assert(names_all_members<MissingAttribute>());
static_assert(names_all_members<OrphanSpans>());
static_assert(names_all_members<UnboundedName>());
static_assert(names_all_members<TraceRoute>());
static_assert(names_all_members<SeenTraces>());
static_assert(names_all_members<TraceFacts>());
static_assert(names_all_members<QueryShape>());
static_assert(names_all_members<TurnEvidence>());
static_assert(names_all_members<Repeat>());
static_assert(names_all_members<PlanAccess>());
static_assert(names_all_members<CapturedPlan>());
static_assert(names_all_members<QueryFacts>(1), "schemas are shared by inputs: see MeasuredSchema");
static_assert(names_all_members<TableSize>());
static_assert(names_all_members<Column>());
static_assert(names_all_members<Relation>());
static_assert(names_all_members<IndexColumn>());
static_assert(names_all_members<TableIndex>());
static_assert(names_all_members<Table>());
static_assert(names_all_members<DatabaseSchema>());

/// All of a query log but what is packed.
template <class A>
constexpr void each_of_log(A& a) {
  a("input", &QueryLog::input);
  a("form", &QueryLog::form);
  a("has_ids", &QueryLog::has_ids);
  a("statements", &QueryLog::statements);
  a("requests", &QueryLog::requests);
  a("statements_without_id", &QueryLog::statements_without_id);
  a("shapes", &QueryLog::shapes);
  a("repeats", &QueryLog::repeats);
  a("past_dropped", &QueryLog::past_dropped);
  a("plans", &QueryLog::plans);
  a("schema", &QueryLog::schema);
}

constexpr std::size_t kPackedOfLog = 3;  // span, open and past requests
static_assert([] {
  MemberCounter counter;
  each_of_log(counter);
  return counter.count + kPackedOfLog == count_of_members<QueryLog>();
}());

/// Rules look shapes up by their numbers.
bool has_shapes(const QueryLog& log, const std::vector<std::uint32_t>& numbers) {
  for (const std::uint32_t number : numbers) {
    if (number >= log.shapes.size()) {
      return false;
    }
  }
  return true;
}

bool is_sound(const QueryLog& log) {
  for (const Repeat& repeat : log.repeats) {
    const auto may_be = [&](std::uint32_t number) { return number == Repeat::kNoShape || has_shapes(log, {number}); };
    if (!has_shapes(log, {repeat.shape}) || !may_be(repeat.parent) || !may_be(repeat.call) ||
        !has_shapes(log, repeat.before) || !has_shapes(log, repeat.turn) || !has_shapes(log, repeat.variants)) {
      return false;
    }
  }
  for (const CapturedPlan& plan : log.plans) {
    if (!has_shapes(log, {plan.shape})) {
      return false;
    }
  }
  return true;
}

}  // namespace

bool read_whole(const json::Value& v, std::uint64_t most, std::uint64_t& value) {
  value = 0;
  if (v.string() != nullptr) {
    const std::string& text = *v.string();
    constexpr std::size_t kMostDigits = 20;
    if (text.empty() || text.size() > kMostDigits || text.find_first_not_of("0123456789") != std::string::npos) {
      return false;
    }
    for (const char c : text) {
      const auto digit = static_cast<std::uint64_t>(c - '0');
      if (value > (std::numeric_limits<std::uint64_t>::max() - digit) / 10) {
        return false;
      }
      value = value * 10 + digit;
    }
  } else if (v.number() == nullptr || !(*v.number() >= 0) || *v.number() > static_cast<double>(kMostExact) ||
             *v.number() != std::floor(*v.number())) {
    return false;
  } else {
    value = static_cast<std::uint64_t>(*v.number());
  }
  if (value > most) {
    value = 0;
    return false;
  }
  return true;
}

void Codec<Labels>::write(json::Writer& w, const Labels& labels) {
  w.begin_object();
  for (const auto& [name, value] : labels) {
    w.member(name, value);
  }
  w.end_object();
}

bool Codec<Labels>::read(const json::Value& v, Labels& labels) {
  if (v.object() == nullptr) {
    return false;
  }
  for (const json::Member& member : *v.object()) {
    if (member.value.string() == nullptr) {
      return false;
    }
    labels.set(member.key, *member.value.string());
  }
  return true;
}

void Codec<std::map<std::string, std::string>>::write(json::Writer& w,
                                                      const std::map<std::string, std::string>& texts) {
  w.begin_object();
  for (const auto& [name, text] : texts) {
    w.member(name, text);
  }
  w.end_object();
}

bool Codec<std::map<std::string, std::string>>::read(const json::Value& v, std::map<std::string, std::string>& texts) {
  if (v.object() == nullptr) {
    return false;
  }
  for (const json::Member& member : *v.object()) {
    if (member.value.string() == nullptr) {
      return false;
    }
    texts[member.key] = *member.value.string();
  }
  return true;
}

using SampleValue = Codec<std::variant<Single, Runs, Rate, Distribution, QuantileRuns>>;

void SampleValue::write(json::Writer& w, const Value& value) {
  if (const auto* single = std::get_if<Single>(&value)) {
    write_number(w, *single);
  } else if (const auto* runs = std::get_if<Runs>(&value)) {
    write_value(w, *runs);
  } else if (const auto* rate = std::get_if<Rate>(&value)) {
    w.begin_object();
    w.key("events");
    write_whole(w, rate->events);
    w.key("n");
    write_whole(w, rate->n);
    w.end_object();
  } else if (const auto* quantiles = std::get_if<QuantileRuns>(&value)) {
    w.begin_object();
    w.key("quantiles");
    write_value(w, *quantiles);
    w.end_object();
  } else if (const auto& distribution = std::get<Distribution>(value); distribution.exact()) {
    w.begin_object();
    w.key("values");
    write_value(w, distribution.values());
    w.end_object();
  } else {
    w.begin_object();
    w.member("min", distribution.min()).member("max", distribution.max()).member("sum", distribution.sum());
    PackedWriter out;
    std::uint64_t last = 0;
    for (const auto& [lower, count] : distribution.bins()) {
      out.whole(lower - last);
      out.whole(count);
      last = lower;
    }
    w.member("bins", to_base64(out.bytes()));
    w.end_object();
  }
}

bool SampleValue::read(const json::Value& v, Value& value) {
  if (v.array() != nullptr) {
    Runs& runs = value.emplace<Runs>();
    return read_value(v, runs) && std::all_of(runs.begin(), runs.end(), [](double run) { return std::isfinite(run); });
  }
  if (v.object() == nullptr) {
    Single& single = value.emplace<Single>();
    return read_number(v, single) && std::isfinite(single);
  }
  if (const json::Value* events = v.find("events")) {
    Rate& rate = value.emplace<Rate>();
    const json::Value* n = v.find("n");
    return n != nullptr && read_whole(*events, kMostExact, rate.events) && read_whole(*n, kMostExact, rate.n) &&
           rate.events <= rate.n;
  }
  if (const json::Value* told = v.find("quantiles")) {
    return read_value(*told, value.emplace<QuantileRuns>());
  }
  Distribution& distribution = value.emplace<Distribution>();
  if (const json::Value* values = v.find("values")) {
    std::vector<double> exact;
    if (!read_value(*values, exact) || exact.size() > Distribution::kMaxExact) {
      return false;
    }
    for (const double one : exact) {
      distribution.add(one);
    }
    return true;
  }
  std::map<std::uint64_t, std::uint64_t> bins;
  std::uint64_t lower = 0;
  const bool sound = unpack(v.find("bins"), [&](PackedReader& in) {
    constexpr std::uint64_t kMostLower = 2'000'000'000'000'000'000;
    lower += in.whole_to(kMostLower - lower);
    return bins.emplace(lower, in.whole()).second && !in.failed();
  });
  const json::Value* min = v.find("min");
  const json::Value* max = v.find("max");
  const json::Value* sum = v.find("sum");
  double numbers[3] = {};
  if (!sound || min == nullptr || max == nullptr || sum == nullptr || !read_number(*min, numbers[0]) ||
      !read_number(*max, numbers[1]) || !read_number(*sum, numbers[2])) {
    return false;
  }
  Expected<Distribution> read = Distribution::from_bins(std::move(bins), numbers[0], numbers[1], numbers[2]);
  if (read) {
    distribution = std::move(*read);
  }
  return read.has_value();
}

void Codec<QueryLog>::write(json::Writer& w, const QueryLog& log) {
  w.begin_object();
  ObjectWriter<QueryLog> writer(w, log);
  each_of_log(writer);
  PackedWriter span;
  write_span(span, log.span);
  w.member("span", to_base64(span.bytes()));
  write_requests(w, "open_requests", log.open_requests);
  write_requests(w, "past_requests", log.past_requests);
  w.end_object();
}

bool Codec<QueryLog>::read(const json::Value& v, QueryLog& log) {
  if (!v.is_object()) {
    return false;
  }
  ObjectReader<QueryLog> reader(v, log);
  each_of_log(reader);
  const bool has_span = unpack(v.find("span"), [&](PackedReader& in) {
    log.span = read_span(in);
    return !in.failed();
  });
  return reader.sound() && has_span && read_requests(v.find("open_requests"), log.open_requests) &&
         read_requests(v.find("past_requests"), log.past_requests) && is_sound(log);
}

namespace {

template <class A>
void each_of_piece(A& a) {
  a("of", &LogPiece::of);
  a("number", &LogPiece::number);
  a("count", &LogPiece::count);
  a("is_file", &LogPiece::is_file);
  a("begin", &LogPiece::begin);
  a("bytes", &LogPiece::bytes);
  a("checksum", &LogPiece::checksum);
  a("lines", &LogPiece::lines);
  a("joins_lines", &LogPiece::joins_lines);
  a("ends_within_line", &LogPiece::ends_within_line);
  a("format", &LogPiece::format);
  a("request_line", &LogPiece::request_line);
  a("request_end", &LogPiece::request_end);
  a("order_by", &LogPiece::order_by);
  a("time_unit", &LogPiece::time_unit);
  a("time_field", &LogPiece::time_field);
}

bool read_bytes(const json::Value* v, std::string& bytes) {
  std::optional<std::string> read = v == nullptr || v->string() == nullptr ? std::nullopt : from_base64(*v->string());
  if (read) {
    bytes = std::move(*read);
  }
  return read.has_value();
}

}  // namespace

void Codec<LogPiece>::write(json::Writer& w, const LogPiece& piece) {
  w.begin_object();
  ObjectWriter<LogPiece> writer(w, piece);
  each_of_piece(writer);
  w.member("queries", to_base64(piece.queries)).member("requests", to_base64(piece.requests));
  if (!piece.order.empty()) {
    w.member("order", to_base64(piece.order));
  }
  w.end_object();
}

bool Codec<LogPiece>::read(const json::Value& v, LogPiece& piece) {
  if (!v.is_object()) {
    return false;
  }
  ObjectReader<LogPiece> reader(v, piece);
  each_of_piece(reader);
  return reader.sound() && (v.find("order") == nullptr || read_bytes(v.find("order"), piece.order)) &&
         read_bytes(v.find("queries"), piece.queries) && read_bytes(v.find("requests"), piece.requests) &&
         piece.number >= 1 && piece.number <= piece.count && piece.count <= LogPiece::kMostPieces &&
         (piece.order_by == LogPiece::Order::kLines || piece.lines <= LogPiece::kMostLines);
}

}  // namespace budgetcheck::measured
