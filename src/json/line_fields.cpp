#include "json/line_fields.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <bit>
#include <cstdint>

namespace budgetcheck::json {
namespace {

/// Bytes of one step; more than 16 are looked at only where a string is long.
constexpr std::size_t kBlock = 64;

#ifdef __SSE2__
std::uint64_t equal_mask(const char* at, char c) {
  const __m128i wanted = _mm_set1_epi8(c);
  std::uint64_t mask = 0;
  for (int i = 0; i < 4; ++i) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at + 16 * i));
    const auto bits = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, wanted)));
    mask |= static_cast<std::uint64_t>(bits) << (16 * i);
  }
  return mask;
}
#else
std::uint64_t equal_mask(const char* at, char c) {
  std::uint64_t mask = 0;
  for (std::size_t i = 0; i < kBlock; ++i) {
    mask |= static_cast<std::uint64_t>(at[i] == c) << i;
  }
  return mask;
}
#endif

/// The quote that closes the string whose first character is at `at`; `end` when there is none before it.
/// Whole blocks at a time: which characters are escaped follows from the carry of one addition.
const char* closing_quote(const char* at, const char* end) {
  constexpr std::uint64_t kEven = 0x5555555555555555ULL;
#ifdef __SSE2__
  const __m128i head = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
  const auto head_quotes = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(head, _mm_set1_epi8('"'))));
  const auto head_slashes = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(head, _mm_set1_epi8('\\'))));
  if (head_quotes != 0 && (head_slashes & ((head_quotes & (~head_quotes + 1)) - 1)) == 0) {
    const char* found = at + std::countr_zero(head_quotes);
    return found < end ? found : end;
  }
#endif
  std::uint64_t carry = 0;  // 1: the first character of the block is escaped
  for (; at < end; at += kBlock) {
    const std::uint64_t quotes = equal_mask(at, '"');
    std::uint64_t slashes = equal_mask(at, '\\');
    std::uint64_t escaped = carry;
    if (slashes != 0 || carry != 0) {
      slashes &= ~carry;
      const std::uint64_t follows = slashes << 1 | carry;
      const std::uint64_t odd_starts = slashes & ~kEven & ~follows;
      std::uint64_t on_even = 0;
      carry = __builtin_add_overflow(odd_starts, slashes, &on_even) ? 1 : 0;
      escaped = (kEven ^ (on_even << 1)) & follows;
    }
    const std::uint64_t closing = quotes & ~escaped;
    if (closing != 0) {
      const char* found = at + std::countr_zero(closing);
      return found < end ? found : end;
    }
  }
  return end;
}

class LineReader {
 public:
  LineReader(std::string_view line, std::vector<LineField>& fields)
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
    const char* close = closing_quote(at_, end_);
    if (close == end_) {
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
      if (!container()) {
        return false;
      }
      if (array) {
        field.type = LineField::Type::kArray;
        field.raw = {begin, static_cast<std::size_t>(at_ - begin)};
        fields_.push_back(field);
      }
      return true;
    }
    if (const std::string_view word = literal(); !word.empty()) {
      at_ += word.size();
      field.type = LineField::Type::kLiteral;
    } else if (number()) {
      field.type = LineField::Type::kNumber;
    } else {
      return false;
    }
    field.raw = {begin, static_cast<std::size_t>(at_ - begin)};
    fields_.push_back(field);
    return true;
  }

  std::string_view literal() const {
    const std::string_view rest(at_, static_cast<std::size_t>(end_ - at_));
    switch (*at_) {
      case 'n':
        return rest.starts_with("null") ? "null" : "";
      case 't':
        return rest.starts_with("true") ? "true" : "";
      case 'f':
        return rest.starts_with("false") ? "false" : "";
      default:
        return {};
    }
  }

  std::size_t digits() {
    const char* begin = at_;
    while (at_ < end_ && *at_ >= '0' && *at_ <= '9') {
      ++at_;
    }
    return static_cast<std::size_t>(at_ - begin);
  }

  bool number() {
    take('-');
    const bool zero = at_ < end_ && *at_ == '0';
    const std::size_t whole = digits();
    if (whole == 0 || (zero && whole > 1) || (take('.') && digits() == 0)) {
      return false;
    }
    if (take('e') || take('E')) {
      if (!take('+')) {
        take('-');
      }
      return digits() > 0;
    }
    return true;
  }

  /// Passes over an object or a list of any depth by counting: only strings and brackets are told apart, and
  /// which kind of bracket closes which is kept for the outermost ones.
  bool container() {
    std::uint64_t kinds = 0;  // of the 64 innermost levels: 1 for an object
    std::size_t depth = 0;
    while (at_ < end_) {
      const char c = *at_;
      if (c == '"') {
        std::string_view ignored;
        if (!string(ignored)) {
          return false;
        }
        continue;
      }
      ++at_;
      if (c == '{' || c == '[') {
        kinds = kinds << 1 | (c == '{' ? 1U : 0U);
        ++depth;
      } else if (c == '}' || c == ']') {
        const bool known = depth <= 64;
        if (known && (kinds & 1) != (c == '}' ? 1U : 0U)) {
          return false;
        }
        kinds >>= 1;
        if (--depth == 0) {
          return true;
        }
      }
    }
    return false;
  }

  const char* at_;
  const char* end_;
  std::vector<LineField>& fields_;
};

/// What stands for a backslash and `c`; NUL when it is no escape of one letter.
char simple_escape(char c) {
  switch (c) {
    case '"':
    case '\\':
    case '/':
      return c;
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return '\0';
  }
}

bool hex4(std::string_view raw, std::size_t at, std::uint32_t& code) {
  code = 0;
  for (std::size_t i = at; i < at + 4; ++i) {
    const char c = i < raw.size() ? raw[i] : '\0';
    std::uint32_t digit = 0;
    if (c >= '0' && c <= '9') {
      digit = static_cast<std::uint32_t>(c - '0');
    } else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f') {
      digit = static_cast<std::uint32_t>((c | 0x20) - 'a' + 10);
    } else {
      return false;
    }
    code = code << 4 | digit;
  }
  return true;
}

void append_utf8(std::uint32_t code, std::string& out) {
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0 | code >> 6);
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0 | code >> 12);
    out += static_cast<char>(0x80 | (code >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | code >> 18);
    out += static_cast<char>(0x80 | (code >> 12 & 0x3F));
    out += static_cast<char>(0x80 | (code >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  }
}

}  // namespace

bool read_line_fields(std::string_view line, std::vector<LineField>& fields) {
  fields.clear();
  return LineReader(line, fields).run();
}

bool unescape(std::string_view raw, std::string& out) {
  std::size_t at = 0;
  while (at < raw.size()) {
    const std::size_t slash = raw.find('\\', at);
    out.append(raw.substr(at, slash - at));
    if (slash == std::string_view::npos) {
      return true;
    }
    const char c = slash + 1 < raw.size() ? raw[slash + 1] : '\0';
    at = slash + 2;
    const char simple = simple_escape(c);
    if (simple != '\0') {
      out += simple;
      continue;
    }
    std::uint32_t code = 0;
    if (c != 'u' || !hex4(raw, at, code)) {
      return false;
    }
    at += 4;
    std::uint32_t low = 0;
    if (code >= 0xD800 && code < 0xDC00 && raw.substr(at, 2) == "\\u" && hex4(raw, at + 2, low) && low >= 0xDC00 &&
        low < 0xE000) {
      code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
      at += 6;
    } else if (code >= 0xD800 && code < 0xE000) {
      return false;
    }
    append_utf8(code, out);
  }
  return true;
}

}  // namespace budgetcheck::json
