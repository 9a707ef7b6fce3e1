#include "collect/personal_data/filter/prefilter.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <optional>
#include <string>

#include "base/text.h"
#include "collect/personal_data/account_number.h"
#include "collect/personal_data/characters.h"
#include "collect/personal_data/filter/byte_masks.h"
#include "collect/personal_data/filter/secret_name.h"
#include "collect/personal_data/ip_address.h"
#include "collect/personal_data/national_id.h"
#include "collect/personal_data/placeholder.h"

namespace budgetcheck::personal {
namespace {

using Bits = std::uint64_t;

/// The bits `n` places further on, from 1 to 63: those of the next block follow.
Bits ahead(Bits now, Bits next, unsigned n) { return now >> n | next << (64 - n); }
/// The bits `n` places before: those of the block before precede them.
Bits behind(Bits now, Bits before, unsigned n) { return now << n | before >> (64 - n); }

/// Calls `look` with the place of each bit until one is true.
template <class Look>
bool any_bit(std::uint64_t bits, const Look& look) {
  for (; bits != 0; bits &= bits - 1) {
    if (look(static_cast<std::size_t>(std::countr_zero(bits)))) {
      return true;
    }
  }
  return false;
}

/// Whether what follows a member's colon is a text that is no mask: logs that are scrubbed have one in each line.
bool has_value(std::string_view line, std::size_t at) {
  at = end_of_run(line, at, [](char c) { return c == ' '; });
  if (char_at(line, at) != '"') {
    return false;
  }
  const std::size_t end = line.find('"', at + 1);
  return end != std::string_view::npos && !is_placeholder(line.substr(at + 1, end - at - 1));
}

/// The colon at `at` stands between a secret's name, in quotes, and its value.
bool is_secret_member(std::string_view line, std::size_t at) {
  return at > 0 && line[at - 1] == '"' && is_secrets_name(line, at - 1) && has_value(line, at + 1);
}

/// "ALTER ROLE shop PASSWORD 'x'": the quote at `at` opens it.
bool sets_password(std::string_view line, std::size_t at) {
  const std::string_view before = line.substr(0, at);
  return before.ends_with("ASSWORD ") || before.ends_with("assword ") || before.ends_with("DENTIFIED BY ") ||
         before.ends_with("dentified by ");
}

/// A sign that may stand in what is looked for, or hide a sign that does.
bool is_special(std::string_view line, std::size_t at, Prefilter::Names names) {
  const char next = char_at(line, at + 1);
  switch (line[at]) {
    case '@':
      return is_alnum(next) && at > 0;
    case '%':
      return is_hex(next) && is_hex(char_at(line, at + 2));
    case '+':
      return is_digit(next) && next != '0' && is_digit(char_at(line, at + 2));
    case '\'':
      return names == Prefilter::Names::kLookedAt && sets_password(line, at);
    default:
      return false;
  }
}

/// The sign that stands behind a name, or behind it and a blank.
bool follows_secrets_name(std::string_view line, std::size_t at) {
  return is_secrets_name(line, at) || (at > 0 && line[at - 1] == ' ' && is_secrets_name(line, at - 1));
}

/// An escape, or the end of a name inside of a text.
bool is_escape_or_name(std::string_view line, std::size_t at) {
  const char next = char_at(line, at + 1);
  return next == 'u' ||
         (next == '"' &&
          (char_at(line, at + 2) == ':' || (char_at(line, at + 2) == ' ' && char_at(line, at + 3) == ':')) &&
          is_secrets_name(line, at));
}

/// A run of four digits or more begins at `at`.
bool is_number_of_somebody(std::string_view line, std::size_t at) {
  constexpr std::size_t kLongest = 20;
  const std::size_t end = end_of_run(line.substr(0, std::min(line.size(), at + kLongest)), at, is_digit);
  const std::string_view digits = line.substr(at, end - at);
  const char before = char_before(line, at);
  const char next = char_at(line, end);
  if (digits.size() >= 13 && digits.size() < kLongest && may_be_card(digits)) {
    return true;
  }
  const bool inner = before == '-' || before == '.' || before == '*' || next == '-' || next == '*' ||
                     (next == '.' && is_alnum(char_at(line, end + 1)));
  if (digits.size() >= 9 && !inner && may_be_national_id(digits)) {
    return true;
  }
  if (digits.size() == 4) {
    const bool grouped = (next == ' ' || next == '-') &&
                         all_of(line.substr(std::min(end + 1, line.size()), 4), is_digit) && digits[0] >= '2' &&
                         digits[0] <= '6';
    const bool iban = before == ' ' && at > 1 && (is_upper(line[at - 2]) || is_digit(line[at - 2])) && at > 4 &&
                      (is_upper(line[at - 4]) || is_upper(line[at - 5]));
    return grouped || iban;
  }
  // "850730-0338", "12345678Z", "131052-308T"
  return (digits.size() == 6 && (next == '-' || next == '+' || next == 'A') && is_digit(char_at(line, end + 1)) &&
          is_digit(char_at(line, end + 3))) ||
         ((digits.size() == 8 || digits.size() == 7) && is_upper(next)) ||
         (digits.size() == 8 && next == '-' && is_digit(char_at(line, end + 3)));
}

/// A digit stands on both sides of the point at `at`.
bool is_address_or_id(std::string_view line, std::size_t at) {
  constexpr std::size_t kLongest = 16;
  constexpr std::size_t kShortestId = 8;
  std::size_t begin = at;
  while (begin > 0 && at - begin < 4 && is_digit(line[begin - 1])) {
    --begin;
  }
  if (at - begin > 3) {
    return false;
  }
  const std::size_t stop = std::min(line.size(), begin + kLongest);
  std::size_t end = begin;
  int points = 0;
  for (; end < stop && (is_digit(line[end]) || line[end] == '.'); ++end) {
    points += line[end] == '.' ? 1 : 0;
  }
  std::string_view word = line.substr(begin, end - begin);
  while (word.ends_with('.')) {
    word.remove_suffix(1);
    --points;
  }
  if (points == 3) {
    if (const std::optional<IpAddress> address = parse_ip(word)) {
      return is_public(*address);
    }
  }
  // "182.612.440-32", "756.1234.5678.97", "85.07.30-033.28"
  return points >= 2 && word.size() >= kShortestId && (char_at(line, end) == '-' || word.starts_with("756."));
}

/// The point before the digits that stand before the one at `at`.
std::size_t point_before(std::string_view line, std::size_t at) {
  do {
    --at;
  } while (at > 0 && is_digit(line[at]));
  return at;
}

bool begins_key(std::string_view text) { return text.starts_with("---BEGIN ") || text.starts_with("-----BEGIN "); }

/// Words of this length are ids, mostly; what makers of tokens let begin like theirs is told by a few signs.
constexpr unsigned kLongWord = 15;

bool begins_like_token(std::string_view word) {
  static constexpr std::array<std::string_view, 24> kBeginnings{
      "eyJ",     "AKIA",     "ASIA",    "ABIA", "ACCA",     "AIza",     "AGE-",  "gh",
      "gl",      "sk_live_", "sk-",     "sq0",  "rk_live_", "whsec_",   "npm_",  "dckr_",
      "dop_v1_", "doo_v1_",  "dor_v1_", "shp",  "hf_",      "lin_api_", "pypi-", "GOCSPX-"};
  constexpr std::string_view kFirst = "eAgsrwndhlpxG";
  if (word.empty() || kFirst.find(word.front()) == std::string_view::npos) {
    return false;
  }
  return word.starts_with("xox") || word.starts_with("xapp-") ||
         std::any_of(kBeginnings.begin(), kBeginnings.end(),
                     [&](std::string_view beginning) { return word.starts_with(beginning); });
}

/// A run of letters, digits, '_' and '-' begins at `at`: a token, or an id of one of the forms in capitals.
bool is_token_or_code(std::string_view line, std::size_t at) {
  constexpr std::size_t kLooked = 200;
  if (at > 0 && line[at - 1] == '\\') {
    ++at;  // "\nghp_…": the letter is the escape's
  }
  const std::string_view rest = line.substr(std::min(at, line.size()), kLooked);
  const std::string_view word = rest.substr(0, end_of_run(rest, 0, is_token_char));
  if (begins_like_token(word) || (word.size() > 3 && is_upper(word[0]) && is_upper(word[1]))) {
    return true;
  }
  for (std::size_t dash = word.find('-'); dash != std::string_view::npos; dash = word.find('-', dash + 1)) {
    if (begins_like_token(word.substr(dash + 1))) {
      return true;
    }
  }
  constexpr std::size_t kHead = 7;
  const std::string_view head = line.substr(at < kHead ? 0 : at - kHead, std::min(at, kHead));
  const char before = head.empty() ? '\0' : head.back();
  return ((before == ' ' || before == '+') && (equals_ignoring_case(head.substr(0, head.size() - 1), "bearer") ||
                                               lower(head).find("basic") != std::string::npos)) ||
         (before == '.' && (head.ends_with("SG.") || head.ends_with("hvs.") || head.ends_with("ya29.")));
}

/// Four signs before the colon at `at` begin an address of version 6.
bool is_address(std::string_view line, std::size_t at) {
  constexpr std::size_t kGroup = 4;
  constexpr std::size_t kLongest = 46;
  if (at < kGroup || (line[at - kGroup] != '2' && line[at - kGroup] != '3') ||
      !all_of(line.substr(at - kGroup, kGroup), is_hex)) {
    return false;
  }
  constexpr std::size_t kTime = 9;  // ":06:54:00" behind a year
  const char behind = char_at(line, at + kTime);
  if (char_at(line, at + 3) == ':' && char_at(line, at + 6) == ':' && behind != ':' && !is_hex(behind) &&
      is_digit(line[at + 1]) && is_digit(line[at + 2]) && is_digit(line[at + 4]) && is_digit(line[at + 5])) {
    return false;
  }
  const std::string_view rest = line.substr(at - kGroup, kLongest);
  std::size_t end = end_of_run(rest, 0, [](char c) { return is_hex(c) || c == ':'; });
  end -= rest[end - 1] == ':' && rest[end - 2] != ':' ? 1U : 0U;
  const std::string_view word = rest.substr(0, end);
  constexpr std::ptrdiff_t kColons = 7;
  if (word.find("::") == std::string_view::npos && std::count(word.begin(), word.end(), ':') != kColons) {
    return false;  // a time of the day, mostly
  }
  const std::optional<IpAddress> address = parse_ip(word);
  return address && is_public(*address);
}

/// Where something may stand in a block: one bit for each place that has to be looked at more closely.
struct Places {
  Bits numbers = 0;    ///< the first of a run of digits
  Bits points = 0;     ///< the second point between digits
  Bits addresses = 0;  ///< a colon behind what may be a group of an address
  Bits names = 0;      ///< the sign behind a name
  Bits members = 0;    ///< the colon behind a name and its quote
  Bits escapes = 0;
  Bits signs = 0;
  Bits words = 0;   ///< the first of a long word
  Bits dashes = 0;  ///< the first of three

  bool any() const { return (numbers | points | addresses | names | members | escapes | signs | words | dashes) != 0; }
};

/// Runs of four digits or more that begin a word: their lengths, and what is around them.
Bits numbers_in(const ByteMasks& before, const ByteMasks& now, const ByteMasks& next) {
  const Bits word_1 = behind(now.word, before.word, 1);
  const Bits word_2 = behind(now.word, before.word, 2);
  const Bits two = now.digit & ahead(now.digit, next.digit, 1);
  const Bits two_next = next.digit & next.digit >> 1;
  const Bits four = two & ahead(two, two_next, 2);
  // Digits within a word are of an id; one letter may be a part of it, or of an escape.
  const Bits runs = four & ~behind(now.digit, before.digit, 1) & ~(word_1 & word_2);
  if (runs == 0) {
    return 0;
  }
  const Bits letter = now.word & ~now.digit;
  const Bits letter_before = before.word & ~before.digit;
  const Bits of_six = runs & ahead(two, two_next, 4);
  const Bits of_four = runs & ~ahead(now.digit, next.digit, 4);
  const Bits of_card = ahead(four, two_next & two_next >> 2, 5);
  const Bits of_account = ~word_1 & word_2 & (behind(letter, letter_before, 4) | behind(letter, letter_before, 5));
  return of_six | (of_four & (of_card | of_account));
}

/// The first of runs of at least kLongWord letters, digits, '_' and '-'.
Bits words_in(const ByteMasks& before, const ByteMasks& now, const ByteMasks& next) {
  Bits run = now.word | now.dash;
  Bits run_next = next.word | next.dash;
  for (const unsigned step : {1U, 2U, 4U}) {
    run &= ahead(run, run_next, step);
    run_next &= run_next >> step;
  }
  return run & ahead(run, run_next, kLongWord - 8) & ~behind(now.word | now.dash, before.word | before.dash, 1);
}

/// `carry` says that the block begins in digits behind a point, or at what follows them.
Places places_in(const ByteMasks& before, const ByteMasks& now, const ByteMasks& next, Bits& carry) {
  Places places;
  places.numbers = numbers_in(before, now, next);
  // Added to the digits behind a point, one is carried through them to what ends them.
  const Bits points = now.dot & behind(now.digit, before.digit, 1) & ahead(now.digit, next.digit, 1);
  const Bits begins = points << 1 | carry;
  Bits ends = 0;
  carry = points >> 63 | static_cast<Bits>(__builtin_add_overflow(now.digit, begins, &ends));
  places.points = ends & ~now.digit & now.dot;
  const Bits letter = now.word & ~now.digit;
  const Bits letter_before = before.word & ~before.digit;
  const Bits letter_2 = behind(letter, letter_before, 2);
  const Bits letter_1_or_3 = behind(letter, letter_before, 1) | behind(letter, letter_before, 3);
  const Bits word_1 = behind(now.word, before.word, 1);
  places.addresses = now.colon & word_1 & behind(now.digit, before.digit, 4);
  places.names = (now.equal | (now.colon & word_1)) & letter_2 & letter_1_or_3;
  places.members = now.colon & ~word_1 & letter_2 & letter_1_or_3;
  places.escapes = now.backslash & (ahead(letter, next.word & ~next.digit, 1) | ahead(now.colon, next.colon, 2) |
                                    ahead(now.colon, next.colon, 3));
  places.signs = now.sign;
  places.words = words_in(before, now, next);
  places.dashes = now.dash & ahead(now.dash, next.dash, 1) & ahead(now.dash, next.dash, 2);
  return places;
}

/// Looks at the places of the block that begins at `begin`.
bool any_of_places(std::string_view line, std::size_t begin, const Places& places, Prefilter::Names names) {
  const auto any = [begin](Bits bits, const auto& look) {
    return any_bit(bits, [&](std::size_t bit) { return look(begin + bit); });
  };
  return any(places.signs, [&](std::size_t at) { return is_special(line, at, names); }) ||
         any(places.escapes, [&](std::size_t at) { return is_escape_or_name(line, at); }) ||
         any(places.points, [&](std::size_t at) { return is_address_or_id(line, point_before(line, at)); }) ||
         any(places.numbers, [&](std::size_t at) { return is_number_of_somebody(line, at); }) ||
         any(places.addresses, [&](std::size_t at) { return is_address(line, at); }) ||
         any(places.names, [&](std::size_t at) { return follows_secrets_name(line, at); }) ||
         any(places.words, [&](std::size_t at) { return is_token_or_code(line, at); }) ||
         any(places.dashes, [&](std::size_t at) { return begins_key(line.substr(at)); }) ||
         (names == Prefilter::Names::kLookedAt &&
          any(places.members, [&](std::size_t at) { return is_secret_member(line, at); }));
}

/// The masks of a last block of `size` bytes.
ByteMasks cut(const ByteMasks& masks, std::size_t size) {
  const Bits within = size < ByteMasks::kBlock ? (Bits{1} << size) - 1 : ~Bits{0};
  return {masks.digit & within, masks.word & within,  masks.dot & within,       masks.colon & within,
          masks.dash & within,  masks.equal & within, masks.backslash & within, masks.sign & within};
}

}  // namespace

bool Prefilter::may_hold(std::string_view line, Names names) { return may_hold_before(line, line.size(), names); }

bool Prefilter::may_hold_before(std::string_view line, std::size_t looked, Names names) {
  constexpr std::size_t kBlock = ByteMasks::kBlock;
  constexpr std::size_t kAtOnce = 16;  // blocks; one more is looked at with them
  std::array<ByteMasks, kAtOnce + 2> masks;
  masks[0] = {};
  Bits carry = 0;
  const std::size_t blocks = (looked + kBlock - 1) / kBlock;
  for (std::size_t first = 0; first < blocks; first += kAtOnce) {
    const std::size_t count = std::min(kAtOnce, blocks - first);
    const bool is_last = first + count == blocks;
    read_masks(line.data() + first * kBlock, count + (is_last ? 0 : 1), &masks[1]);
    if (is_last) {
      masks[count] = cut(masks[count], looked - (blocks - 1) * kBlock);
      masks[count + 1] = {};
    }
    for (std::size_t i = 1; i <= count; ++i) {
      const Places places = places_in(masks[i - 1], masks[i], masks[i + 1], carry);
      if (places.any() && any_of_places(line, (first + i - 1) * kBlock, places, names)) {
        return true;
      }
    }
    masks[0] = masks[count];
  }
  return false;
}

/// Whether a member of the object on the line has the name of a secret.
bool Prefilter::names_secret(std::string_view line) {
  for (std::size_t at = line.find("\":"); at != std::string_view::npos; at = line.find("\":", at + 1)) {
    if (is_secrets_name(line, at)) {
      return true;
    }
  }
  return false;
}

}  // namespace budgetcheck::personal
