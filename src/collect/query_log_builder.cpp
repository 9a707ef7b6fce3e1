#include "collect/query_log_builder.h"

#include <algorithm>
#include <utility>

#include "base/hash.h"
#include "base/number.h"
#include "collect/query_log_text.h"
#include "json/line_fields.h"
#include "query/sql_comment.h"

namespace budgetcheck {

using namespace query_log;

namespace {

/// Statements as logged (with their own literals and list lengths) whose shape is remembered.
constexpr std::size_t kMaxMemo = 16'384;
constexpr std::size_t kMaxShapes = 10'000;
constexpr std::size_t kMaxShapeBytes = std::size_t{8} << 20;
constexpr std::size_t kMaxRouteSpellings = 50'000;

Dialect dialect_of(DatabaseKind kind) {
  switch (kind) {
    case DatabaseKind::kPostgres:
    case DatabaseKind::kCockroach:
      return Dialect::kPostgres;
    case DatabaseKind::kMysql:
      return Dialect::kMysql;
    case DatabaseKind::kSqlite:
      return Dialect::kSqlite;
    case DatabaseKind::kSqlServer:
      return Dialect::kSqlServer;
    case DatabaseKind::kUnknown:
      break;
  }
  return Dialect::kUnknown;
}

}  // namespace

QueryLogBuilder::QueryLogBuilder(const Source& source, const CollectContext& context)
    : source_(source), context_(context) {
  log_.input = source.path;
  log_.schema = source.schema_number;
  dialect_ = dialect_of(source.database);
}

void QueryLogBuilder::written_by(Dialect dialect) {
  dialect_ = dialect;
  counts_rows_ = true;
}

std::uint32_t QueryLogBuilder::add(const LogRecord& record, std::uint32_t line) {
  line_ = line;
  const std::size_t length = length_without_comment(record.query);
  const Known& known = statement(record.query.substr(0, length), record.plain);
  if (known.shape.kind == Shape::Kind::kNotSql) {
    return kNoStatement;
  }
  if (log_.form.empty()) {
    log_.form = record.level_is_number ? "pino" : record.level_is_word ? "winston" : "";
  }
  if (known.shape.kind == Shape::Kind::kControl) {
    ++controls_;
    return kNoStatement;
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
  const std::uint32_t number = known.number;
  follow(record, length, execution);
  if (counts_rows_ && number != Repeat::kNoShape) {
    rows_.add(execution.route == Execution::kNoRoute ? std::string_view() : routes_[execution.route],
              log_.shapes[number], record.rows_read);
  }
  return number;
}

std::uint32_t QueryLogBuilder::add_totals(std::string_view sql, std::uint32_t line, std::uint64_t executions,
                                          double total_ms) {
  line_ = line;
  // The comment that ends it is that of one execution, which says nothing about the others.
  const Known& known = statement(sql.substr(0, length_without_comment(sql)), true);
  if (known.shape.kind != Shape::Kind::kStatement) {
    controls_ += known.shape.kind == Shape::Kind::kControl ? 1 : 0;
    return kNoStatement;
  }
  log_.statements = saturating_add(log_.statements, executions);
  log_.statements_without_id = log_.statements;
  if (known.number != Repeat::kNoShape) {
    QueryShape& shape = log_.shapes[known.number];
    shape.executions = saturating_add(shape.executions, executions);
    shape.total_ms += std::max(total_ms, 0.0);
  }
  return known.number;
}

void QueryLogBuilder::add_plan(CapturedPlan plan) {
  if (plan.shape < log_.shapes.size() && !plan.accesses.empty()) {
    plan.location.file = source_.path;
    plans_.add(std::move(plan));
  }
}

/// Finds the request and the route, from the record or else from the statement's comment.
void QueryLogBuilder::follow(const LogRecord& record, std::size_t length, Execution& execution) {
  std::string_view trace = record.trace;
  if (trace.empty()) {
    trace = trace_of_traceparent(record.traceparent);
  }
  std::string_view request = record.request;
  std::string_view route = record.route.empty() ? record.url : record.route;
  SqlComment comment;
  const bool no_id = trace.empty() && request.empty();
  if (length < record.query.size() && (no_id || route.empty())) {
    comment = parse_sql_comment(record.plain ? std::string(record.query) : unescaped(record.query));
    trace = no_id ? std::string_view(comment.trace_id) : trace;
    request = no_id ? std::string_view(comment.request_id) : request;
    route = route.empty() ? std::string_view(comment.route) : route;
  }
  execution.route = route.empty() ? Execution::kNoRoute : route_of(route, record.plain);
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

ParamHashes QueryLogBuilder::params_of(const Shape& shape, const LogRecord& record) {
  if (record.plain || record.params_are_list || record.params.find('\\') == std::string_view::npos) {
    return hash_params(shape, record.params);
  }
  buffer_.clear();
  return hash_params(shape, json::unescape(record.params, buffer_) ? std::string_view(buffer_) : record.params);
}

const QueryLogBuilder::Known& QueryLogBuilder::statement(std::string_view raw, bool plain) {
  const std::uint64_t hash = hash64(raw);
  const auto found = memo_.find(hash);
  if (found != memo_.end()) {
    return found->second;
  }
  if (memo_.size() >= kMaxMemo) {
    memo_.clear();
  }
  return memo_.emplace(hash, understand(raw, plain)).first->second;
}

QueryLogBuilder::Known QueryLogBuilder::understand(std::string_view raw, bool plain) {
  buffer_.clear();
  const bool escaped = !plain && raw.find('\\') != std::string_view::npos && json::unescape(raw, buffer_);
  Known known;
  known.shape = shape_of(escaped ? std::string_view(buffer_) : raw, dialect_);
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
    return shorten(printable(method + std::string(logged.substr(0, logged.find('?')))), kMaxName);
  }
  const RouteTable none;
  const RouteTable& table = context_.routes != nullptr ? *context_.routes : none;
  const RouteTable::Match match = table.match(path_of_url(logged));
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
