#include "collect/prisma_log.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <unordered_map>
#include <utility>

#include "base/hash.h"
#include "base/number.h"
#include "base/text.h"
#include "collect/log_record.h"
#include "collect/query_tracker.h"
#include "json/line_fields.h"
#include "query/sql_comment.h"

namespace budgetcheck {
namespace {

/// A few broken lines are other output that ran into the log. Beyond one in twenty so many statements are missing
/// that a request's count, and with it a verdict, is in doubt.
constexpr double kMaxBrokenShare = 0.05;
/// Recognition looks at this many lines: access logs begin with lines of the server's start.
constexpr std::size_t kSniffLines = 200;
constexpr std::size_t kReleaseStep = std::size_t{4} << 20;
/// A longer line is no record: it is passed over, so that memory stays bounded.
constexpr std::size_t kMaxLine = std::size_t{32} << 20;
/// Statements as logged (with their own literals and list lengths) whose shape is remembered.
constexpr std::size_t kMaxMemo = 16'384;
constexpr std::size_t kMaxShapes = 10'000;
constexpr std::size_t kMaxShapeBytes = std::size_t{8} << 20;
constexpr std::size_t kMaxRoutes = 2'000;
constexpr std::size_t kMaxRouteSpellings = 50'000;
constexpr std::size_t kMaxName = 200;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

constexpr std::string_view kIdHint =
    "log the request's id with every query: keep it in an AsyncLocalStorage and write "
    "prisma.$on('query', e => logger.info({ ...e, reqId: als.getStore()?.reqId, route: als.getStore()?.route }))";
constexpr std::string_view kRouteHint = "log the route's template with every query, as route: '/api/users/:id'";

std::string many(std::uint64_t n, std::string_view singular, std::string_view plural = {}) {
  return counted(static_cast<std::size_t>(n), singular, plural);
}

/// A string of the line with its escapes undone.
std::string plain(std::string_view raw) {
  std::string text;
  if (raw.find('\\') == std::string_view::npos || !json::unescape(raw, text)) {
    text = raw;
  }
  return text;
}

/// A name that is shown: safe, one line, not endless.
std::string name_of(std::string_view raw) { return shorten(printable(plain(raw.substr(0, 4 * kMaxName))), kMaxName); }

class LogReader {
 public:
  LogReader(const Source& source, const CollectContext& context) : source_(source), context_(context) {
    log_.input = source.path;
  }

  void read() {
    const std::string_view bytes = source_.content->bytes();
    std::size_t at = bytes.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
    std::size_t released = 0;
    while (at < bytes.size()) {
      const std::size_t end = end_of_line(bytes, at, released);
      ++line_;
      read_line(bytes.substr(at, end - at));
      at = end + 1;
      if (at > released + kReleaseStep) {
        source_.content->release_before(at);
        released = at;
      }
    }
    tracker_.finish();
  }

  void report(Input& input, Facts& facts);

 private:
  /// What a statement means, kept by the hash of its text as logged.
  struct Known {
    Shape shape;  ///< without text and key
    std::uint32_t number = Repeat::kNoShape;
    std::uint64_t table = 0;
    bool pages = false;
  };

  std::size_t end_of_line(std::string_view bytes, std::size_t at, std::size_t& released) {
    for (std::size_t from = at; from < bytes.size(); from += kReleaseStep) {
      const std::size_t length = std::min(kReleaseStep, bytes.size() - from);
      const void* found = std::memchr(bytes.data() + from, '\n', length);
      if (found != nullptr) {
        return static_cast<std::size_t>(static_cast<const char*>(found) - bytes.data());
      }
      if (from + length - at > kMaxLine) {
        source_.content->release_before(from);
        released = from;
      }
    }
    return bytes.size();
  }

  void read_line(std::string_view line) {
    if (line.empty() || line == "\r") {
      return;
    }
    if (line.size() > kMaxLine || !fields_.read(line)) {
      if (trim(line.substr(0, kMaxName)).empty() && trim(line).empty()) {
        return;
      }
      ++lines_;
      ++broken_;
      first_broken_ = first_broken_ == 0 ? line_ : first_broken_;
      return;
    }
    ++lines_;
    const LogRecord record = records_.read(fields_);
    if (!record.query.empty()) {
      read_query(record);
    }
  }

  void read_query(const LogRecord& record) {
    const std::size_t length = length_without_comment(record.query);
    const Known& known = statement(record.query.substr(0, length));
    if (known.shape.kind == Shape::Kind::kNotSql) {
      return;
    }
    if (log_.form.empty()) {
      log_.form = record.level_is_number ? "pino" : record.level_is_word ? "winston" : "prisma-event";
    }
    if (known.shape.kind == Shape::Kind::kControl) {
      ++controls_;
      return;
    }
    ++log_.statements;
    Execution execution;
    execution.shape = known.number;
    execution.verb = known.shape.verb;
    execution.joins = known.shape.joins;
    execution.has_table = known.table != 0;
    execution.table = known.table;
    execution.pages = known.pages;
    execution.params = params_of(known.shape, record);
    execution.ms = record.duration_ms;
    execution.line = line_;
    without_params_ += execution.params.known ? 0 : 1;
    without_duration_ += execution.ms < 0 ? 1 : 0;
    if (known.number != Repeat::kNoShape) {
      QueryShape& shape = log_.shapes[known.number];
      ++shape.executions;
      shape.total_ms += std::max(execution.ms, 0.0);
    }
    follow(record, length, execution);
  }

  /// Finds the request and the route, from the record or else from the statement's comment.
  void follow(const LogRecord& record, std::size_t length, Execution& execution) {
    std::string_view trace = record.trace;
    if (trace.empty()) {
      trace = trace_of_traceparent(record.traceparent);
    }
    std::string_view request = record.request;
    std::string_view route = record.route.empty() ? record.url : record.route;
    SqlComment comment;
    const bool no_id = trace.empty() && request.empty();
    if (length < record.query.size() && (no_id || route.empty())) {
      comment = parse_sql_comment(plain(record.query));
      trace = no_id ? std::string_view(comment.trace_id) : trace;
      request = no_id ? std::string_view(comment.request_id) : request;
      route = route.empty() ? std::string_view(comment.route) : route;
    }
    execution.route = route.empty() ? Execution::kNoRoute : route_of(route);
    if (trace.empty() && request.empty()) {
      ++log_.statements_without_id;
      tracker_.execute_loose(execution);
      return;
    }
    log_.has_ids = true;
    // A trace may span several requests of one page, and a request's number is only one within its process: the
    // most that is known makes the request.
    std::uint64_t key = hash64(trace);
    key = key * 31 + (request.empty() ? 0 : hash64(request));
    if (trace.empty()) {
      key = (key * 31 + hash64(record.process)) * 31 + hash64(record.host);
    }
    tracker_.execute(key, request.empty() ? trace : request, execution);
  }

  ParamHashes params_of(const Shape& shape, const LogRecord& record) {
    if (record.params_are_list || record.params.find('\\') == std::string_view::npos) {
      return hash_params(shape, record.params);
    }
    buffer_.clear();
    return hash_params(shape, json::unescape(record.params, buffer_) ? std::string_view(buffer_) : record.params);
  }

  const Known& statement(std::string_view raw) {
    const std::uint64_t hash = hash64(raw);
    const auto found = memo_.find(hash);
    if (found != memo_.end()) {
      return found->second;
    }
    if (memo_.size() >= kMaxMemo) {
      memo_.clear();
    }
    return memo_.emplace(hash, understand(raw)).first->second;
  }

  Known understand(std::string_view raw) {
    buffer_.clear();
    const bool escaped = raw.find('\\') != std::string_view::npos && json::unescape(raw, buffer_);
    Known known;
    known.shape = shape_of(escaped ? std::string_view(buffer_) : raw);
    if (known.shape.kind != Shape::Kind::kStatement) {
      return known;
    }
    std::string table = shorten(printable(known.shape.table), kMaxName);
    known.table = table.empty() ? 0 : hash64(lower(table));
    known.pages = std::any_of(known.shape.ranges.begin(), known.shape.ranges.end(),
                              [](const ParamRange& r) { return r.kind == ParamRange::Kind::kPage; }) ||
                  known.shape.literals != known.shape.literals_unpaged;
    known.number = shape_number(known.shape, std::move(table));
    known.shape.text = {};
    known.shape.key = {};
    return known;
  }

  std::uint32_t shape_number(Shape& shape, std::string table) {
    const auto found = shape_numbers_.find(shape.key);
    if (found != shape_numbers_.end()) {
      return found->second;
    }
    if (log_.shapes.size() >= kMaxShapes || shape_bytes_ + shape.text.size() > kMaxShapeBytes) {
      too_many_shapes_ = true;
      return Repeat::kNoShape;
    }
    QueryShape entry;
    entry.verb = shape.verb;
    entry.table = std::move(table);
    entry.first = {source_.path, line_, 0, {}};
    entry.key = shape.key;
    entry.text = std::move(shape.text);
    shape_bytes_ += entry.text.size();
    const auto number = static_cast<std::uint32_t>(log_.shapes.size());
    shape_numbers_.emplace(entry.key, number);
    log_.shapes.push_back(std::move(entry));
    return number;
  }

  std::uint32_t route_of(std::string_view raw) {
    const std::uint64_t hash = hash64(raw);
    const auto known = route_spellings_.find(hash);
    if (known != route_spellings_.end()) {
      return known->second;
    }
    if (route_spellings_.size() >= kMaxRouteSpellings) {
      route_spellings_.clear();
    }
    const std::uint32_t number = route_number(template_of(plain(raw)));
    route_spellings_.emplace(hash, number);
    return number;
  }

  std::string template_of(std::string_view logged) {
    std::string method;
    const std::size_t space = logged.find(' ');
    if (space != std::string_view::npos && logged.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == space) {
      method = std::string(logged.substr(0, space + 1));
      logged = trim(logged.substr(space));
    }
    if (!logged.starts_with('/') && logged.find("://") == std::string_view::npos) {
      // The name of an operation or a handler.
      return shorten(printable(method + std::string(logged.substr(0, logged.find('?')))), kMaxName);
    }
    const RouteTable none;
    const RouteTable& table = context_.routes != nullptr ? *context_.routes : none;
    const RouteTable::Match match = table.match(path_of_url(logged));
    routes_inferred_ = routes_inferred_ || match.inferred;
    return shorten(printable(method + match.route), kMaxName);
  }

  std::uint32_t route_number(const std::string& route) {
    const auto found = route_numbers_.find(route);
    if (found != route_numbers_.end()) {
      return found->second;
    }
    if (routes_.size() >= kMaxRoutes) {
      too_many_routes_ = true;
      return Execution::kNoRoute;
    }
    const auto number = static_cast<std::uint32_t>(routes_.size());
    routes_.push_back(route);
    route_numbers_.emplace(route, number);
    return number;
  }

  void add_samples(Facts& facts) const;
  void add_unmeasured(Facts& facts) const;
  void add_repeats();
  void describe(Input& input) const;

  const Source& source_;
  const CollectContext& context_;
  QueryLog log_;
  QueryTracker tracker_;
  json::LineReader fields_;
  RecordReader records_;
  std::string buffer_;
  std::unordered_map<std::uint64_t, Known> memo_;
  std::unordered_map<std::string, std::uint32_t> shape_numbers_;
  std::size_t shape_bytes_ = 0;
  std::vector<std::string> routes_;
  std::unordered_map<std::string, std::uint32_t> route_numbers_;
  std::unordered_map<std::uint64_t, std::uint32_t> route_spellings_;
  std::uint32_t line_ = 0;
  std::uint32_t first_broken_ = 0;
  std::uint64_t lines_ = 0;
  std::uint64_t broken_ = 0;
  std::uint64_t controls_ = 0;
  std::uint64_t without_params_ = 0;
  std::uint64_t without_duration_ = 0;
  bool too_many_shapes_ = false;
  bool too_many_routes_ = false;
  bool routes_inferred_ = false;
};

void LogReader::add_repeats() {
  // Where some records name their request, those that do not are context that was lost: no loop can be read
  // from their order.
  for (const QueryTracker::Found& found : log_.has_ids ? tracker_.found() : tracker_.found_loose()) {
    Repeat repeat = found.repeat;
    repeat.route = found.route == Execution::kNoRoute ? std::string() : routes_[found.route];
    repeat.scope = name_of(repeat.scope);
    repeat.first.file = source_.path;
    log_.repeats.push_back(std::move(repeat));
  }
}

void LogReader::add_samples(Facts& facts) const {
  for (const auto& [number, cost] : tracker_.costs()) {
    const auto add = [&, route = number](std::string_view metric, Unit unit, const Distribution& values, bool whole) {
      if (values.count() == 0) {
        return;
      }
      Sample sample;
      sample.metric = metric;
      sample.where = Labels{{"route", routes_[route]}};
      sample.unit = unit;
      sample.value = values;
      sample.location = {source_.path, 0, 0, {}};
      if (!whole) {
        sample.lower_bound = true;
        sample.lower_bound_reason = "the log holds more distinct statements than are told apart";
      }
      facts.samples.push_back(std::move(sample));
    };
    add("queries.count", Unit::kCount, cost.count, true);
    add("queries.distinct", Unit::kCount, cost.distinct, !too_many_shapes_);
    add("queries.time", Unit::kMilliseconds, cost.time, true);
    add("queries.duration", Unit::kMilliseconds, cost.duration, true);
  }
}

void LogReader::add_unmeasured(Facts& facts) const {
  const auto add = [&](std::string_view metric, std::string reason, std::string_view hint) {
    facts.unmeasured.push_back(
        {std::string(metric), {}, std::move(reason), std::string(hint), {source_.path, 0, 0, {}}, true});
  };
  if (log_.statements == 0) {
    add("queries.", "'" + printable(source_.path) + "' holds no statement", kIdHint);
    return;
  }
  if (!log_.has_ids) {
    for (const std::string_view metric : {"queries.count", "queries.distinct", "queries.time"}) {
      add(metric, "no record of '" + printable(source_.path) + "' names its request", kIdHint);
    }
  }
  const std::uint64_t lost = tracker_.requests_without_route();
  if (lost > 0 || routes_.empty()) {
    const std::string what = lost == 0 ? "no statement" : many(lost, "request");
    add("queries.",
        what + (lost == 0 ? " of '" : " in '") + printable(source_.path) +
            (lost == 0 ? "' names a route" : "' without a route"),
        kRouteHint);
  }
  if (without_duration_ > 0) {
    for (const std::string_view metric : {"queries.time", "queries.duration"}) {
      add(metric, many(without_duration_, "statement") + " of '" + printable(source_.path) + "' without a duration",
          "log the event's duration in milliseconds, as duration or durationMs");
    }
  }
}

void LogReader::describe(Input& input) const {
  std::vector<std::string> remarks;
  const auto incomplete = [&](std::string message, std::string_view hint) {
    input.state = InputState::kIncomplete;
    remarks.push_back(std::move(message));
    if (input.hint.empty()) {
      input.hint = hint;
    }
  };
  if (log_.statements == 0) {
    incomplete("none of its " + many(lines_, "line") + " holds a statement",
               "write Prisma's query events to it: log: [{ emit: 'event', level: 'query' }] and "
               "prisma.$on('query', e => logger.info(e))");
  }
  if (broken_ > 0) {
    std::string message = std::to_string(broken_) + " of " + many(lines_, "line") + (broken_ == 1 ? " is" : " are") +
                          " no whole JSON object, the first in line " + std::to_string(first_broken_);
    if (static_cast<double>(broken_) > kMaxBrokenShare * static_cast<double>(lines_)) {
      incomplete(std::move(message), "write the log to a file of its own, and wait until the program has closed it");
    } else {
      remarks.push_back(std::move(message));
    }
  }
  if (too_many_shapes_) {
    incomplete("it holds more than " + std::to_string(log_.shapes.size()) +
                   " distinct statements, and the rest were "
                   "only counted",
               "statements whose names are made up at run time cannot be told apart: use parameters");
  }
  if (too_many_routes_) {
    incomplete("it holds more than " + std::to_string(kMaxRoutes) + " routes, and the rest were not measured",
               kRouteHint);
  }
  if (tracker_.repeats_dropped()) {
    incomplete("more repeats than can be kept", "log fewer requests at a time");
  }
  if (log_.statements > 0 && !log_.has_ids) {
    remarks.push_back("no record names its request, so queries per request are unknown and repeats are only hinted at");
    input.hint = input.hint.empty() ? std::string(kIdHint) : input.hint;
  } else if (log_.statements_without_id > 0) {
    remarks.push_back(std::to_string(log_.statements_without_id) + " of " + many(log_.statements, "statement") +
                      (log_.statements_without_id == 1 ? " names" : " name") +
                      " no request and could not be judged for repetition");
    input.hint = input.hint.empty() ? "await Prisma's promises inside the request's context: they start when awaited"
                                    : input.hint;
  }
  if (without_params_ > 0) {
    remarks.push_back(many(without_params_, "statement") + (without_params_ == 1 ? " has" : " have") +
                      " no readable parameters, so a loop cannot be told from a duplicate there");
  }
  if (tracker_.requests_without_time() > 0) {
    remarks.push_back(many(tracker_.requests_without_time(), "request") + " with statements without a duration");
  }
  input.message = join(remarks, "; ");
}

void LogReader::report(Input& input, Facts& facts) {
  log_.requests = tracker_.requests();
  describe(input);
  if (log_.form.empty()) {
    log_.form = "json-lines";
  }
  add_repeats();
  add_samples(facts);
  add_unmeasured(facts);
  if (routes_inferred_) {
    facts.notes.push_back("Routes of '" + printable(source_.path) +
                          "' were inferred from URLs: name the templates under routes: to be sure of them");
  }
  facts.query_logs.push_back(std::move(log_));
}

/// The line's statement is SQL that touches data, or ends a transaction.
bool holds_query(const std::string& padded, std::size_t size, std::vector<json::LineField>& fields) {
  if (!json::read_line_fields(std::string_view(padded).substr(0, size), fields)) {
    return false;
  }
  const LogRecord record = read_record(fields);
  return !record.query.empty() && shape_of(plain(record.query)).kind != Shape::Kind::kNotSql;
}

bool recognises(const Sniff& sniff) {
  std::vector<json::LineField> fields;
  std::string padded;
  std::string_view rest = sniff.head;
  for (std::size_t i = 0; i < kSniffLines && !rest.empty(); ++i) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    padded.assign(rest.substr(0, end));
    padded.append(FileContent::kGuard, '\0');
    if (holds_query(padded, end, fields)) {
      return true;
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return false;
}

Expected<void> collect(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  LogReader reader(source, context);
  reader.read();
  reader.report(input, facts);
  return {};
}

}  // namespace

Format prisma_log_format() { return {"query-log", {"queries."}, recognises, collect}; }

}  // namespace budgetcheck
