#include "json/lines/line_fields.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "json/scan/blocks.h"
#include "json/scan/brackets.h"

namespace budgetcheck::json {
namespace {

/// Layouts of longer lines are not learned: they are rare, and would be copied.
constexpr std::size_t kMaxLearnedLine = std::size_t{16} << 10;
constexpr std::size_t kStep = 16;

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

/// Whether `size` bytes are the same; up to 15 bytes behind both are read.
bool same_bytes(const char* a, const char* b, std::size_t size) {
#ifdef __SSE2__
  for (std::size_t i = 0; i < size; i += kStep) {
    const __m128i x = _mm_loadu_si128(reinterpret_cast<const __m128i*>(a + i));
    const __m128i y = _mm_loadu_si128(reinterpret_cast<const __m128i*>(b + i));
    const auto differ = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(x, y))) ^ 0xFFFFU;
    if (differ != 0 && static_cast<std::size_t>(std::countr_zero(differ)) + i < size) {
      return false;
    }
  }
  return true;
#else
  return std::memcmp(a, b, size) == 0;
#endif
}

/// Where the value ends that LineField::raw would hold; null when there is none of this type.
const char* end_of_value(LineField::Type type, const char* at, const char* end) {
  switch (type) {
    case LineField::Type::kString:
      return end_of_string(at, end).close;
    case LineField::Type::kNumber:
      return end_of_number(at, end);
    case LineField::Type::kLiteral: {
      const std::string_view word = word_at({at, static_cast<std::size_t>(end - at)});
      return word.empty() ? nullptr : at + word.size();
    }
    case LineField::Type::kArray:
      if (at < end && *at == '[') {
        const char* close = find_container_close(at, end);
        return close == nullptr ? nullptr : close + 1;
      }
      return nullptr;
  }
  return nullptr;
}

}  // namespace

bool read_line_fields(std::string_view line, std::vector<LineField>& fields) {
  fields.clear();
  return FieldReader(line, fields).run();
}

bool LineReader::read(std::string_view line) {
  for (std::size_t tried = 0; patience_ > 0 && tried < used_; ++tried) {
    const std::size_t i = (last_ + tried) % used_;
    if (follow(layouts_[i], line)) {
      last_ = i;
      current_ = &layouts_[i];
      patience_ = std::min(patience_ + 1, kPatience);
      return true;
    }
  }
  current_ = &unlearned_;
  if (!read_line_fields(line, unlearned_.fields)) {
    return false;
  }
  if (patience_ > 0 && line.size() <= kMaxLearnedLine) {
    --patience_;
    last_ = learned_ % kLayouts;
    used_ = std::max(used_, last_ + 1);
    layouts_[last_].number = ++learned_;
    learn(layouts_[last_], line);
    current_ = &layouts_[last_];
  }
  return true;
}

/// Takes over the fields of `line`, which were just read, and the texts between their values.
void LineReader::learn(Layout& layout, std::string_view line) {
  layout.text.assign(line);
  layout.text.append(kStep, '\0');  // same_bytes looks behind the end
  layout.fields.swap(unlearned_.fields);
  layout.parts.clear();
  const auto keep = [&](std::string_view& name) {
    if (!name.empty()) {
      name = {layout.text.data() + (name.data() - line.data()), name.size()};
    }
  };
  std::size_t at = 0;
  for (LineField& field : layout.fields) {
    keep(field.key);
    keep(field.parent);
    const auto begin = static_cast<std::size_t>(field.raw.data() - line.data());
    layout.parts.push_back({at, begin - at});
    at = begin + field.raw.size();
  }
  layout.parts.push_back({at, line.size() - at});
}

/// A line that is made of the same texts with values of the same types between them is read to the same fields by
/// the full reader: it would take the same way. So the texts are compared, and only the values' ends are looked for.
/// At the first difference the answer is no, and the full reader decides.
bool LineReader::follow(Layout& layout, std::string_view line) {
  const char* at = line.data();
  const char* end = at + line.size();
  const auto pass = [&](const Layout::Part& part) {
    if (static_cast<std::size_t>(end - at) < part.size || !same_bytes(at, layout.text.data() + part.begin, part.size)) {
      return false;
    }
    at += part.size;
    return true;
  };
  for (std::size_t i = 0; i < layout.fields.size(); ++i) {
    LineField& field = layout.fields[i];
    if (!pass(layout.parts[i])) {
      return false;
    }
    const char* close = end_of_value(field.type, at, end);
    if (close == nullptr || (close == at) != field.raw.empty()) {
      return false;
    }
    field.raw = {at, static_cast<std::size_t>(close - at)};
    at = close;
  }
  return pass(layout.parts.back()) && at == end;
}

}  // namespace budgetcheck::json
