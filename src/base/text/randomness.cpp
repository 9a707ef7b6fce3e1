#include "base/text/randomness.h"

#include <algorithm>
#include <array>

namespace budgetcheck {
namespace {

constexpr std::size_t kDigit = 26;
constexpr std::size_t kEdge = 27;  ///< where a word begins or ends
constexpr std::size_t kKinds = 28;

/// For each kind of character (rows: a to z, a digit, the beginning) what the next one costs in names (columns: the
/// same, and the end), in half bits, 0 to z. Counted in the names of 160,000 published packages of npm and PyPI, whose
/// words are of many languages, short forms and numbers: frequencies of pairs, not names.
constexpr std::array<std::string_view, kKinds> kPairs{
    "ha69je9kaie897k8m686bdcebdg8",  // a
    "5ede6ghi8cj7fg6al89f7hlgcld6",  // b
    "8kee8gj7bj78fk4ep9a5bklkemg8",  // c
    "6cdc4ccg7e8aef7fpabgaigfene5",  // d
    "8b9aceeihgi9a7fcg569hcdafjf4",  // e
    "8hfh79kj4gh7fg5hn8ca9lkh8md7",  // f
    "9heh5hba5hm9da8fj7bf9jlehkg5",  // g
    "5ffe5glk7hieeg7fabe7akilbme5",  // h
    "bb899a9mjgf8948bjb97gajdncg7",  // i
    "8idh7klkalhkakafbi1j9gdkpndd",  // j
    "9dga5edf7hjdgdafmd8dcijkdkg3",  // k
    "7gfb5gil5jf9gl7cqi9b7fgmbkh6",  // l
    "5add5igj7gia9f67igbgaiikdod6",  // m
    "8ga87b7i9gdfhc9dkh85bdjgejg5",  // n
    "bc98jebjdeb88599n5a99cbdhig7",  // o
    "7fed5iga8ig6eg7ao7c9bnikamg7",  // p
    "eiifgkkkejm4hjgdjadc2kehmik6",  // q
    "7fbb4fei8gbead7ekc99bcgjamg5",  // r
    "bf9b7eja9idbcf9afh86ddehcpg3",  // s
    "8hce6fha6fjdei7ep89bckek8li4",  // t
    "baba7e6n7nh797i9q776gimalijc",  // u
    "6idi3hbg5lihejbirgbc7ikhhqa8",  // v
    "6icd5ggc5jheh96eqa6ehnkiiph7",  // w
    "dhbfagfg8fkdbjb7pfd4gjjhal93",  // x
    "bbdebcdigff9b9b4kea9ehekmfi3",  // y
    "7geg3gje8hdbeg6hmfee5kggaaf7",  // z
    "ccccdcjjgeihgbidphfeiiiffk32",  // a digit
    "8a799aababda99b7g878aabehgfz",  // the beginning
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_letter(char c) { return is_lower(c) || is_upper(c); }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

std::size_t kind_of(char c) {
  if (is_digit(c)) {
    return kDigit;
  }
  return is_lower(c) ? static_cast<std::size_t>(c - 'a') : is_upper(c) ? static_cast<std::size_t>(c - 'A') : kEdge;
}

double cost_of(std::size_t before, std::size_t next) {
  if (before == kEdge && next == kEdge) {
    return 0;
  }
  const char cost = kPairs[before][next];
  return (is_digit(cost) ? cost - '0' : cost - 'a' + 10) / 2.0;
}

/// A number of four digits that is a year: one of some dozens.
bool is_year_at(std::string_view word, std::size_t at) {
  constexpr std::size_t kDigits = 4;
  const std::string_view year = word.substr(at, kDigits);
  return year.size() == kDigits && std::all_of(year.begin(), year.end(), is_digit) &&
         (year.starts_with("19") || year.starts_with("20")) && (at == 0 || !is_digit(word[at - 1])) &&
         (at + kDigits == word.size() || !is_digit(word[at + kDigits]));
}

double bits_of_name(std::string_view word) {
  constexpr double kWhichDigit = 3.3;
  constexpr double kToOrFor = 1;  // "url2path": one of two
  constexpr double kWhichYear = 6;
  constexpr double kFirstCapital = 1;
  constexpr double kHump = 0.5;  // "orderHistory": besides what it costs that a word ends there
  constexpr double kAfterDigit = 2;
  constexpr double kInCapitals = 0.3;
  double bits = 0;
  std::size_t before = kEdge;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char c = word[i];
    const char last = i > 0 ? word[i - 1] : '\0';
    const char next = i + 1 < word.size() ? word[i + 1] : '\0';
    if (is_upper(c) && i == 0) {
      bits += kFirstCapital;
    } else if (is_upper(c) && (is_lower(last) || (is_lower(next) && (is_digit(last) || is_upper(last))))) {
      bits += cost_of(before, kEdge) + kHump;
      before = kEdge;
    } else if (is_upper(c)) {
      bits += is_digit(last) ? kAfterDigit : kInCapitals;
    }
    const std::size_t kind = kind_of(c);
    if (is_digit(c) && is_year_at(word, i)) {
      bits += cost_of(before, kind) + kWhichYear;
      before = kDigit;
      i += 3;
      continue;
    }
    const bool joins = (c == '2' || c == '4') && is_letter(last) && is_letter(next);
    bits += cost_of(before, kind) + (kind != kDigit ? 0 : joins ? kToOrFor : kWhichDigit);
    before = joins ? kEdge : kind;
  }
  return bits + cost_of(before, kEdge);
}

double bits_of_random(std::string_view word) {
  constexpr double kWhichAlphabet = 2;
  constexpr double kHexadecimal = 4;
  constexpr double kOneCase = 5.17;
  constexpr double kBothCases = 5.95;
  const bool one_case =
      std::none_of(word.begin(), word.end(), is_lower) || std::none_of(word.begin(), word.end(), is_upper);
  const bool hexadecimal = one_case && std::all_of(word.begin(), word.end(), is_hex);
  return kWhichAlphabet + static_cast<double>(word.size()) * (hexadecimal ? kHexadecimal
                                                              : one_case  ? kOneCase
                                                                          : kBothCases);
}

}  // namespace

double randomness_of(std::string_view word) { return bits_of_name(word) - bits_of_random(word); }

}  // namespace budgetcheck
