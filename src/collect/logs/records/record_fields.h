#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "json/lines/line_paths.h"
#include "json/lines/line_reader.h"

// What a record of a structured log says of itself: who wrote it, and which trace it belongs to.
namespace budgetcheck {

/// Views into the line, still escaped.
struct SeenRecord {
  std::string_view service;
  std::string_view logger;
  std::string_view library;  ///< "pino", …; lives for ever
  bool has_trace = false;    ///< an id that is not empty and not all zeros
  bool has_span = false;
  std::uint64_t attributes = 0;  ///< a bit for each of those that are looked for
};

/// Whether a text is an id of a trace or span. Nothing, zeros alone and words for nothing ("null", "undefined", "-")
/// are none.
bool is_trace_id(std::string_view text);
/// Both ids of a traceparent: "00-<32 digits>-<16 digits>-01".
bool is_traceparent(std::string_view text, bool& has_span);
/// A name without its marks and in small letters: "trace_id", "traceId" and "trace.id" are "traceid".
std::string plain_name(std::string_view name);

/// Attributes that are looked for. trace_id and span_id, however spelled, stand for all that loggers call them, and
/// service for where it stands; others for a field of that name, at the top or in an object, or for a path.
class WantedAttributes {
 public:
  static constexpr std::size_t kMost = 64;

  enum class Kind : std::uint8_t { kTrace, kSpan, kService, kField };
  struct One {
    std::string name;
    Kind kind = Kind::kField;
  };
  /// The bit of the attribute, which is looked for from now on; 0: there are too many.
  std::uint64_t add(const std::string& name);
  const std::vector<One>& all() const { return all_; }
  /// Bits of those that are no fields of their own.
  std::uint64_t given(const SeenRecord& record) const;

 private:
  std::vector<One> all_;
};

/// Reads record after record; of lines with one layout it chooses the fields once.
class RecordFields {
 public:
  /// `wanted` lives as long as this.
  explicit RecordFields(const WantedAttributes& wanted);

  /// False: the object is no record of a log. It has a level, or a message with a time.
  bool read(std::string_view line, const json::LineReader& object, SeenRecord& record);
  /// Of fields that are not read from JSON; `line` is where a path is looked for, empty: nowhere.
  bool read(const std::vector<json::LineField>& fields, SeenRecord& record);

 private:
  static constexpr std::size_t kNone = SIZE_MAX;
  static constexpr std::size_t kMostIds = 4;
  struct Choice {
    std::uint64_t layout = 0;
    bool is_record = false;
    bool is_deep = false;  ///< what is looked for may stand deeper than fields are read
    std::size_t service = kNone;
    std::size_t logger = kNone;
    std::array<std::size_t, kMostIds> traces{kNone, kNone, kNone, kNone};
    std::array<std::size_t, kMostIds> spans{kNone, kNone, kNone, kNone};
    std::size_t traceparent = kNone;
    std::string_view library;
    std::vector<std::pair<std::size_t, std::uint64_t>> fields;  ///< of attributes, with their bits
    std::uint64_t missing = 0;                                  ///< attributes that are no such field
  };
  Choice choose(const std::vector<json::LineField>& fields) const;
  void take(const Choice& choice, const std::vector<json::LineField>& fields, SeenRecord& record) const;
  void look_deeper(std::string_view line, const Choice& choice, SeenRecord& record);

  const WantedAttributes& wanted_;
  std::array<Choice, json::LineReader::kLayouts> known_;
  json::PathReader paths_;
};

}  // namespace budgetcheck
