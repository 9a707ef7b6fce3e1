#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "json/value.h"

namespace budgetcheck {

/// Bytes from `begin` up to and without `end`.
struct ByteRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Where the values of a document stand in its bytes. The values come from json::read_document on the same text, so it
/// is well-formed; what an unusual way of writing leads to is for the caller to see, by reading again what he changed.
class DocumentText {
 public:
  /// `text` outlives this.
  DocumentText(const std::string& path, std::string_view text);

  std::string_view text() const { return text_; }
  bool is_json() const { return is_json_; }

  /// Where something begins, by its line and column.
  std::size_t offset(std::uint32_t line, std::uint32_t column) const;
  std::size_t offset(const json::Value& value) const { return offset(value.line, value.column); }
  std::size_t offset(const json::Member& member) const { return offset(member.line, member.column); }

  /// Whether a mapping is written in braces, as every one of JSON is.
  bool is_in_braces(const json::Value& mapping) const;
  /// Whether an alias stands for the value ("*name").
  bool is_alias(const json::Value& value) const;
  /// The value of `member` without its anchor. `in_braces`: the mapping that it is a member of is.
  ByteRange value_of(const json::Member& member, bool in_braces) const;

  /// Where the line ends that holds the byte at `at`: at its line break, or at the end of the text.
  std::size_t end_of_line(std::size_t at) const;
  /// "\r\n" where that line ends with it, or where the first line does and it is the last; else "\n".
  std::string_view line_break_at(std::size_t at) const;
  /// The blanks before what begins at `at`; nothing else stands before it in its line.
  bool begins_line(std::size_t at) const;

 private:
  std::size_t behind_properties(std::size_t at) const;
  std::size_t end_of_quoted(std::size_t at) const;
  std::size_t end_of_brackets(std::size_t at) const;
  std::size_t end_of_comment(std::size_t at) const;
  std::size_t end_of_plain_in_braces(std::size_t at) const;
  std::size_t end_of_plain_line(std::size_t at) const;
  std::size_t end_of_deeper_lines(std::size_t at, std::size_t indent, bool with_comments) const;

  std::string_view text_;
  bool is_json_ = false;
  std::vector<std::size_t> lines_;  ///< where each begins; the first of YAML behind a byte-order mark, as columns count
};

}  // namespace budgetcheck
