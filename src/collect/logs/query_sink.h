#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "collect/format.h"
#include "collect/logs/line_sink.h"
#include "collect/logs/text/text_statements.h"
#include "collect/query_log/builder.h"
#include "collect/query_log/mapped_record.h"

namespace budgetcheck {

/// The statements in a log of JSON lines: Prisma's events, pino, winston and their like, texts in such objects, or the
/// fields that the budgets file names. With named fields the log must be read on one thread.
class QuerySink final : public LineSink {
 public:
  QuerySink(const Source& source, const CollectContext& context);

  std::unique_ptr<Reader> reader() override;
  void add(Piece& piece, std::uint32_t lines_before) override;
  void report(Input& input, Facts& facts) override;

 private:
  QueryLogBuilder builder_;
  LineCounts lines_;
  std::optional<MappedReader> mapped_;
  TextStatements texts_;  ///< that stand in the objects
  bool texts_open_ = false;
};

}  // namespace budgetcheck
