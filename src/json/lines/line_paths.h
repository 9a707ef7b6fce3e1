#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "json/lines/line_fields.h"

namespace budgetcheck::json {

/// Finds members at any depth (up to kMaxDepth) of an object on one line by dotted paths. A dot stands for one level,
/// or for a dot in a key: "db.statement.text" finds {"db":{"statement.text":…}} too. Of several the first counts.
class PathReader {
 public:
  static constexpr std::size_t kMaxDepth = 32;

  explicit PathReader(std::vector<std::string> paths) : paths_(std::move(paths)) {}

  /// Looks into a line that read_line_fields accepts; the same guard must follow it.
  void read(std::string_view line);
  /// The value of the path with this number in the last line; null when it has none, or an object stands there.
  const LineField* at(std::size_t path) const { return found_[path] ? &values_[path] : nullptr; }

 private:
  std::vector<std::string> paths_;
  std::vector<LineField> values_;
  std::vector<bool> found_;
};

/// Calls `visit` with the dotted path and the field of every text in the line's object, at any depth up to
/// PathReader::kMaxDepth.
void each_text(std::string_view line, const std::function<void(std::string_view path, const LineField& field)>& visit);

}  // namespace budgetcheck::json
