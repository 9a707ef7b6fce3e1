#include "collect/logs/json_lines.h"

#include <vector>

#include "collect/logs/query_sink.h"
#include "collect/logs/read_lines.h"
#include "collect/logs/request_sink.h"
#include "collect/query_log/query_fields.h"
#include "collect/text/first_lines.h"
#include "collect/text/unescaped.h"
#include "query/sql/shape.h"

namespace budgetcheck {
namespace {

/// Recognition looks at this many lines: access logs begin with lines of the server's start.
constexpr std::size_t kSniffLines = 200;

/// One of the first lines has a statement that is SQL that touches data, or ends a transaction.
bool recognises(const Sniff& sniff) {
  std::vector<json::LineField> fields;
  for (FirstLines lines(sniff.head, kSniffLines); lines.next();) {
    if (!json::read_line_fields(lines.guarded(), fields)) {
      continue;
    }
    const LogRecord record = read_record(fields);
    if (!record.query.empty() && shape_of(unescaped(record.query)).kind != Shape::Kind::kNotSql) {
      return true;
    }
  }
  return false;
}

Expected<void> collect(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  QuerySink queries(source, context);
  RequestSink requests(source, context, RequestSink::Log::kOfMuchElse);
  std::vector<LineSink*> sinks{&queries};
  if (!source.fields.any() && has_json_requests(source.content->bytes())) {
    sinks.push_back(&requests);
  }
  read_lines(*source.content, source.fields.any() ? 1 : threads_for(*source.content, context.threads), sinks);
  for (LineSink* sink : sinks) {
    sink->report(input, facts);
  }
  return {};
}

}  // namespace

Format prisma_log_format() { return {kMappedFormat, {"queries."}, recognises, collect}; }

}  // namespace budgetcheck
