#include "collect/query_log/builder.h"

#include <algorithm>
#include <utility>

#include "base/hash.h"
#include "base/number.h"
#include "base/text.h"
#include "base/text/id_like.h"
#include "collect/query_log/names.h"
#include "collect/text/unescaped.h"
#include "json/lines/line_fields.h"
#include "query/sql/sql_comment.h"

namespace budgetcheck {

using namespace query_log;

namespace {

constexpr std::size_t kMaxShapes = 10'000;
constexpr std::size_t kMaxShapeBytes = std::size_t{8} << 20;
constexpr std::size_t kMaxRouteSpellings = 50'000;

/// "src/orders.ts:42:7" as a place; empty when it is not a file with a line, or lies in a package.
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

}  // namespace

QueryLogBuilder::QueryLogBuilder(const Source& source, const CollectContext& context)
    : source_(source), context_(context), schema_(schema_of(source, context)), reader_(dialect_of(schema_.kind())) {
  log_.input = source.path;
  log_.schema = schema_.number;
  if (context.before != nullptr) {
    tracker_.shared().compare_with(context.before->queries.logs);
  }
}

void QueryLogBuilder::written_by(Dialect dialect) {
  reader_ = StatementReader(dialect);
  counts_rows_ = true;
}

std::uint32_t QueryLogBuilder::add(const LogRecord& record, std::uint32_t line) {
  return add(reader_.read(record), line);
}

std::uint32_t QueryLogBuilder::add(const ReadRecord& read, std::uint32_t line) {
  line_ = line;
  const LogRecord& record = read.record;
  KnownStatement& known = *read.statement;
  if (known.shape.kind == Shape::Kind::kNotSql) {
    return kNoStatement;
  }
  if (log_.form.empty()) {
    log_.form = record.engine            ? "prisma-engine"
                : record.level_is_number ? "pino"
                : record.level_is_word   ? "winston"
                                         : "";
  }
  if (known.shape.kind == Shape::Kind::kControl) {
    ++controls_;
    follow(record, read.commented, control_of(record.query));
    return kNoStatement;
  }
  ++log_.statements;
  Execution execution;
  execution.shape = number_of(known);
  execution.verb = known.shape.verb;
  execution.joins = known.shape.joins;
  execution.has_table = known.table_hash != 0;
  execution.table = known.table_hash;
  execution.calls = known.calls;
  execution.pages = known.pages;
  execution.walks = known.shape.walks;
  execution.single = known.shape.single;
  execution.ordered = known.shape.ordered;
  execution.claims = known.shape.claims;
  execution.swaps = known.shape.swaps;
  execution.open = known.open;
  execution.key_column = known.shape.key_column;
  execution.part = known.part;
  execution.params = read.params;
  // The key of a row that another is to refer to: Prisma's connect and connectOrCreate look for it first.
  const bool key_of_row = known.shape.narrow && (known.shape.single || read.params.single);
  execution.probe = known.shape.probe || key_of_row;
  execution.ms = record.duration_ms;
  execution.line = line_;
  execution.at_ms = record.at_ms;
  without_params_ += execution.params.known ? 0 : 1;
  without_duration_ += execution.ms < 0 ? 1 : 0;
  follow(record, read.commented, execution);
  if (execution.shape != Repeat::kNoShape) {
    const bool limited = known.shape.limit == 0 ? !known.shape.unlimited : !execution.params.unlimited;
    QueryShape& shape = log_.shapes[execution.shape];
    ++shape.executions;
    shape.total_ms += std::max(execution.ms, 0.0);
    shape.unlimited = (shape.executions == 1 || shape.unlimited) && !limited;
    if (shape.source.file.empty() && !record.source.empty()) {
      shape.source = source_line(record.plain ? std::string(record.source) : unescaped(record.source));
    }
    if (shape.route.empty() && execution.route != Execution::kNoRoute) {
      shape.route = routes_[execution.route];
    }
  }
  if (counts_rows_ && execution.shape != Repeat::kNoShape) {
    rows_.add(execution.route == Execution::kNoRoute ? std::string_view() : routes_[execution.route],
              log_.shapes[execution.shape], record.rows_read);
  }
  return execution.shape;
}

std::uint32_t QueryLogBuilder::add_totals(std::string_view sql, std::uint32_t line, std::uint64_t executions,
                                          double total_ms) {
  line_ = line;
  // The comment that ends it is that of one execution, which says nothing about the others.
  KnownStatement& known = reader_.statement(without_outer_comments(sql), true);
  if (known.shape.kind != Shape::Kind::kStatement) {
    controls_ += known.shape.kind == Shape::Kind::kControl ? 1 : 0;
    return kNoStatement;
  }
  log_.statements = saturating_add(log_.statements, executions);
  log_.statements_without_id = log_.statements;
  const std::uint32_t number = number_of(known);
  if (number != Repeat::kNoShape) {
    QueryShape& shape = log_.shapes[number];
    shape.executions = saturating_add(shape.executions, executions);
    shape.total_ms += std::max(total_ms, 0.0);
  }
  return number;
}

void QueryLogBuilder::add_plan(CapturedPlan plan) {
  if (plan.shape < log_.shapes.size() && !plan.accesses.empty()) {
    plan.location.file = source_.path;
    plans_.add(std::move(plan));
  }
}

/// Finds the request and the route, from the record or else from the statement's comment.
QueryLogBuilder::Origin QueryLogBuilder::origin_of(const LogRecord& record, bool commented) {
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
    comment_ = parse_sql_comment(record.plain ? std::string(record.query) : unescaped(record.query));
    origin.trace = no_id ? std::string_view(comment_.trace_id) : origin.trace;
    origin.request = no_id ? std::string_view(comment_.request_id) : origin.request;
    origin.route = origin.route.empty() ? std::string_view(comment_.route) : origin.route;
    origin.service = origin.service.empty() ? std::string_view(comment_.application) : origin.service;
  }
  return origin;
}

void QueryLogBuilder::follow(const LogRecord& record, bool commented, Execution& execution) {
  const Origin origin = origin_of(record, commented);
  execution.route = origin.route.empty() ? Execution::kNoRoute : route_of(origin.route, record.plain);
  if (origin.trace.empty() && origin.request.empty()) {
    ++log_.statements_without_id;
    execution.stream = stream_key(record, origin.service, origin.route);
    tracker_.execute_loose(execution);
    return;
  }
  log_.has_ids = true;
  execution.traced = !origin.trace.empty();
  tracker_.execute(request_key(origin.trace, origin.request, origin.service, record),
                   origin.request.empty() ? origin.trace : origin.request, execution);
}

void QueryLogBuilder::follow(const LogRecord& record, bool commented, Control control) {
  const Origin origin = origin_of(record, commented);
  if (origin.trace.empty() && origin.request.empty()) {
    tracker_.control_loose(stream_key(record, origin.service, origin.route), control, record.at_ms, record.duration_ms);
  } else {
    tracker_.control(request_key(origin.trace, origin.request, origin.service, record), control);
  }
}

void QueryLogBuilder::begin_request(const LogRecord& record) {
  if (record.trace.empty() && record.traceparent.empty()) {
    tracker_.begin(request_key({}, record.request, record.service, record));
  }
}

void QueryLogBuilder::end_request(const LogRecord& record) {
  if (record.trace.empty() && record.traceparent.empty()) {
    tracker_.end(request_key({}, record.request, record.service, record), record.at_ms);
  }
}

/// The statement's number among the shapes; from then on its text is needed no more.
std::uint32_t QueryLogBuilder::number_of(KnownStatement& known) {
  if (known.number == KnownStatement::kNotNumbered) {
    known.part = part_number(known);
    known.number = shape_number(known.shape, known.table);
    known.shape.text = {};
    known.shape.key = {};
  }
  return known.number;
}

/// The number of a table and what is done to it.
std::uint32_t QueryLogBuilder::part_number(const KnownStatement& known) {
  if (known.table.empty() || operation_of(known.shape.verb).empty()) {
    return QueryCosts::kNone;
  }
  const auto part = std::find_if(parts_.begin(), parts_.end(), [&](const Part& p) {
    return p.verb == known.shape.verb && p.table_hash == known.table_hash;
  });
  if (part != parts_.end()) {
    return static_cast<std::uint32_t>(part - parts_.begin());
  }
  if (parts_.size() >= QueryCosts::kMaxParts) {
    return QueryCosts::kNone;
  }
  parts_.push_back({known.table, known.table_hash, known.shape.verb});
  return static_cast<std::uint32_t>(parts_.size() - 1);
}

std::uint32_t QueryLogBuilder::shape_number(Shape& shape, std::string table) {
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

std::uint32_t QueryLogBuilder::route_of(std::string_view raw, bool plain) {
  const std::uint64_t hash = hash64(raw);
  const auto known = route_spellings_.find(hash);
  if (known != route_spellings_.end()) {
    return known->second;
  }
  if (route_spellings_.size() >= kMaxRouteSpellings) {
    route_spellings_.clear();
  }
  const std::uint32_t number = route_number(template_of(plain ? std::string(raw) : unescaped(raw)));
  route_spellings_.emplace(hash, number);
  return number;
}

std::string QueryLogBuilder::template_of(std::string_view logged) {
  std::string method;
  const std::size_t space = logged.find(' ');
  if (space != std::string_view::npos && logged.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == space) {
    method = std::string(logged.substr(0, space + 1));
    logged = trim(logged.substr(space));
  }
  if (!logged.starts_with('/') && logged.find("://") == std::string_view::npos) {
    // The name of an operation or a handler.
    return shorten(printable(method + without_private_segments(logged.substr(0, logged.find('?')))), kMaxName);
  }
  const RouteTable none;
  const RouteTable& table = context_.routes != nullptr ? *context_.routes : none;
  const RouteTable::Match match = table.match(path_of_url(logged), trim(method));
  routes_inferred_ = routes_inferred_ || match.inferred;
  return shorten(printable(method + match.route), kMaxName);
}

std::uint32_t QueryLogBuilder::route_number(const std::string& route) {
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

}  // namespace budgetcheck
