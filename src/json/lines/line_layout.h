#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "json/lines/line_fields.h"

namespace budgetcheck::json {

/// What the lines of one call of a logger have in common: the texts between the values, the types of the values, and
/// those values that are always the same. A line that is made of these texts, with values of these types between them,
/// is read to the same fields by read_line_fields: it would take the same way. So the texts are compared, 16 bytes at a
/// time, and only the ends of the values that vary are looked for.
class LineLayout {
 public:
  /// Learns from `line`, of which read_line_fields just read `fields`; these are taken over.
  void learn(std::string_view line, std::vector<LineField>& fields);

  /// Reads the line that begins at `at`, and gives where its text ends; null when it is not laid out like this, or when
  /// that cannot be told. `end` is the end of the line, or with `may_end_before` of any text of which the line is the
  /// first: then too no value that spans lines is taken for one. A guard follows, as for read_line_fields. Afterwards
  /// fields() are those of the line, if it was read.
  const char* follow(const char* at, const char* end, bool may_end_before);

  const std::vector<LineField>& fields() const { return fields_; }
  /// The numbers of the fields whose values may differ from those of the first line; the others never do. It grows.
  const std::vector<std::size_t>& varying() const { return varying_; }

 private:
  /// A text that is always the same, and the field whose value follows it.
  struct Step {
    std::size_t begin = 0;  ///< of the learned line
    std::size_t size = 0;
    std::size_t first = 0;  ///< the values from this field on to the next are part of it
    std::size_t value = 0;  ///< behind the last field: the line ends
  };
  struct Place {
    std::size_t begin = 0;
    std::size_t size = 0;
  };
  const char* follow_steps(const std::vector<Step>& steps, const char* at, const char* end, bool may_end_before);
  std::vector<Step> steps_between(const std::vector<bool>& values) const;
  void note_values();
  void expect(std::vector<Step> steps);

  std::vector<LineField> fields_;
  std::string text_;           ///< the line that was learned
  std::size_t size_ = 0;       ///< of it
  std::vector<Place> places_;  ///< of its values
  std::vector<Step> open_;     ///< with every value for itself
  std::vector<Step> steps_;    ///< with those that were always the same as part of the text
  std::vector<bool> varies_;
  std::vector<std::size_t> varying_;  ///< those that `steps_` lead to
  std::size_t lines_ = 0;             ///< that were read
};

}  // namespace budgetcheck::json
