#include "collect/logs/query_sink.h"

#include <utility>

#include "query/sql/shape.h"

namespace budgetcheck {
namespace {

std::unique_ptr<MappedReader> mapped_of(const Source& source) {
  const LogFields fields = read_log_fields(source.settings);
  return fields.any() ? std::make_unique<MappedReader>(fields) : nullptr;
}

}  // namespace

QuerySink::QuerySink(const Source& source, const CollectContext& context)
    : QuerySink(source, context, mapped_of(source)) {}

QuerySink::QuerySink(const Source& source, const CollectContext& context, std::unique_ptr<MappedReader> mapped)
    : QueryLines(dialect_of(schema_of(source, context).kind()), mapped.get()),
      mapped_(std::move(mapped)),
      builder_(source, context) {}

bool QuerySink::take_text(const LogRecord& record, std::uint32_t line) {
  return builder_.add(record, line) != QueryLogBuilder::kNoStatement ||
         shape_of(record.query).kind != Shape::Kind::kNotSql;
}

void QuerySink::report(Input& input, Facts& facts) {
  flush();
  report_queries(builder_, lines(), texts().counts(), mapped_.get(), input, facts);
}

void report_queries(QueryLogBuilder& builder, LineCounts lines, const LineCounts& texts, const MappedReader* mapped,
                    Input& input, Facts& facts) {
  if (texts.broken > 0) {
    lines.broken += texts.broken;
    lines.first_broken = lines.first_broken == 0 ? texts.first_broken : lines.first_broken;
  }
  Account account(input);
  const LogForm form{mapped != nullptr ? "json-lines" : "prisma-event"};
  if (mapped != nullptr) {
    mapped->describe(account);
  }
  builder.describe(form, lines, account);
  builder.report(form, account, facts);
}

}  // namespace budgetcheck
