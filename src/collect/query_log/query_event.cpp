#include "collect/query_log/query_event.h"

#include "base/hash.h"
#include "base/text.h"
#include "base/text/id_like.h"
#include "collect/query_log/names.h"
#include "collect/text/unescaped.h"

namespace budgetcheck {

using namespace query_log;

namespace {

/// What tells a request from all others. A trace may span several requests of one page, and a request's number is only
/// one within its service and its process: the most that is known makes the request.
std::uint64_t request_key(std::string_view trace, std::string_view request, std::string_view service,
                          const LogRecord& record) {
  constexpr std::uint64_t kFactor = 31;
  std::uint64_t key = hash64(trace) * kFactor + (request.empty() ? 0 : hash64(request));
  if (trace.empty()) {
    key = ((key * kFactor + hash64(record.process)) * kFactor + hash64(record.host)) * kFactor + hash64(service);
  }
  return key;
}

/// What tells streams of statements apart that nobody says the requests of.
std::uint64_t stream_key(const LogRecord& record, std::string_view service, std::string_view route) {
  constexpr std::uint64_t kFactor = 31;
  std::uint64_t key = 0;
  for (const std::string_view part : {record.process, record.session, record.host, service, route}) {
    key = key * kFactor + (part.empty() ? 0 : hash64(part));
  }
  return key;
}

/// Who asked: views into the record, or into the comment of its statement.
struct Origin {
  std::string_view trace;
  std::string_view request;
  std::string_view route;
  std::string_view service;
};

/// Finds the request and the route, from the record or else from the statement's comment.
Origin origin_of(const LogRecord& record, bool commented, SqlComment& comment) {
  Origin origin;
  origin.trace = record.trace;
  if (origin.trace.empty()) {
    origin.trace = trace_of_traceparent(record.traceparent);
  }
  origin.request = record.request;
  origin.route = record.route.empty() ? record.url : record.route;
  origin.service = record.service;
  const bool no_id = origin.trace.empty() && origin.request.empty();
  if (commented && (no_id || origin.route.empty())) {
    comment = parse_sql_comment(record.plain ? std::string(record.query) : unescaped(record.query));
    origin.trace = no_id ? std::string_view(comment.trace_id) : origin.trace;
    origin.request = no_id ? std::string_view(comment.request_id) : origin.request;
    origin.route = origin.route.empty() ? std::string_view(comment.route) : origin.route;
    origin.service = origin.service.empty() ? std::string_view(comment.application) : origin.service;
  }
  return origin;
}

std::string_view form_of(const LogRecord& record) {
  return record.engine ? "prisma-engine" : record.level_is_number ? "pino" : record.level_is_word ? "winston" : "";
}

}  // namespace

QueryEvent QueryEventReader::read(const ReadRecord& read) {
  const LogRecord& record = read.record;
  QueryEvent event;
  if (read.statement->shape.kind == Shape::Kind::kControl) {
    event.kind = QueryEvent::Kind::kControl;
    event.control = control_of(record.query);
  }
  const Origin origin = origin_of(record, read.commented, comment_);
  event.has_id = !origin.trace.empty() || !origin.request.empty();
  event.traced = !origin.trace.empty();
  event.key = event.has_id ? request_key(origin.trace, origin.request, origin.service, record)
                           : stream_key(record, origin.service, origin.route);
  event.id = origin.request.empty() ? origin.trace : origin.request;
  event.form = form_of(record);
  event.params = read.params;
  event.ms = record.duration_ms;
  event.rows_read = record.rows_read;
  event.at_ms = record.at_ms;
  event.route = origin.route;
  event.source = record.source;
  event.plain = record.plain;
  return event;
}

bool QueryEventReader::read_bound(const LogRecord& record, QueryEvent::Kind kind, QueryEvent& event) {
  if (!record.trace.empty() || !record.traceparent.empty()) {
    return false;
  }
  event.kind = kind;
  event.has_id = true;
  event.key = request_key({}, record.request, record.service, record);
  event.at_ms = record.at_ms;
  return true;
}

namespace query_log {

NamedRoute name_route(std::string_view logged, const RouteTable* routes) {
  std::string method;
  const std::size_t space = logged.find(' ');
  if (space != std::string_view::npos && logged.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == space) {
    method = std::string(logged.substr(0, space + 1));
    logged = trim(logged.substr(space));
  }
  if (!logged.starts_with('/') && logged.find("://") == std::string_view::npos) {
    // The name of an operation or a handler.
    return {shorten(printable(method + without_private_segments(logged.substr(0, logged.find('?')))), kMaxName), false};
  }
  const RouteTable none;
  const RouteTable& table = routes != nullptr ? *routes : none;
  const RouteTable::Match match = table.match(path_of_url(logged), trim(method));
  // A template that the log itself writes, as a router gives it, was not inferred.
  return {shorten(printable(method + match.route), kMaxName), match.inferred && match.route != logged};
}

Location source_line(std::string_view text) {
  constexpr std::size_t kLongest = 300;
  constexpr std::string_view kScheme = "file://";
  text = trim(text);
  if (text.starts_with(kScheme)) {
    text.remove_prefix(kScheme.size());
  }
  std::uint32_t numbers[2] = {0, 0};
  std::size_t count = 0;
  while (count < 2) {
    const std::size_t colon = text.rfind(':');
    const std::string_view digits = colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
    constexpr std::size_t kMostDigits = 7;
    if (digits.empty() || digits.size() > kMostDigits ||
        digits.find_first_not_of("0123456789") != std::string_view::npos) {
      break;
    }
    for (const char c : digits) {
      numbers[count] = numbers[count] * 10 + static_cast<std::uint32_t>(c - '0');
    }
    ++count;
    text = text.substr(0, colon);
  }
  const bool is_file =
      text.find('.') != std::string_view::npos && text.find_first_of(" \t?*\"'") == std::string_view::npos;
  if (count == 0 || !is_file || text.size() > kLongest || text.find("node_modules/") != std::string_view::npos) {
    return {};
  }
  Location location;
  location.file = printable(text);
  location.line = count == 2 ? numbers[1] : numbers[0];
  location.column = count == 2 ? numbers[0] : 0;
  return location;
}

/// What it gives for its own result is that result: pieces of logs keep ids as they are shown.
std::string shown_id(std::string_view id) {
  const std::string text = unescaped(id.substr(0, 4 * kMaxName));
  std::string shown = shorten(printable(text), kMaxName);
  return looks_like_secret(text) || looks_like_secret(shown) ? "…" : shown;
}

}  // namespace query_log

}  // namespace budgetcheck
