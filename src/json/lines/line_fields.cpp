#include "json/lines/line_fields.h"

#include <cstdint>

#include "json/scan/blocks.h"
#include "json/scan/brackets.h"

namespace budgetcheck::json {
namespace {

/// Of any depth: nothing recurses over what is passed.
const char* find_container_close(const char* open, const char* end) {
  return find_close(open, end, SIZE_MAX, Between::kUnchecked);
}

class FieldReader {
 public:
  FieldReader(std::string_view line, std::vector<LineField>& fields)
      : at_(line.data()), end_(line.data() + line.size()), fields_(fields) {}

  bool run() {
    skip_blanks();
    if (!members({})) {
      return false;
    }
    skip_blanks();
    return at_ == end_;
  }

 private:
  void skip_blanks() {
    while (at_ < end_ && (*at_ == ' ' || *at_ == '\t' || *at_ == '\r' || *at_ == '\n')) {
      ++at_;
    }
  }

  bool take(char c) {
    if (at_ < end_ && *at_ == c) {
      ++at_;
      return true;
    }
    return false;
  }

  bool string(std::string_view& raw) {
    if (!take('"')) {
      return false;
    }
    const char* close = end_of_string(at_, end_).close;
    if (close == nullptr) {
      return false;
    }
    raw = {at_, static_cast<std::size_t>(close - at_)};
    at_ = close + 1;
    return true;
  }

  /// The object at `at_`: its members become fields below `parent`.
  bool members(std::string_view parent) {
    if (!take('{')) {
      return false;
    }
    skip_blanks();
    if (take('}')) {
      return true;
    }
    do {
      LineField field;
      field.parent = parent;
      skip_blanks();
      if (!string(field.key)) {
        return false;
      }
      skip_blanks();
      if (!take(':')) {
        return false;
      }
      skip_blanks();
      const bool nested = at_ < end_ && *at_ == '{';
      if (nested && parent.data() == nullptr ? !members(field.key) : !value(field)) {
        return false;
      }
      skip_blanks();
    } while (take(','));
    return take('}');
  }

  bool value(LineField& field) {
    if (at_ == end_) {
      return false;
    }
    if (*at_ == '"') {
      field.type = LineField::Type::kString;
      if (!string(field.raw)) {
        return false;
      }
      fields_.push_back(field);
      return true;
    }
    const char* begin = at_;
    if (*at_ == '{' || *at_ == '[') {
      const bool array = *at_ == '[';
      const char* close = find_container_close(at_, end_);
      if (close == nullptr) {
        return false;
      }
      at_ = close + 1;
      if (array) {
        field.type = LineField::Type::kArray;
        field.raw = {begin, static_cast<std::size_t>(at_ - begin)};
        fields_.push_back(field);
      }
      return true;
    }
    if (const std::string_view word = word_at({at_, static_cast<std::size_t>(end_ - at_)}); !word.empty()) {
      at_ += word.size();
      field.type = LineField::Type::kLiteral;
    } else if (const char* close = end_of_number(at_, end_); close != nullptr) {
      at_ = close;
      field.type = LineField::Type::kNumber;
    } else {
      return false;
    }
    field.raw = {begin, static_cast<std::size_t>(at_ - begin)};
    fields_.push_back(field);
    return true;
  }

  const char* at_;
  const char* end_;
  std::vector<LineField>& fields_;
};

}  // namespace

bool read_line_fields(std::string_view line, std::vector<LineField>& fields) {
  fields.clear();
  return FieldReader(line, fields).run();
}

}  // namespace budgetcheck::json
