#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "json/value.h"
#include "results/outcome.h"
#include "results/read.h"

namespace budgetcheck {

/// One application's part of a record, read.
struct StoredRecord {
  std::string commit;
  std::vector<std::string> parents;
  std::string branch;
  std::string outcome;  ///< pass, fail, inconclusive, error; empty: unknown
  std::vector<StoredVerdict> verdicts;
  Results results;  ///< commit, parents and measured_at are set here too
};

/// The note of one commit: what was measured there, for each application that did.
/// {"v": 1, "commit": "…", "parents": [], "time": "…", "branch": "…", "tool": {…}, "apps": {"shop": {…}}}
struct Record {
  std::string commit;
  std::vector<std::string> parents;
  /// What the branch held before the push that brought the commit, when that is not the first parent: leads past the
  /// commits that nobody measured where a shallow clone cannot. May be empty.
  std::string previous;
  std::string time;  ///< of the newest part, RFC 3339, UTC
  std::string branch;
  std::string tool_version;
  /// In the order of their names; each a trimmed results document. Those of other jobs pass through unchanged.
  std::vector<std::pair<std::string, json::Value>> apps;

  const json::Value* find(std::string_view app) const;
  void set(const std::string& app, json::Value document);
};

/// Why a note is not a record.
struct RecordFault {
  enum class Kind {
    kNotOurs,
    kNewer,
    kDamaged,
    kAbsent,  ///< there is one, but its text is not in this clone
  };
  Kind kind = Kind::kDamaged;
  std::string message;  ///< one clause behind "the stored results of 1a2b3c4"
};

/// Reads a note of `commit`. Whatever somebody stored there gives a record or a fault: no JSON, JSON of somebody else,
/// of a newer version, cut off, too big, edited (another commit inside), of wrong types.
tl::expected<Record, RecordFault> read_record(const std::string& text, const std::string& commit);
/// Its time alone, without reading the rest; nothing where that does not look like a record of `commit`.
std::optional<std::string> read_record_time(const std::string& text, const std::string& commit);
/// Minified, one line.
std::string write_record(const Record& record);

/// One application's part as results. Errors: one clause.
tl::expected<StoredRecord, std::string> read_stored(const Record& record, const std::string& app);

/// Bytes of a note that is read; what is larger is a fault.
constexpr std::size_t kMaxRecordBytes = std::size_t{8} << 20;

}  // namespace budgetcheck
