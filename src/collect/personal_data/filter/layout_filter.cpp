#include "collect/personal_data/filter/layout_filter.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <algorithm>
#include <bit>
#include <cstdint>
#include <optional>
#include <string>

#include "base/file_system.h"
#include "base/hash.h"
#include "collect/personal_data/characters.h"
#include "collect/personal_data/field_name.h"
#include "collect/personal_data/filter/prefilter.h"
#include "collect/personal_data/ip_address.h"
#include "collect/personal_data/placeholder.h"
#include "json/lines/line_check.h"
#include "json/scan/blocks.h"

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

/// The walk through a document has the path of such a member as its field, and looks at its value as it is.
bool has_plain_path(const json::LineField& field) {
  const auto is_plain_key = [](std::string_view key) {
    constexpr std::size_t kLongest = 64;
    constexpr std::ptrdiff_t kManyDigits = 4;
    return key.size() <= kLongest && all_of(key, is_token_char) &&
           std::count_if(key.begin(), key.end(), is_digit) < kManyDigits && !key.ends_with("Value") &&
           key != "encoding" && key != "mimeType" && key != "text" && key != "values";
  };
  return !field.key.empty() && is_plain_key(field.key) && is_plain_key(field.parent);
}

/// Numbers that every reader of JSON takes.
bool is_plain_number(std::string_view raw) {
  constexpr std::size_t kLongest = 24;
  const std::size_t exponent = raw.find_first_of("eE");
  return raw.size() <= kLongest && (exponent == std::string_view::npos || char_at(raw, exponent + 1) == '-');
}

}  // namespace

LayoutFilter::Value LayoutFilter::value_of(const json::LineField& field) {
  const std::string name =
      field.parent.empty() ? std::string(field.key) : std::string(field.parent) + "." + std::string(field.key);
  const NameTraits traits = traits_of(name);
  const bool secret = traits.secret != NameTraits::Secret::kNone || traits.is_authorization || traits.is_cookie;
  Value value;
  value.field = has_plain_path(field) ? &fields_.get(name) : nullptr;
  value.is_number_of = traits.is_number_of && traits.ids == 0 && !traits.is_card;
  value.is_machine = traits.is_version || traits.is_machine || traits.ids != 0;
  switch (field.type) {
    case json::LineField::Type::kString:
      value.action = secret                   ? Action::kSecret
                     : names_trace(field.key) ? Action::kPassOver
                     : traits.ids != 0        ? Action::kId
                     : traits.is_number_of    ? Action::kTime
                                              : Action::kText;
      break;
    case json::LineField::Type::kNumber:
      value.action = value.is_number_of ? Action::kPassOver : Action::kNumber;
      break;
    case json::LineField::Type::kLiteral:
      value.action = Action::kPassOver;
      break;
    case json::LineField::Type::kArray:
      value.action = Action::kList;
      break;
  }
  return value;
}

LayoutFilter::Layout LayoutFilter::learn(std::string_view line, const json::LineReader& object) {
  Layout layout;
  layout.number = object.layout();
  std::string constant(line);
  json::NoEvents nothing;
  layout.is_json = json::parse_text("", constant, nothing).has_value();
  constant.append(FileContent::kGuard, '\0');
  for (const json::LineField& field : object.fields()) {
    std::fill_n(constant.begin() + (field.raw.data() - line.data()), field.raw.size(), ' ');
    Value value = value_of(field);
    value.first = look_at(field, value);
    layout.values.push_back(value);
  }
  layout.always = Prefilter::may_hold(std::string_view(constant).substr(0, line.size()));
  return layout;
}

/// Whether the search finds something in a text without escapes, or a number.
bool LayoutFilter::holds(std::string_view raw, const Value& value) const {
  const bool is_plain =
      all_of(raw, [](char c) { return c >= ' ' && c != '\\' && static_cast<unsigned char>(c) < 0x7F; });
  if (value.field == nullptr || !is_plain) {
    return true;
  }
  std::vector<Found> found;
  search_.look(*value.field, raw, found);
  return !found.empty();
}

LayoutFilter::Answer LayoutFilter::look_at_text(std::string_view raw, const Value& value) {
  constexpr std::size_t kLongestAddress = 15;
  if (raw.empty()) {
    return Answer::kNothing;
  }
  const bool begins_with_digit = is_digit(raw.front());
  const char* end = raw.data() + raw.size();
  if (begins_with_digit && value.is_number_of && json::end_of_digits(raw.data(), end) == end) {
    return Answer::kNothing;
  }
  if (raw.size() <= kLongestAddress && begins_with_digit) {
    if (IpAddress address{}; read_v4(raw, address)) {
      if (!is_public(address) || search_.allows(PersonalKind::kIp, raw)) {
        return Answer::kNothing;
      }
      if (value.field == nullptr || value.is_machine || value.field->is_ignored) {
        return holds(raw, value) ? Answer::kMayHold : Answer::kNothing;
      }
      addresses_.push_back(value.field);
      return Answer::kAddresses;
    }
    if (const std::optional<IpAddress> address = parse_ip(raw); address && is_public(*address)) {
      return Answer::kMayHold;
    }
  }
  if (raw.size() <= kShort && value.action != Action::kList && is_plain(raw, value.action == Action::kId)) {
    return Answer::kNothing;
  }
  const bool worth = raw.size() >= kWorthHashing;
  const std::uint64_t hash = worth ? hash64(raw) ^ std::bit_cast<std::uintptr_t>(value.field) : 0;
  std::uint64_t& place = clean_.at(hash % kRemembered);
  if (worth && place == hash) {
    return Answer::kNothing;
  }
  if (Prefilter::may_hold(raw) && (value.action == Action::kList || holds(raw, value))) {
    return Answer::kMayHold;
  }
  place = worth ? hash : place;
  return Answer::kNothing;
}

LayoutFilter::Answer LayoutFilter::look_at(const json::LineField& field, const Value& value) {
  constexpr std::size_t kDigits = 9;
  constexpr std::size_t kMostDigits = 16;
  const std::string_view raw = field.raw;
  switch (value.action) {
    case Action::kPassOver:
      return Answer::kNothing;
    case Action::kNumber: {
      const bool may = raw.size() >= kDigits && Prefilter::may_hold(raw, Prefilter::Names::kKnown);
      const bool is_whole = raw.size() <= kMostDigits && all_of(raw, is_digit);
      return may && (!is_whole || holds(raw, value)) ? Answer::kMayHold : Answer::kNothing;
    }
    case Action::kTime:
      return is_time(raw) ? Answer::kNothing : look_at_text(raw, value);
    case Action::kText:
    case Action::kId:
    case Action::kList:
      return look_at_text(raw, value);
    case Action::kSecret:
      return is_placeholder(raw) ? Answer::kNothing : Answer::kMayHold;
  }
  return Answer::kMayHold;
}

/// Whether the values that vary leave the line what the first one was to the parser.
bool LayoutFilter::is_plain_json(const json::LineReader& object, const Layout& layout) {
  const auto& fields = object.fields();
  return layout.is_json && std::all_of(object.varying().begin(), object.varying().end(), [&](std::size_t i) {
           const json::LineField& field = fields[i];
           if (field.type == json::LineField::Type::kString) {
             // Ids are not looked at above: where the line is walked through they are.
             const bool looked_at = layout.values[i].action != Action::kPassOver;
             const json::StringEnd end = json::end_of_string(field.raw.data(), field.raw.data() + field.raw.size() + 1);
             return !end.escapes && !end.control && !end.high && (looked_at || !Prefilter::may_hold(field.raw));
           }
           return field.type == json::LineField::Type::kLiteral ||
                  (field.type == json::LineField::Type::kNumber && is_plain_number(field.raw));
         });
}

/// Such as value_of made it for a field of the same name before.
const LayoutFilter::Value& LayoutFilter::known_value(const json::LineField& field) {
  constexpr std::size_t kMost = 1000;
  name_.assign(1, static_cast<char>('0' + static_cast<int>(field.type)));
  name_.append(field.parent).append(1, '"').append(field.key);
  auto known = values_.find(name_);
  if (known == values_.end()) {
    if (values_.size() >= kMost) {
      values_.clear();
    }
    known = values_.emplace(name_, value_of(field)).first;
  }
  return known->second;
}

/// A line of a logger that never writes the same keys twice, or has what varies deeper than fields are read. Where it
/// may hold something its fields are looked at one by one, and then what is left without them.
LayoutFilter::Answer LayoutFilter::look_without_layout(std::string_view line, const json::LineReader& object) {
  addresses_.clear();
  if (!Prefilter::may_hold(line)) {
    return Answer::kNothing;
  }
  copy_.assign(line);
  copy_.append(FileContent::kGuard, '\0');
  for (const json::LineField& field : object.fields()) {
    const std::string_view raw = field.raw;
    if (field.type == json::LineField::Type::kArray) {
      continue;
    }
    // Something that is no mask, so that the name of a secret is still seen.
    std::fill_n(copy_.begin() + (raw.data() - line.data()), raw.size(), 'a');
    const bool is_short = raw.size() <= kShort && is_plain(raw, true);
    if (!is_short && Prefilter::may_hold(raw) && look_at(field, known_value(field)) == Answer::kMayHold) {
      return Answer::kMayHold;
    }
  }
  if (Prefilter::may_hold(std::string_view(copy_).substr(0, line.size()))) {
    return Answer::kMayHold;
  }
  if (addresses_.empty()) {
    return Answer::kNothing;
  }
  return json::is_surely_json(line) ? Answer::kAddresses : Answer::kMayHold;
}

LayoutFilter::Answer LayoutFilter::look(std::string_view line, const json::LineReader& object) {
  if (object.layout() == 0) {
    return look_without_layout(line, object);
  }
  Layout& layout = known_.at(object.layout() % json::LineReader::kLayouts);
  if (layout.number != object.layout()) {
    layout = learn(line, object);
  }
  const auto& fields = object.fields();
  const auto& varying = object.varying();
  if (layout.known != varying.size()) {
    layout.known = varying.size();
    layout.constant = layout.always;
    layout.addresses.clear();
    for (std::size_t i = 0; i < fields.size(); ++i) {
      const bool varies = std::find(varying.begin(), varying.end(), i) != varying.end();
      layout.constant = layout.constant || (!varies && layout.values[i].first == Answer::kMayHold);
      if (!varies && layout.values[i].first == Answer::kAddresses) {
        layout.addresses.push_back(layout.values[i].field);
      }
    }
  }
  if (layout.constant) {
    return Answer::kMayHold;
  }
  addresses_ = layout.addresses;
  for (const std::size_t i : varying) {
    if (look_at(fields[i], layout.values[i]) == Answer::kMayHold) {
      return Answer::kMayHold;
    }
  }
  if (addresses_.empty()) {
    return Answer::kNothing;
  }
  return is_plain_json(object, layout) ? Answer::kAddresses : Answer::kMayHold;
}

}  // namespace budgetcheck::personal
