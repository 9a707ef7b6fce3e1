#include "json/lines/line_layout.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <bit>
#include <cstdint>
#include <cstring>
#include <utility>

#include "json/scan/blocks.h"
#include "json/scan/brackets.h"

namespace budgetcheck::json {
namespace {

constexpr std::size_t kStep = 16;
/// A value that was the same in so many lines is expected to stay so. One that then differs costs one slow line.
constexpr std::size_t kConstant = 8;

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

/// Where the value ends that LineField::raw would hold; null when there is none of this type. In `one_line` it holds no
/// line's end.
const char* end_of_value(LineField::Type type, const char* at, const char* end, bool one_line) {
  switch (type) {
    case LineField::Type::kString: {
      const StringEnd string = end_of_string(at, end);
      return one_line && string.control ? nullptr : string.close;
    }
    case LineField::Type::kNumber:
      return end_of_number(at, end);
    case LineField::Type::kLiteral: {
      const std::string_view word = word_at({at, static_cast<std::size_t>(end - at)});
      return word.empty() ? nullptr : at + word.size();
    }
    case LineField::Type::kArray:
      if (at < end && *at == '[') {
        const char* close = find_close(at, end, SIZE_MAX, Between::kUnchecked);
        const bool spans =
            one_line && close != nullptr && std::memchr(at, '\n', static_cast<std::size_t>(close - at)) != nullptr;
        return close == nullptr || spans ? nullptr : close + 1;
      }
      return nullptr;
  }
  return nullptr;
}

}  // namespace

void LineLayout::learn(std::string_view line, std::vector<LineField>& fields) {
  text_.assign(line);
  text_.append(kStep, '\0');  // same_bytes looks behind the end
  size_ = line.size();
  fields_.swap(fields);
  places_.clear();
  const auto keep = [&](std::string_view& name) {
    if (!name.empty()) {
      name = {text_.data() + (name.data() - line.data()), name.size()};
    }
  };
  for (LineField& field : fields_) {
    keep(field.key);
    keep(field.parent);
    places_.push_back({static_cast<std::size_t>(field.raw.data() - line.data()), field.raw.size()});
  }
  varies_.assign(fields_.size(), false);
  open_ = steps_between(std::vector<bool>(fields_.size(), true));
  expect(open_);
  lines_ = 0;
}

/// The texts between the values that are true in `values`.
std::vector<LineLayout::Step> LineLayout::steps_between(const std::vector<bool>& values) const {
  std::vector<Step> steps;
  Step step;
  for (std::size_t i = 0; i < places_.size(); ++i) {
    if (values[i]) {
      step.size = places_[i].begin - step.begin;
      step.value = i;
      steps.push_back(step);
      step.begin = places_[i].begin + places_[i].size;
      step.first = i + 1;
    }
  }
  step.size = size_ - step.begin;
  step.value = places_.size();
  steps.push_back(step);
  return steps;
}

void LineLayout::expect(std::vector<Step> steps) {
  steps_ = std::move(steps);
  varying_.clear();
  for (const Step& step : steps_) {
    if (step.value < fields_.size()) {
      varying_.push_back(step.value);
    }
  }
}

/// Which values of the line that was just read differ from those of the first.
void LineLayout::note_values() {
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    varies_[i] = varies_[i] || fields_[i].raw != std::string_view(text_).substr(places_[i].begin, places_[i].size);
  }
}

const char* LineLayout::follow(const char* at, const char* end, bool may_end_before) {
  const char* behind = follow_steps(steps_, at, end, may_end_before);
  if (behind == nullptr && lines_ > kConstant) {
    behind = follow_steps(open_, at, end, may_end_before);
    if (behind != nullptr) {  // a value that was always the same is not
      note_values();
      expect(steps_between(varies_));
    }
  } else if (behind != nullptr && lines_ <= kConstant) {
    note_values();
    if (++lines_ > kConstant) {
      expect(steps_between(varies_));
    }
  }
  return behind;
}

const char* LineLayout::follow_steps(const std::vector<Step>& steps, const char* at, const char* end,
                                     bool may_end_before) {
  for (const Step& step : steps) {
    if (static_cast<std::size_t>(end - at) < step.size || !same_bytes(at, text_.data() + step.begin, step.size)) {
      return nullptr;
    }
    for (std::size_t i = step.first; i < step.value; ++i) {
      fields_[i].raw = {at + (places_[i].begin - step.begin), places_[i].size};
    }
    at += step.size;
    if (step.value == fields_.size()) {
      break;
    }
    LineField& field = fields_[step.value];
    const char* close = end_of_value(field.type, at, end, may_end_before);
    if (close == nullptr || (close == at) != (places_[step.value].size == 0)) {
      return nullptr;
    }
    field.raw = {at, static_cast<std::size_t>(close - at)};
    at = close;
  }
  return at;
}

}  // namespace budgetcheck::json
