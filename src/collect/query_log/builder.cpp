#include "collect/query_log/builder.h"

#include <algorithm>
#include <utility>

#include "base/hash.h"
#include "base/number.h"
#include "base/text.h"
#include "collect/query_log/names.h"
#include "collect/text/unescaped.h"
#include "query/sql/sql_comment.h"

namespace budgetcheck {

using namespace query_log;

namespace {

constexpr std::size_t kMaxShapes = 10'000;
constexpr std::size_t kMaxShapeBytes = std::size_t{8} << 20;
constexpr std::size_t kMaxRouteSpellings = 50'000;

}  // namespace

QueryLogBuilder::QueryLogBuilder(const Source& source, const CollectContext& context)
    : source_(source), context_(context), schema_(schema_of(source, context)), reader_(dialect_of(schema_.kind())) {
  log_.input = source.path;
  log_.schema = schema_.number;
}

void QueryLogBuilder::written_by(Dialect dialect) {
  reader_ = StatementReader(dialect);
  counts_rows_ = true;
}

std::uint32_t QueryLogBuilder::add(const LogRecord& record, std::uint32_t line) {
  return add(reader_.read(record), line);
}

std::uint32_t QueryLogBuilder::add(const ReadRecord& read, std::uint32_t line) {
  if (read.statement->shape.kind == Shape::Kind::kNotSql) {
    return kNoStatement;
  }
  const QueryEvent event = events_.read(read);
  const std::uint32_t route = event.kind != QueryEvent::Kind::kStatement || event.route.empty()
                                  ? Execution::kNoRoute
                                  : route_of(event.route, event.plain);
  return add(event, read.statement, route, line);
}

std::uint32_t QueryLogBuilder::add(const QueryEvent& event, KnownStatement* statement, std::uint32_t route,
                                   std::uint32_t line) {
  line_ = line;
  if (event.kind == QueryEvent::Kind::kBegin) {
    tracker_.begin(event.key);
    return kNoStatement;
  }
  if (event.kind == QueryEvent::Kind::kEnd) {
    tracker_.end(event.key, event.at_ms);
    return kNoStatement;
  }
  if (log_.form.empty()) {
    log_.form = event.form;
  }
  if (event.kind == QueryEvent::Kind::kControl) {
    ++controls_;
    follow(event);
    return kNoStatement;
  }
  KnownStatement& known = *statement;
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
  execution.params = event.params;
  // The key of a row that another is to refer to: Prisma's connect and connectOrCreate look for it first.
  const bool key_of_row = known.shape.narrow && (known.shape.single || event.params.single);
  execution.probe = known.shape.probe || key_of_row;
  execution.ms = event.ms;
  execution.line = line_;
  execution.route = route;
  execution.at_ms = event.at_ms;
  without_params_ += execution.params.known ? 0 : 1;
  without_duration_ += execution.ms < 0 ? 1 : 0;
  follow(event, execution);
  if (execution.shape != Repeat::kNoShape) {
    const bool limited = known.shape.limit == 0 ? !known.shape.unlimited : !execution.params.unlimited;
    QueryShape& shape = log_.shapes[execution.shape];
    ++shape.executions;
    if (!event.has_id) {
      loose_.resize(log_.shapes.size());
      ++loose_[execution.shape];
    }
    shape.total_ms += std::max(execution.ms, 0.0);
    shape.unlimited = (shape.executions == 1 || shape.unlimited) && !limited;
    if (shape.source.file.empty() && !event.source.empty()) {
      shape.source = source_line(event.plain ? std::string(event.source) : unescaped(event.source));
    }
    if (shape.route.empty() && execution.route != Execution::kNoRoute) {
      shape.route = routes_[execution.route];
    }
  }
  if (counts_rows_ && execution.shape != Repeat::kNoShape) {
    rows_.add(execution.route == Execution::kNoRoute ? std::string_view() : routes_[execution.route],
              log_.shapes[execution.shape], event.rows_read);
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

void QueryLogBuilder::follow(const QueryEvent& event, Execution& execution) {
  if (!event.has_id) {
    ++log_.statements_without_id;
    execution.stream = event.key;
    tracker_.execute_loose(execution);
    return;
  }
  log_.has_ids = true;
  execution.traced = event.traced;
  tracker_.execute(event.key, event.id, execution);
}

void QueryLogBuilder::follow(const QueryEvent& event) {
  if (event.has_id) {
    tracker_.control(event.key, event.control);
  } else {
    tracker_.control_loose(event.key, event.control, event.at_ms, event.ms);
  }
}

void QueryLogBuilder::begin_request(const LogRecord& record) {
  if (QueryEvent event; QueryEventReader::read_bound(record, QueryEvent::Kind::kBegin, event)) {
    add(event, nullptr, Execution::kNoRoute, line_);
  }
}

void QueryLogBuilder::end_request(const LogRecord& record) {
  if (QueryEvent event; QueryEventReader::read_bound(record, QueryEvent::Kind::kEnd, event)) {
    add(event, nullptr, Execution::kNoRoute, line_);
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
  const std::uint32_t number = route_number(name_route(plain ? std::string(raw) : unescaped(raw), context_.routes));
  route_spellings_.emplace(hash, number);
  return number;
}

std::uint32_t QueryLogBuilder::route_number(const NamedRoute& named) {
  const std::string& route = named.name;
  routes_inferred_ = routes_inferred_ || named.inferred;
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
