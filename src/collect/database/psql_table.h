#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "collect/text/text_lines.h"

namespace budgetcheck {

/// Rows as psql prints them for people: aligned columns under a header and a rule, or expanded (\x), one column a line.
/// A value with line breaks takes several lines, each of which ends in "+".
class PsqlRows {
 public:
  explicit PsqlRows(const FileContent& content) : lines_(content) {}

  /// The names of the columns in small letters, as far as `head` shows them; empty: it is no such table.
  static std::vector<std::string> columns_of(std::string_view head);

  /// False when no row is left.
  bool next();
  /// Column and value of the current row.
  const std::vector<std::pair<std::string, std::string>>& fields() const { return fields_; }
  std::uint32_t line() const { return first_line_; }
  /// The current row does not have the form of the others.
  bool broken() const { return broken_; }

 private:
  bool next_aligned();
  bool next_expanded();
  bool begin();

  TextLines lines_;
  bool begun_ = false;
  bool expanded_ = false;
  bool held_ = false;  ///< the current line belongs to the next row
  bool ended_ = false;
  std::vector<std::string> names_;
  std::vector<std::size_t> rule_;  ///< where the separators are, as columns
  std::vector<std::pair<std::string, std::string>> fields_;
  std::uint32_t first_line_ = 0;
  bool broken_ = false;
};

}  // namespace budgetcheck
