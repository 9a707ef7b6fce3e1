#include "collect/personal_data/filter/text_filter.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <algorithm>
#include <bit>
#include <cstring>

#include "collect/personal_data/characters.h"
#include "collect/personal_data/filter/prefilter.h"
#include "collect/personal_data/ip_address.h"

namespace budgetcheck::personal {
namespace {

constexpr std::size_t kShortestEnd = 40;  ///< less is looked at as quickly as it is compared

/// The last quote before `end`, of which there are at most `most` bytes to look at; npos: there is none.
std::size_t quote_before(std::string_view text, std::size_t end, std::size_t most) {
  const std::size_t stop = end > most ? end - most : 0;
#ifdef __SSE2__
  constexpr std::size_t kStep = 16;
  while (end >= stop + kStep) {
    end -= kStep;
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + end));
    const auto quotes = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'))));
    if (quotes != 0) {
      return end + static_cast<std::size_t>(std::bit_width(quotes)) - 1;
    }
  }
#endif
  while (end > stop) {
    if (text[--end] == '"') {
      return end;
    }
  }
  return std::string_view::npos;
}

std::uint64_t eight_bytes(const char* at) {
  std::uint64_t value = 0;
  std::memcpy(&value, at, sizeof value);
  return value;
}

/// Of a text of at least eight bytes: names of browsers differ in one digit, anywhere. What is kept is compared whole.
std::uint64_t mixed(std::string_view text) {
  constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15ULL;
  constexpr std::size_t kStep = 8;
  constexpr int kTurn = 5;
  std::uint64_t mix = text.size();
  for (std::size_t at = 0; at + kStep < text.size(); at += kStep) {
    mix = std::rotl(mix, kTurn) ^ eight_bytes(text.data() + at);
  }
  mix = (std::rotl(mix, kTurn) ^ eight_bytes(text.data() + text.size() - kStep)) * kOdd;
  return mix >> 32U;
}

/// What docker compose, pm2 and runners of CI put before a line may begin like an address.
bool may_be_wrapped(std::string_view line, std::size_t behind_address) {
  constexpr std::size_t kLooked = 80;
  const char next = char_at(line, behind_address + 1);
  return next == ' ' || next == '|' || line.substr(0, kLooked).find('\t') != std::string_view::npos;
}

/// " - - [23/Nov/2026:06:54:00 +0000]" behind an address; empty: no such thing is there.
std::string_view time_behind(std::string_view line, std::size_t begin) {
  constexpr std::size_t kNobody = 5;  // " - - "
  constexpr std::size_t kSize = 28;   // of the time and its brackets
  const std::string_view rest = line.substr(begin, kNobody + kSize);
  return rest.size() == kNobody + kSize && rest[kNobody] == '[' && rest.back() == ']' ? rest : std::string_view();
}

/// The text in quotes with which the line ends, behind a blank; empty: it is not worth remembering.
std::string_view quoted_end(std::string_view line, std::size_t begin, std::size_t longest) {
  if (line.size() <= begin + kShortestEnd || line.back() != '"') {
    return {};
  }
  const std::size_t quote = quote_before(line, line.size() - 1, longest - 1);
  const bool is_text =
      quote != std::string_view::npos && quote > begin && line[quote - 1] == ' ' && line.size() - quote >= kShortestEnd;
  return is_text ? line.substr(quote) : std::string_view();
}

}  // namespace

bool TextFilter::Part::is(std::string_view other) const {
  return size == other.size() && std::memcmp(text.data(), other.data(), size) == 0;
}

void TextFilter::Part::keep(std::string_view other) {
  size = other.size();
  std::memcpy(text.data(), other.data(), size);
}

/// Whether the line ends as the one before it: then its quote need not be looked for.
bool TextFilter::ends_with_last(std::string_view line, std::size_t least) const {
  if (last_->size == 0 || line.size() <= least + last_->size) {
    return false;
  }
  const std::size_t at = line.size() - last_->size;
  return line[at - 1] == ' ' && last_->is(line.substr(at));
}

TextFilter::Answer TextFilter::look(std::string_view line) {
  bool is_address = false;
  std::size_t begin = 0;
  std::string_view time;
  if (!line.empty() && is_digit(line.front())) {
    IpAddress address{};
    const std::size_t size = read_leading_v4(line, address);
    if (size > 0 && char_at(line, size) == ' ') {
      begin = size;
      is_address = is_public(address) && !field_.is_ignored && !search_.allows(PersonalKind::kIp, line.substr(0, size));
      time = time_behind(line, begin);
    }
  }
  const std::size_t least = begin + time.size();
  std::string_view end;
  if (ends_with_last(line, least)) {
    end = line.substr(line.size() - last_->size);
  } else if (end = quoted_end(line, least, Part::kLongest); !end.empty()) {
    last_ = &ends_.at(mixed(end) % kRemembered);
  }
  const bool is_known = !end.empty() && last_->is(end);
  const bool is_known_time = !time.empty() && time_.is(time);
  const std::string_view rest = line.substr(begin + (is_known_time ? time.size() : 0));
  if (Prefilter::may_hold_before(rest, rest.size() - (is_known ? end.size() : 0))) {
    return Answer::kMayHold;
  }
  if (!end.empty() && !is_known) {
    last_->keep(end);
  }
  if (!time.empty() && !is_known_time) {
    time_.keep(time);
  }
  if (!is_address) {
    return Answer::kNothing;
  }
  return may_be_wrapped(line, begin) ? Answer::kMayHold : Answer::kAddress;
}

}  // namespace budgetcheck::personal
