#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "collect/text/field_slots.h"
#include "json/lines/line_reader.h"

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
  std::string_view process;  ///< pid: request numbers start again in every process
  std::string_view session;  ///< of the database, which runs one statement after the other
  std::string_view host;
  std::string_view service;  ///< which program wrote it, where several write one log
  std::string_view route;
  std::string_view url;
  double at_ms = -1;             ///< when it was written, since 1970; negative: unknown
  std::string_view source;       ///< the line of the program that asked: "src/orders.ts:42"
  bool level_is_number = false;  ///< as pino writes it
  bool level_is_word = false;    ///< as winston writes it
  bool engine = false;           ///< as Prisma's Rust engine writes it
  bool plain = false;            ///< the strings hold no JSON escapes: the log is not JSON
};

/// What a line's fields may contain.
enum class RecordSlot : std::uint8_t {
  kQuery,
  kParams,
  kDuration,
  kTrace,
  kTraceparent,
  kRequest,
  kProcess,
  kHost,
  kService,
  kRoute,
  kUrl,
  kLevel,
  kSource,
  kAt
};

constexpr std::size_t kRecordSlots = static_cast<std::size_t>(RecordSlot::kAt) + 1;
/// Fields that are given from outside, in place of those that would be chosen; null: none is.
using GivenFields = std::array<const json::LineField*, kRecordSlots>;

/// Reads record after record; of lines with one layout it chooses the fields once.
class RecordReader {
 public:
  /// Views point where those of the line's fields do.
  LogRecord read(const json::LineReader& line, const GivenFields& given = {});
  /// What a line without a statement says of its request: all but the statement's own.
  LogRecord read_context(const json::LineReader& line);

 private:
  LayoutChoices choices_;
};

/// `fields` are those of one line; the views point where the fields' views do.
LogRecord read_record(const std::vector<json::LineField>& fields);

/// A text such as "12.5", "12 ms" or "1.2s" in milliseconds; negative when it is none. A bare number is one of units
/// that take `unit_ms` each.
double milliseconds(std::string_view text, double unit_ms = 1);

/// Whether a field of this type and content can be that.
bool usable(RecordSlot slot, const json::LineField& field);

}  // namespace budgetcheck
