#include "collect/personal_data/prefilter.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <optional>
#include <string>

#include "base/text.h"
#include "collect/personal_data/account_number.h"
#include "collect/personal_data/characters.h"
#include "collect/personal_data/field_name.h"
#include "collect/personal_data/ip_address.h"
#include "collect/personal_data/national_id.h"
#include "collect/personal_data/placeholder.h"

namespace budgetcheck::personal {
namespace {

constexpr std::size_t kBlock = 64;

/// One bit for each byte of a block, the first byte lowest.
struct Masks {
  std::uint64_t digit = 0;
  std::uint64_t word = 0;  ///< letters, digits, '_'
  std::uint64_t dot = 0;
  std::uint64_t colon = 0;
  std::uint64_t special = 0;  ///< '@' '%' '+' '=' and backslash
  std::uint64_t dash = 0;
};

#ifdef __SSE2__
Masks masks_of(const char* block) {
  Masks masks;
  for (unsigned i = 0; i < kBlock; i += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(block + i));
    const auto bits = [i](__m128i equal) {
      return static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm_movemask_epi8(equal))) << i;
    };
    const auto is = [&](char c) { return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c)); };
    const auto within = [](__m128i values, char last) {
      return _mm_cmpeq_epi8(_mm_min_epu8(values, _mm_set1_epi8(last)), values);
    };
    const __m128i digit = within(_mm_sub_epi8(bytes, _mm_set1_epi8('0')), 9);
    const __m128i letter = within(_mm_sub_epi8(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), _mm_set1_epi8('a')), 25);
    masks.digit |= bits(digit);
    masks.word |= bits(_mm_or_si128(_mm_or_si128(digit, letter), is('_')));
    masks.dot |= bits(is('.'));
    masks.colon |= bits(is(':'));
    masks.dash |= bits(is('-'));
    masks.special |=
        bits(_mm_or_si128(_mm_or_si128(_mm_or_si128(is('@'), is('%')), _mm_or_si128(is('+'), is('='))), is('\\')));
  }
  return masks;
}
#else
Masks masks_of(const char* block) {
  Masks masks;
  for (unsigned i = 0; i < kBlock; ++i) {
    const char c = block[i];
    const auto bit = [i](bool set) { return static_cast<std::uint64_t>(set) << i; };
    masks.digit |= bit(is_digit(c));
    masks.word |= bit(is_word_char(c));
    masks.dot |= bit(c == '.');
    masks.colon |= bit(c == ':');
    masks.dash |= bit(c == '-');
    masks.special |= bit(c == '@' || c == '%' || c == '+' || c == '=' || c == '\\');
  }
  return masks;
}
#endif

/// The bits `n` places further on: those of the next block follow.
std::uint64_t ahead(std::uint64_t now, std::uint64_t next, unsigned n) { return now >> n | next << (64 - n); }
std::uint64_t behind(std::uint64_t now, std::uint64_t before) { return now << 1 | before >> 63; }

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

/// The names of secrets end like this: the rest need not be looked at.
bool may_end_secret(char before_last, char last) {
  const char a = to_lower(before_last);
  switch (to_lower(last)) {
    case 'd':
      return a == 'r' || a == 'w';  // password, passwd, pwd
    case 't':
      return a == 'e' || a == 'r';  // secret, kennwort
    case 'n':
      return a == 'e' || a == 'o';  // token, authorization
    case 'y':
      return a == 'e';  // key
    case 's':
      return a == 's' || a == 'l';  // pass, credentials
    case 'e':
      return a == 's' || a == 'd' || a == 'i';  // passphrase, passcode, cookie
    case 'l':
      return a == 'a';  // credential
    default:
      return false;
  }
}

/// Whether the name that ends before `end` is one of a secret.
bool is_secrets_name(std::string_view line, std::size_t end) {
  constexpr std::size_t kLongest = 64;
  std::size_t begin = end;
  while (begin > 0 && end - begin < kLongest && (is_token_char(line[begin - 1]) || line[begin - 1] == '.')) {
    --begin;
  }
  if (end - begin < 3 || !may_end_secret(line[end - 2], line[end - 1])) {
    return false;
  }
  const NameTraits traits = traits_of(line.substr(begin, end - begin));
  return traits.secret != NameTraits::Secret::kNone || traits.is_authorization || traits.is_cookie;
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

/// Whether a member of the object on the line has the name of a secret and, if asked, a value.
bool any_secret_member(std::string_view line, bool with_value) {
  for (std::size_t at = line.find("\":"); at != std::string_view::npos; at = line.find("\":", at + 1)) {
    if (is_secrets_name(line, at) && (!with_value || has_value(line, at + 2))) {
      return true;
    }
  }
  return false;
}

/// "ALTER ROLE shop PASSWORD 'x'".
bool sets_password(std::string_view line) {
  for (const std::string_view words : {std::string_view("ASSWORD '"), std::string_view("assword '"),
                                       std::string_view("DENTIFIED BY '"), std::string_view("dentified by '")}) {
    if (line.find(words) != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

/// A sign that may stand in what is looked for, or hide a sign that does.
bool is_special(std::string_view line, std::size_t at) {
  const char next = char_at(line, at + 1);
  switch (line[at]) {
    case '@':
      return is_alnum(next) && at > 0;
    case '%':
      return is_hex(next) && is_hex(char_at(line, at + 2));
    case '+':
      return is_digit(next) && next != '0' && is_digit(char_at(line, at + 2));
    case '=':
      return is_secrets_name(line, at) || (at > 0 && line[at - 1] == ' ' && is_secrets_name(line, at - 1));
    case '\\':  // an escape, or the end of a name inside of a text
      return next == 'u' ||
             (next == '"' &&
              (char_at(line, at + 2) == ':' || (char_at(line, at + 2) == ' ' && char_at(line, at + 3) == ':')) &&
              is_secrets_name(line, at));
    default:
      return false;
  }
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
  const bool inner = before == '-' || before == '.' || before == '*' || next == '-' || next == '*';
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
  std::size_t begin = at;
  while (begin > 0 && at - begin < 4 && is_digit(line[begin - 1])) {
    --begin;
  }
  if (at - begin > 3) {
    return false;
  }
  const std::size_t end = end_of_run(line.substr(0, std::min(line.size(), begin + 16)), begin,
                                     [](char c) { return is_digit(c) || c == '.'; });
  std::string_view word = line.substr(begin, end - begin);
  while (word.ends_with('.')) {
    word.remove_suffix(1);
  }
  if (const std::optional<IpAddress> address = parse_ip(word)) {
    return is_public(*address);
  }
  // "182.612.440-32", "756.1234.5678.97", "85.07.30-033.28"
  return std::count(word.begin(), word.end(), '.') >= 2 && word.size() >= 8 &&
         (char_at(line, end) == '-' || word.starts_with("756."));
}

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
  const std::string_view rest = line.substr(at - kGroup, kLongest);
  std::size_t end = end_of_run(rest, 0, [](char c) { return is_hex(c) || c == ':'; });
  end -= rest[end - 1] == ':' && rest[end - 2] != ':' ? 1U : 0U;
  const std::optional<IpAddress> address = parse_ip(rest.substr(0, end));
  return address && is_public(*address);
}

}  // namespace

bool Prefilter::may_hold(std::string_view line, Names names) {
  Masks before;
  Masks now = masks_of(line.data());
  for (std::size_t begin = 0; begin < line.size(); begin += kBlock) {
    const bool last = begin + kBlock >= line.size();
    const Masks next = last ? Masks() : masks_of(line.data() + begin + kBlock);
    const std::uint64_t within =
        last && line.size() - begin < kBlock ? (std::uint64_t{1} << (line.size() - begin)) - 1 : ~std::uint64_t{0};
    const auto at = [&](std::size_t bit) { return begin + bit; };
    if (any_bit(now.special & within, [&](std::size_t bit) { return is_special(line, at(bit)); })) {
      return true;
    }
    // Runs: each bit says that so many follow; the first of a run is not preceded by one.
    std::uint64_t two = now.digit & ahead(now.digit, next.digit, 1);
    // Digits within a word are of an id; one letter may be a part of it, or of an escape.
    const std::uint64_t inner = behind(now.word, before.word) & (now.word << 2 | before.word >> 62);
    const std::uint64_t two_next = next.digit & next.digit >> 1;
    const std::uint64_t four = two & ahead(two, two_next, 2) & ~behind(now.digit, before.digit) & ~inner & within;
    if (any_bit(four, [&](std::size_t bit) { return is_number_of_somebody(line, at(bit)); })) {
      return true;
    }
    const std::uint64_t points = now.dot & behind(now.digit, before.digit) & ahead(now.digit, next.digit, 1) & within;
    if (any_bit(points, [&](std::size_t bit) { return is_address_or_id(line, at(bit)); })) {
      return true;
    }
    const std::uint64_t colons = now.colon & behind(now.word, before.word) & within;
    if (any_bit(colons, [&](std::size_t bit) { return is_address(line, at(bit)) || is_secrets_name(line, at(bit)); })) {
      return true;
    }
    std::uint64_t run = now.word | now.dash;
    std::uint64_t run_next = next.word | next.dash;
    for (const unsigned step : {1U, 2U, 4U}) {
      run &= ahead(run, run_next, step);
      run_next &= run_next >> step;
    }
    run &= ahead(run, run_next, kLongWord - 8);
    run &= ~behind(now.word | now.dash, before.word | before.dash) & within;
    if (any_bit(run, [&](std::size_t bit) { return is_token_or_code(line, at(bit)); })) {
      return true;
    }
    const std::uint64_t dashes = now.dash & ahead(now.dash, next.dash, 1) & ahead(now.dash, next.dash, 2) & within;
    if (any_bit(dashes, [&](std::size_t bit) {
          return line.substr(at(bit)).starts_with("---BEGIN ") || line.substr(at(bit)).starts_with("-----BEGIN ");
        })) {
      return true;
    }
    before = now;
    now = next;
  }
  return names == Names::kLookedAt && (any_secret_member(line, true) || sets_password(line));
}

bool Prefilter::names_secret(std::string_view line) { return any_secret_member(line, false); }

}  // namespace budgetcheck::personal
