#pragma once

#include <memory>

#include "collect/format.h"
#include "collect/logs/line_sink.h"
#include "collect/logs/records/record_counts.h"
#include "collect/text/line_counts.h"

namespace budgetcheck {

/// The records of a structured log, counted by service and logger, and whether they carry a trace's id.
class RecordSink final : public LineSink {
 public:
  enum class Log {
    kOfRecords,    ///< objects of JSON: whatever is no record is said
    kOfKeyValues,  ///< logfmt, and objects among it
    kOfMuchElse,   ///< of queries or requests, whose reader says what its lines are
  };
  RecordSink(const Source& source, const CollectContext& context, Log log);

  /// Whether somebody asks for what a log of queries or requests says of its records.
  static bool is_wanted(const CollectContext& context);

  std::unique_ptr<Reader> reader() override;
  void add(Piece& piece, std::uint32_t lines_before) override;
  void report(Input& input, Facts& facts) override;

 private:
  const Source& source_;
  Log log_;
  RecordRequirements requirements_;
  RecordCounts counts_;
  LineCounts lines_;
};

}  // namespace budgetcheck
