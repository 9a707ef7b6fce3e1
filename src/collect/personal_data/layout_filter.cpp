#include "collect/personal_data/layout_filter.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <algorithm>
#include <bit>
#include <optional>
#include <string>

#include "base/file_system.h"
#include "base/hash.h"
#include "collect/personal_data/characters.h"
#include "collect/personal_data/field_name.h"
#include "collect/personal_data/ip_address.h"
#include "collect/personal_data/placeholder.h"
#include "collect/personal_data/prefilter.h"

namespace budgetcheck::personal {
namespace {

constexpr std::size_t kShort = 32;
constexpr std::size_t kWorthHashing = 24;
constexpr std::size_t kFewestDigits = 7;  ///< an address of version 4 has as many, with its points
constexpr std::size_t kFewestOfCards = 13;
constexpr unsigned kLongRun = 15;  ///< the shortest token

/// Whether a text of at most kShort bytes has too few digits for a number of somebody, no run as long as a token, and
/// none of the signs of addresses, escapes and pairs. Where no name says that digits are an id of somebody, one word
/// without capitals may have as many as are no card. FileContent::kGuard readable bytes follow.
bool is_plain(std::string_view text, bool may_be_id) {
  std::uint32_t digits = 0;
  std::uint32_t parted = 0;  ///< points, colons, blanks, capitals
  std::uint32_t run = 0;
  std::uint32_t signs = 0;
#ifdef __SSE2__
  for (unsigned i = 0; i < kShort; i += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + i));
    const auto bits = [i](__m128i equal) { return static_cast<std::uint32_t>(_mm_movemask_epi8(equal)) << i; };
    const auto is = [&](char c) { return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c)); };
    const auto within = [](__m128i values, char last) {
      return _mm_cmpeq_epi8(_mm_min_epu8(values, _mm_set1_epi8(last)), values);
    };
    const __m128i digit = within(_mm_sub_epi8(bytes, _mm_set1_epi8('0')), 9);
    const __m128i letter = within(_mm_sub_epi8(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), _mm_set1_epi8('a')), 25);
    const __m128i points = _mm_or_si128(is('.'), is(':'));
    const __m128i capital = within(_mm_sub_epi8(bytes, _mm_set1_epi8('A')), 25);
    digits |= bits(_mm_or_si128(digit, points));
    parted |= bits(_mm_or_si128(_mm_or_si128(points, is(' ')), capital));
    run |= bits(_mm_or_si128(_mm_or_si128(digit, letter), _mm_or_si128(is('_'), is('-'))));
    signs |= bits(_mm_or_si128(_mm_or_si128(is('@'), is('%')), _mm_or_si128(_mm_or_si128(is('+'), is('=')), is('\\'))));
  }
#else
  for (unsigned i = 0; i < text.size(); ++i) {
    const char c = text[i];
    digits |= static_cast<std::uint32_t>(is_digit(c) || c == '.' || c == ':') << i;
    parted |= static_cast<std::uint32_t>(c == '.' || c == ':' || c == ' ' || is_upper(c)) << i;
    run |= static_cast<std::uint32_t>(is_token_char(c)) << i;
    signs |= static_cast<std::uint32_t>(c == '@' || c == '%' || c == '+' || c == '=' || c == '\\') << i;
  }
#endif
  const std::uint32_t within = text.size() < kShort ? (std::uint32_t{1} << text.size()) - 1 : ~std::uint32_t{0};
  run &= within;
  for (const unsigned step : {1U, 2U, 4U, kLongRun - 8}) {
    run &= run >> step;
  }
  const auto count = static_cast<std::size_t>(std::popcount(digits & within));
  return (signs & within) == 0 && run == 0 &&
         (count < kFewestDigits || (!may_be_id && (parted & within) == 0 && count < kFewestOfCards));
}

/// "2026-11-29T08:20:00.000Z".
bool is_time(std::string_view text) {
  constexpr std::size_t kShortest = 19;
  constexpr std::size_t kLongest = 35;
  return text.size() >= kShortest && text.size() <= kLongest && text[4] == '-' && text[7] == '-' && text[13] == ':' &&
         all_of(text, [](char c) {
           return is_digit(c) || c == '-' || c == ':' || c == '.' || c == '+' || c == 'T' || c == 'Z' || c == ' ' ||
                  c == ',';
         });
}

bool names_trace(std::string_view key) {
  std::string plain;
  for (const char c : key) {
    if (is_letter(c)) {
      plain += to_lower(c);
    }
  }
  return plain == "traceid" || plain == "spanid" || plain == "parentspanid" || plain == "ddtraceid" ||
         plain == "ddspanid" || plain == "traceflags";
}

}  // namespace

LayoutFilter::Layout LayoutFilter::learn(std::string_view line, const json::LineReader& object) {
  Layout layout;
  layout.number = object.layout();
  std::string constant(line);
  constant.append(FileContent::kGuard, '\0');
  for (const json::LineField& field : object.fields()) {
    std::fill_n(constant.begin() + (field.raw.data() - line.data()), field.raw.size(), ' ');
    const std::string name =
        field.parent.empty() ? std::string(field.key) : std::string(field.parent) + "." + std::string(field.key);
    const NameTraits traits = traits_of(name);
    const bool secret = traits.secret != NameTraits::Secret::kNone || traits.is_authorization || traits.is_cookie;
    Action action = Action::kText;
    switch (field.type) {
      case json::LineField::Type::kString:
        action = secret                   ? Action::kSecret
                 : names_trace(field.key) ? Action::kPassOver
                 : traits.ids != 0        ? Action::kId
                 : traits.is_number_of    ? Action::kTime
                                          : Action::kText;
        break;
      case json::LineField::Type::kNumber:
        action = traits.is_number_of && traits.ids == 0 && !traits.is_card ? Action::kPassOver : Action::kNumber;
        break;
      case json::LineField::Type::kLiteral:
        action = Action::kPassOver;
        break;
      case json::LineField::Type::kArray:
        action = Action::kList;
        break;
    }
    layout.actions.push_back(action);
  }
  layout.always = Prefilter::may_hold(std::string_view(constant).substr(0, line.size()));
  return layout;
}

bool LayoutFilter::may_hold_text(std::string_view raw, Action action) {
  constexpr std::size_t kLongestAddress = 15;
  if (raw.empty() || (raw.size() <= kShort && action != Action::kList && is_plain(raw, action == Action::kId))) {
    return false;
  }
  if (raw.size() <= kLongestAddress && is_digit(raw.front())) {
    if (const std::optional<IpAddress> address = parse_ip(raw)) {
      return is_public(*address);
    }
  }
  const bool worth = raw.size() >= kWorthHashing;
  const std::uint64_t hash = worth ? hash64(raw) : 0;
  std::uint64_t& place = clean_.at(hash % kRemembered);
  if (worth && place == hash) {
    return false;
  }
  if (Prefilter::may_hold(raw)) {
    return true;
  }
  place = worth ? hash : place;
  return false;
}

bool LayoutFilter::may_hold(std::string_view line, const json::LineReader& object) {
  if (object.layout() == 0) {
    return Prefilter::may_hold(line);
  }
  Layout& layout = known_.at(object.layout() % json::LineReader::kLayouts);
  if (layout.number != object.layout()) {
    layout = learn(line, object);
  }
  if (layout.always) {
    return true;
  }
  constexpr std::size_t kDigits = 9;
  const auto& fields = object.fields();
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const std::string_view raw = fields[i].raw;
    switch (layout.actions[i]) {
      case Action::kPassOver:
        break;
      case Action::kNumber:
        if (raw.size() >= kDigits && Prefilter::may_hold(raw, Prefilter::Names::kKnown)) {
          return true;
        }
        break;
      case Action::kTime:
        if (!is_time(raw) && may_hold_text(raw, Action::kTime)) {
          return true;
        }
        break;
      case Action::kText:
      case Action::kId:
      case Action::kList:
        if (may_hold_text(raw, layout.actions[i])) {
          return true;
        }
        break;
      case Action::kSecret:
        if (!is_placeholder(raw)) {
          return true;
        }
        break;
    }
  }
  return false;
}

}  // namespace budgetcheck::personal
