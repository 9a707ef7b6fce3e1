#include "collect/logs/console_log.h"

#include <fmt/format.h>

#include <string>

#include "base/text.h"
#include "collect/logs/log_survey.h"
#include "collect/logs/text/text_log.h"
#include "collect/query_log/builder.h"
#include "collect/query_log/log_schema.h"
#include "collect/text/sql_words.h"
#include "collect/text/text_lines.h"
#include "query/sql/shape.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kEventHint =
    "log Prisma's query events as JSON, with the request they belong to: log: [{ emit: 'event', level: 'query' }] and "
    "prisma.$on('query', (e) => logger.info({ query: e.query, params: e.params, duration: e.duration, reqId, route }))";

constexpr LogForm kForm{"console", LogWriter::kApplication, "not a statement that can be read", "logged statement", ""};

bool recognises(const Sniff& sniff) { return survey_log(sniff).is_text(); }

Expected<void> collect(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  QueryLogBuilder builder(source, context);
  TextLog log([&](const LogRecord& record, std::uint32_t line) {
    return builder.add(record, line) != QueryLogBuilder::kNoStatement ||
           shape_of(record.query).kind != Shape::Kind::kNotSql;
  });
  std::uint64_t count = 0;
  for (TextLines lines(*source.content); lines.next(); ++count) {
    if (lines.too_long()) {
      log.flush();
      log.statements().broken(lines.number());
    } else {
      log.read(lines.line(), lines.number());
    }
  }
  log.flush();
  Account account(input);
  if (!builder.has_statements() && log.statements().debug_lines() > 0) {
    account.incomplete("what DEBUG=prisma:* writes is not a log of the statements that ran", kEventHint);
  } else if (!builder.has_statements()) {
    account.incomplete(fmt::format("none of its {} holds a statement in SQL", counted(count, "line")), kEventHint);
  }
  builder.describe(kForm, log.statements().counts(), account);
  builder.report(kForm, account, facts);
  return {};
}

/// Text of which nothing is known: most often a program's log without queries. A page of HTML is none.
/// A schema is text of the same projects, and somebody passes it as an input of its own.
const std::vector<OutputMark>& schema_marks() {
  static const OtherOutput kSchema{
      "a Prisma schema, which measures nothing: it says what the statements of a query log mean",
      "pass the query log, and the schema beside it: --schema FILE, or 'schema:' of the log's input"};
  static const std::vector<OutputMark> kMarks{{'\0', {"datasource ", "provider", "{"}, kSchema},
                                              {'\0', {"model ", "{", "@id"}, kSchema}};
  return kMarks;
}

std::optional<OtherOutput> explain(const Sniff& seen) {
  if (!seen.is_text || trim(seen.head).starts_with('<')) {
    return std::nullopt;
  }
  if (std::optional<OtherOutput> schema = marked_output(schema_marks(), seen.head)) {
    return schema;
  }
  if (!mentions_sql(seen.head)) {
    return std::nullopt;
  }
  return OtherOutput{
      "text that is not JSON, and no line near its beginning is a query that Prisma logged",
      "if this is a program's log, let it write Prisma's queries: as lines that begin with 'prisma:query' with log: "
      "['query'], or better as JSON with what they belong to, with prisma.$on('query', (e) => logger.info({ query: "
      "e.query, params: e.params, duration: e.duration, reqId, route }))"};
}

}  // namespace

Format console_log_format() {
  Format format{"console-log", {"queries."}, recognises, collect};
  format.feeds = {FactKind::kStatements, FactKind::kSequences, FactKind::kRequestIds};
  format.page =
      "What a program prints of its statements among all other output: Prisma with `log: ['query']` or a handler of "
      "its "
      "events, other libraries and frameworks, objects that `console.log` printed ([forms](query-logs.md)). `schema: "
      "prisma/schema.prisma` names the tables and indexes.";
  format.prepare = read_log_schema;
  format.explain = explain;
  return format;
}

}  // namespace budgetcheck
