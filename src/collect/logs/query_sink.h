#pragma once

#include <cstdint>
#include <optional>

#include "collect/format.h"
#include "collect/logs/query_lines.h"
#include "collect/query_log/builder.h"
#include "collect/query_log/fields/mapped_record.h"

namespace budgetcheck {

/// The statements in a log of JSON lines: Prisma's events, pino, winston and their like, texts in such objects, or the
/// fields that the budgets file names. With named fields the log must be read on one thread.
class QuerySink final : public QueryLines {
 public:
  QuerySink(const Source& source, const CollectContext& context);

  void report(Input& input, Facts& facts) override;

 private:
  QuerySink(const Source& source, const CollectContext& context, std::unique_ptr<MappedReader> mapped);

  void take(const ReadRecord& read, std::uint32_t line) override { builder_.add(read, line); }
  bool take_text(const LogRecord& record, std::uint32_t line) override;
  void begin_request(const LogRecord& record, std::uint32_t /*line*/) override { builder_.begin_request(record); }
  void end_request(const LogRecord& record, std::uint32_t /*line*/) override { builder_.end_request(record); }

  std::unique_ptr<MappedReader> mapped_;
  QueryLogBuilder builder_;
};

/// Says of the input what a log of JSON lines and its statements are, and appends what was found.
void report_queries(QueryLogBuilder& builder, LineCounts lines, const LineCounts& texts, const MappedReader* mapped,
                    Input& input, Facts& facts);

}  // namespace budgetcheck
