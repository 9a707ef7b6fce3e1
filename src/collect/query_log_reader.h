#pragma once

#include <algorithm>
#include <cstring>
#include <optional>
#include <unordered_map>
#include <utility>

#include "base/hash.h"
#include "base/number.h"
#include "base/text.h"
#include "collect/format.h"
#include "collect/log_record.h"
#include "collect/query_tracker.h"
#include "json/line_fields.h"
#include "query/sql_comment.h"

// How a query log is read and what is then said of it; for src/collect/prisma_log.cpp and query_log_facts.cpp only.
namespace budgetcheck::query_log {

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

inline std::string many(std::uint64_t n, std::string_view singular, std::string_view plural = {}) {
  return counted(static_cast<std::size_t>(n), singular, plural);
}

/// A string of the line with its escapes undone.
inline std::string plain(std::string_view raw) {
  std::string text;
  if (raw.find('\\') == std::string_view::npos || !json::unescape(raw, text)) {
    text = raw;
  }
  return text;
}

/// A name that is shown: safe, one line, not endless.
inline std::string name_of(std::string_view raw) {
  return shorten(printable(plain(raw.substr(0, 4 * kMaxName))), kMaxName);
}

/// Reads a log line by line into requests; report() then turns them into samples, repeats and remarks.
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

}  // namespace budgetcheck::query_log
