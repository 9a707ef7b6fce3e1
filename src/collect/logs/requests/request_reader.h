#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "collect/http/request_fields.h"
#include "collect/logs/line_sink.h"
#include "collect/logs/request_report.h"
#include "collect/logs/request_text.h"
#include "json/lines/line_paths.h"

namespace budgetcheck {

struct RequestRecord {
  AccessRecord record;
  std::uint32_t line = 0;  ///< from 1, within the piece
  bool surely = false;     ///< of pino-http or Fastify, when that was looked at
};

/// The requests of a piece of a log.
struct RequestRecords final : LineSink::Piece {
  std::vector<RequestRecord> records;
  RequestLines lines;
  double last_sure_ms = -1;   ///< the latest time of those that surely are requests
  bool has_comments = false;  ///< lines that say how the others are read

  void clear() {
    records.clear();
    lines.clear();
    last_sure_ms = -1;
    has_comments = false;
  }
};

/// Finds the requests in the lines of a log, in any format that access_log.h names.
class RequestReader final : public LineSink::Reader {
 public:
  enum class Wanted {
    kAll,
    kSure,     ///< only lines that are surely those of pino-http or Fastify are looked at
    kAllTold,  ///< all, and of each whether it is surely one
  };
  RequestReader(Wanted wanted, std::string time_field);

  void read(const LogLine& line) override;
  std::unique_ptr<LineSink::Piece> take(std::unique_ptr<LineSink::Piece> spare) override;

 private:
  void take_time_field(const LogLine& line, AccessRecord& record);
  void keep(AccessRecord record, const LogLine& line);

  Wanted wanted_;
  AccessReader records_;
  RequestText text_;
  std::optional<json::PathReader> time_field_;
  std::unique_ptr<RequestRecords> piece_ = std::make_unique<RequestRecords>();
};

/// A request was answered.
inline bool is_answer(const AccessRecord& record) {
  return record.kind == AccessRecord::Kind::kEnd || record.kind == AccessRecord::Kind::kWhole;
}

}  // namespace budgetcheck
