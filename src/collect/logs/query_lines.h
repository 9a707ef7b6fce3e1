#pragma once

#include <cstdint>
#include <memory>

#include "collect/logs/line_sink.h"
#include "collect/logs/text/text_statements.h"
#include "collect/query_log/fields/mapped_record.h"
#include "collect/query_log/statement_reader.h"
#include "collect/text/line_counts.h"
#include "query/sql/lexer.h"

namespace budgetcheck {

/// Finds the statements in a log of JSON lines, in their fields and in the texts that they hold, and gives them in the
/// order of the log to whoever derives from this.
class QueryLines : public LineSink {
 public:
  std::unique_ptr<Reader> reader() override;
  void add(Piece& piece, std::uint32_t lines_before) override;

 protected:
  /// `mapped`: the budgets file names the fields. It is read by one thread then.
  QueryLines(Dialect dialect, MappedReader* mapped);

  virtual void take(const ReadRecord& read, std::uint32_t line) = 0;
  /// A statement in a text. Says whether it is one in SQL.
  virtual bool take_text(const LogRecord& record, std::uint32_t line) = 0;
  virtual void begin_request(const LogRecord& record, std::uint32_t line) = 0;
  virtual void end_request(const LogRecord& record, std::uint32_t line) = 0;

  /// Statements in the texts so far are complete.
  void flush();
  const TextStatements& texts() const { return texts_; }
  /// Whether the first thing that was seen stood in a text, any did, and a statement in one was open when they ended.
  bool begins_with_text() const { return begins_with_text_; }
  bool has_texts() const { return has_texts_; }
  bool ends_open() const { return ends_open_; }
  /// Those of the log, without what its texts say.
  LineCounts lines() const { return lines_; }

 private:
  Dialect dialect_;
  MappedReader* mapped_;
  TextStatements texts_;  ///< that stand in the objects
  bool texts_open_ = false;
  bool begins_with_text_ = false;
  bool is_begun_ = false;
  bool has_texts_ = false;
  bool ends_open_ = false;
  LineCounts lines_;
};

}  // namespace budgetcheck
