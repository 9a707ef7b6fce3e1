#include "collect/logs/json_lines.h"

#include <memory>
#include <string>
#include <vector>

#include "collect/logs/event_document.h"
#include "collect/logs/log_survey.h"
#include "collect/logs/personal_sink.h"
#include "collect/logs/query_sink.h"
#include "collect/logs/read_lines.h"
#include "collect/logs/records/record_sink.h"
#include "collect/logs/request_sink.h"
#include "collect/logs/wrapped_line.h"
#include "collect/query_log/fields/log_fields.h"
#include "collect/query_log/fields/query_fields.h"
#include "collect/query_log/log_schema.h"
#include "collect/text/first_lines.h"
#include "collect/text/sql_words.h"
#include "collect/text/unescaped.h"
#include "query/sql/shape.h"

namespace budgetcheck {
namespace {

/// Recognition looks at this many lines: access logs begin with lines of the server's start.
constexpr std::size_t kSniffLines = 200;
constexpr std::size_t kLookedAt = 65'536;  ///< bytes

/// One of the first lines has a statement that is SQL that touches data, or ends a transaction; in a field of its own,
/// or in the text that the object is around.
bool recognises(const Sniff& sniff) {
  std::vector<json::LineField> fields;
  std::string buffer;
  for (FirstLines lines(sniff.head, kSniffLines); lines.next();) {
    if (!json::read_line_fields(unwrapped_line(lines.guarded(), buffer), fields)) {
      continue;
    }
    const LogRecord record = read_record(fields);
    if (!record.query.empty() && shape_of(unescaped(record.query)).kind != Shape::Kind::kNotSql) {
      return true;
    }
  }
  return is_event_document(sniff) || survey_log(sniff).is_objects();
}

Expected<void> collect(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  QuerySink queries(source, context);
  RequestSink requests(source, context, RequestSink::Log::kOfMuchElse);
  std::vector<LineSink*> sinks{&queries};
  Sniff seen;
  seen.head = source.content->bytes().substr(0, kLookedAt);
  if (is_event_document(seen)) {
    Expected<void> read = read_events(source, queries);
    queries.report(input, facts);
    return read;
  }
  RecordSink records(source, context, RecordSink::Log::kOfMuchElse);
  if (RecordSink::is_wanted(context)) {
    sinks.push_back(&records);
  }
  const bool is_mapped = read_log_fields(source.settings).any();
  if (!is_mapped && has_json_requests(source.content->bytes())) {
    sinks.push_back(&requests);
  }
  const std::unique_ptr<PersonalSink> personal = personal_sink(context);
  if (personal != nullptr) {
    sinks.push_back(personal.get());
  }
  read_lines(*source.content, is_mapped ? 1 : threads_for(*source.content, context.threads), sinks);
  for (LineSink* sink : sinks) {
    sink->report(input, facts);
  }
  return {};
}

/// Logs of requests that say neither how long they took nor how big the answers were, and of statements that are no
/// SQL.
const std::vector<OutputMark>& request_marks() {
  static const std::vector<OutputMark> kMarks{
      {'{',
       {"\"proxy\"", "\"requestId\"", "\"statusCode\"", "\"source\""},
       {"what Vercel's log drain writes: a line for each message, so several for one request, without its time or size",
        "log requests where the application answers them (pino-http, Fastify), or capture a HAR"}},
      {'{',
       {"mongodb_query_connector"},
       {"Prisma's query events of MongoDB, whose statements are no SQL and are not read",
        "pass the log of a program that uses an SQL database, or measure this one's requests: an access log, a HAR"}}};
  return kMarks;
}

std::optional<OtherOutput> explain(const Sniff& seen) {
  if (!seen.is_lines) {
    return std::nullopt;
  }
  if (std::optional<OtherOutput> requests = marked_output(request_marks(), seen.head)) {
    return requests;
  }
  constexpr std::string_view kWhat = "lines of JSON, and none of the first contains a query or a request";
  if (!mentions_sql(seen.head)) {
    return OtherOutput{kWhat, ""};
  }
  return OtherOutput{kWhat,
                     "log Prisma's queries with the request they belong to: prisma.$on('query', (e) => logger.info({ "
                     "query: e.query, params: e.params, duration: e.duration, reqId, route }))"};
}

}  // namespace

Format prisma_log_format() {
  Format format{"query-log", {"queries."}, recognises, collect};
  format.feeds = {FactKind::kStatements, FactKind::kSequences, FactKind::kRequestIds};
  format.is_given_as = "Prisma's queries as one JSON object per line or on the console";
  format.looks_like = {"\"query\"", "\"duration\"", "\"params\"", "prisma"};
  format.page =
      "A log with one JSON object per line, or a document with a list of them, some of which carry a statement, in a "
      "field or in the text of a message: Prisma's `$on('query')` events, pino, winston, exports of Cloud Logging and "
      "CloudWatch. `fields: { query: db.statement, duration: ctx.ms }` names fields that are not called as usual; an "
      "input "
      "with it is read as nothing else. `schema: prisma/schema.prisma` names the tables and indexes.";
  format.prepare = read_log_schema;
  format.may_be_cut = true;
  format.named_by = "fields";
  format.explain = explain;
  return format;
}

}  // namespace budgetcheck
