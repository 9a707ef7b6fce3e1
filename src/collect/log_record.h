#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "json/line_fields.h"

namespace budgetcheck {

/// What one line of a query log says, as views into it: strings are still JSON-escaped (unless `plain`), empty when
/// missing.
/// Teams name these fields differently; read_record knows the names that loggers and conventions use.
struct LogRecord {
  std::string_view query;   ///< empty: not a query's line
  std::string_view params;  ///< the text of a string, or of a list
  bool params_are_list = false;
  double duration_ms = -1;  ///< negative: unknown
  double rows_read = -1;    ///< that the database read for it; negative: unknown
  std::string_view trace;
  std::string_view traceparent;
  std::string_view request;
  std::string_view process;  ///< pid: request numbers start anew in every process
  std::string_view host;
  std::string_view route;
  std::string_view url;
  bool level_is_number = false;  ///< as pino writes it
  bool level_is_word = false;    ///< as winston writes it
  bool plain = false;            ///< the strings hold no JSON escapes: the log is not JSON
};

/// For each thing that a record tells, the field that tells it.
constexpr std::size_t kRecordSlots = 11;
using RecordChoice = std::array<std::size_t, kRecordSlots>;

/// Reads record after record; of lines with one layout it chooses the fields once.
class RecordReader {
 public:
  /// Views point where those of the line's fields do.
  LogRecord read(const json::LineReader& line);

 private:
  struct Known {
    std::uint64_t layout = 0;
    RecordChoice choice{};
  };
  std::array<Known, json::LineReader::kLayouts> known_;
};

/// `fields` are those of one line; the views point where the fields' views do.
LogRecord read_record(const std::vector<json::LineField>& fields);

}  // namespace budgetcheck
