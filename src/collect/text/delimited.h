#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"

namespace budgetcheck {

/// Reads tables of text: CSV with any separator (RFC 4180: fields in quotes may hold separators, quotes and line ends),
/// and COPY's text form when the separator is a TAB (\n, \t and \\ in a field; \N is the word NULL).
class DelimitedReader {
 public:
  static constexpr std::size_t kMaxFields = 256;
  /// What a row holds beyond this is not kept; the row is `broken`.
  static constexpr std::size_t kMaxRow = std::size_t{32} << 20;

  /// Reads `bytes` from `begin`; `content` (may be null) gives back memory that has passed.
  DelimitedReader(std::string_view bytes, char separator, const FileContent* content = nullptr);

  /// The next row that is not blank. False at the end.
  bool next();
  const std::vector<std::string>& fields() const { return fields_; }
  std::uint32_t line() const { return row_line_; }  ///< where the row begins
  /// The row's quotes do not close before the file ends, or it is longer than is kept.
  bool broken() const { return broken_; }
  bool unclosed() const { return unclosed_; }
  /// True for a last row that no line end follows.
  bool unended() const { return unended_; }

 private:
  void quoted_field(std::string& field);
  void plain_field(std::string& field);
  void append(std::string& field, std::string_view text);
  std::size_t find(char a, char b);

  std::string_view bytes_;
  char separator_;
  const FileContent* content_;
  std::size_t at_ = 0;
  std::size_t released_ = 0;
  std::uint32_t line_ = 1;
  std::uint32_t row_line_ = 0;
  std::size_t row_bytes_ = 0;
  std::vector<std::string> fields_;
  bool broken_ = false;
  bool unclosed_ = false;
  bool unended_ = false;
};

/// The separator of a table whose first line is `header`: the first of , ; TAB | that stands in it; ',' when none does.
char separator_of(std::string_view header);

/// Field names of a header row: lower case, trimmed.
std::vector<std::string> header_names(const std::vector<std::string>& fields);

}  // namespace budgetcheck
