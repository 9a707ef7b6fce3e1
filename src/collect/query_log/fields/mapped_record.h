#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "collect/account.h"
#include "collect/query_log/fields/log_fields.h"
#include "collect/query_log/fields/query_fields.h"
#include "json/lines/line_paths.h"

namespace budgetcheck {

/// Reads records whose fields the budgets file names (`fields:` of an input); what it does not name is read by its
/// usual names. Notes what never occurs.
class MappedReader {
 public:
  explicit MappedReader(const LogFields& fields);

  /// `line` is what `fields` were read from. Views point into it.
  LogRecord read(std::string_view line, const json::LineReader& fields);

  /// Names the fields that no line had: they make the input incomplete.
  void describe(Account& account) const;

 private:
  struct Named {
    RecordSlot slot;
    std::string_view name;  ///< in the budgets file
    std::string path;
    std::uint64_t seen = 0;
  };
  void add(RecordSlot slot, std::string_view name, const std::string& path);
  void note_texts(std::string_view line);
  std::string hint() const;

  std::vector<Named> named_;
  double unit_ms_;
  json::PathReader reader_;
  RecordReader records_;
  std::size_t noted_lines_ = 0;
  std::vector<std::string> texts_;  ///< dotted paths of the first lines' texts
  std::string sql_;                 ///< the first of them that holds a statement
};

}  // namespace budgetcheck
