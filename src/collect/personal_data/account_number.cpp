#include "collect/personal_data/account_number.h"

#include <array>
#include <string>

#include "collect/personal_data/characters.h"

namespace budgetcheck::personal {
namespace {

int number_at(std::string_view digits, std::size_t size) {
  int number = 0;
  for (const char c : digits.substr(0, size)) {
    number = number * 10 + digit_of(c);
  }
  return number;
}

/// Lengths that are common enough to be told from ids; the rest need a name that says so.
bool is_card_number(std::string_view digits, bool is_named) {
  constexpr std::size_t kShortest = 13;
  constexpr std::size_t kLongest = 19;
  const std::size_t size = digits.size();
  if (size < kShortest || size > kLongest || !passes_luhn(digits)) {
    return false;
  }
  const int two = number_at(digits, 2);
  const int three = number_at(digits, 3);
  const int four = number_at(digits, 4);
  if (two == 34 || two == 37) {
    return size == 15;
  }
  if ((three >= 300 && three <= 305) || two == 36 || two == 38 || two == 39) {
    return size == 14 && is_named;
  }
  const bool long_form = is_named && (size == 18 || size == 19 || (size == 13 && digits[0] == '4'));
  const bool known = digits[0] == '4' || (two >= 51 && two <= 55) || (four >= 2221 && four <= 2720) || four == 6011 ||
                     (three >= 644 && three <= 649) || two == 65 || (four >= 3528 && four <= 3589) || two == 62;
  return known && (size == 16 || long_form) && digits != "4111111111111111" &&
         digits.find_first_not_of(digits[0]) != std::string_view::npos;
}

/// The digits of "4242 4242 4242 4242" and the like, and where they end; empty: no such groups begin at `at`.
std::string grouped_digits(std::string_view text, std::size_t at, std::size_t& end) {
  static constexpr std::array<std::array<std::size_t, 4>, 3> kGroups{{{4, 4, 4, 4}, {4, 6, 5, 0}, {4, 6, 4, 0}}};
  const char between = char_at(text, at + 4);
  if (between != ' ' && between != '-') {
    return {};
  }
  for (const auto& groups : kGroups) {
    std::string digits;
    std::size_t place = at;
    bool fits = true;
    for (const std::size_t group : groups) {
      if (group == 0) {
        break;
      }
      if (!digits.empty()) {
        fits = fits && char_at(text, place) == between;
        ++place;
      }
      fits = fits &&
             end_of_run(text.substr(0, std::min(text.size(), place + group + 1)), place, is_digit) == place + group;
      digits += place < text.size() ? text.substr(place, group) : std::string_view();
      place += group;
    }
    if (fits) {
      end = place;
      return digits;
    }
  }
  return {};
}

bool is_card_place(const Text& text, std::size_t begin, std::size_t end, bool& is_named) {
  const char before = char_before(text.text, begin);
  const char behind = char_at(text.text, end);
  if (is_word_char(before) || before == '.' || before == '-' || before == '+' || before == '*' ||
      is_word_char(behind) || behind == '-' || behind == '*' ||
      (behind == '.' && is_digit(char_at(text.text, end + 1)))) {
    return false;
  }
  const NameTraits name = traits_at(text, begin);
  is_named = name.is_card;
  const bool is_part_of_path = before == '/' || before == '#' || before == ':';
  return name.is_card ||
         (!name.is_number_of && !name.is_digest && (!is_part_of_path || !key_before(text.text, begin).empty()));
}

/// Lengths by country, of the registry of IBANs.
std::size_t length_of_iban(char a, char b) {
  struct Country {
    char name[3];
    std::uint8_t length;
  };
  static constexpr std::array<Country, 79> kCountries{
      {{"AD", 24}, {"AE", 23}, {"AL", 28}, {"AT", 20}, {"AZ", 28}, {"BA", 20}, {"BE", 16}, {"BG", 22}, {"BH", 22},
       {"BR", 29}, {"BY", 28}, {"CH", 21}, {"CR", 22}, {"CY", 28}, {"CZ", 24}, {"DE", 22}, {"DK", 18}, {"DO", 28},
       {"EE", 20}, {"EG", 29}, {"ES", 24}, {"FI", 18}, {"FO", 18}, {"FR", 27}, {"GB", 22}, {"GE", 22}, {"GI", 23},
       {"GL", 18}, {"GR", 27}, {"GT", 28}, {"HR", 21}, {"HU", 28}, {"IE", 22}, {"IL", 23}, {"IQ", 23}, {"IS", 26},
       {"IT", 27}, {"JO", 30}, {"KW", 30}, {"KZ", 20}, {"LB", 28}, {"LC", 32}, {"LI", 21}, {"LT", 20}, {"LU", 20},
       {"LV", 21}, {"LY", 25}, {"MC", 27}, {"MD", 24}, {"ME", 22}, {"MK", 19}, {"MR", 27}, {"MT", 31}, {"MU", 30},
       {"NL", 18}, {"NO", 15}, {"PK", 24}, {"PL", 28}, {"PS", 29}, {"PT", 25}, {"QA", 29}, {"RO", 24}, {"RS", 22},
       {"SA", 24}, {"SC", 31}, {"SD", 18}, {"SE", 24}, {"SI", 19}, {"SK", 24}, {"SM", 27}, {"ST", 25}, {"SV", 28},
       {"TL", 23}, {"TN", 24}, {"TR", 26}, {"UA", 29}, {"VA", 22}, {"VG", 24}, {"XK", 20}}};
  for (const Country& country : kCountries) {
    if (country.name[0] == a && country.name[1] == b) {
      return country.length;
    }
  }
  return 0;
}

bool passes_iban_sum(std::string_view iban) {
  unsigned sum = 0;
  const auto add = [&](char c) {
    sum = is_digit(c) ? (sum * 10 + static_cast<unsigned>(digit_of(c))) % 97
                      : (sum * 100 + static_cast<unsigned>(c - 'A' + 10)) % 97;
  };
  for (const char c : iban.substr(4)) {
    add(c);
  }
  for (const char c : iban.substr(0, 4)) {
    add(c);
  }
  return sum == 1;
}

/// Those that every documentation shows.
bool is_example_iban(std::string_view iban) {
  static constexpr std::array<std::string_view, 6> kExamples{"DE89370400440532013000",      "GB82WEST12345698765432",
                                                             "GB29NWBK60161331926819",      "NL91ABNA0417164300",
                                                             "FR1420041010050500013M02606", "ES9121000418450200051332"};
  return std::find(kExamples.begin(), kExamples.end(), iban) != kExamples.end();
}

/// The IBAN that begins at `at` in groups or in one piece, and its end; empty: none.
std::string iban_at(std::string_view text, std::size_t at, std::size_t& end) {
  const std::size_t length = length_of_iban(text[at], text[at + 1]);
  const auto is_part = [](char c) { return is_digit(c) || is_upper(c); };
  std::string iban;
  const bool grouped = char_at(text, at + 4) == ' ';
  std::size_t place = at;
  while (length > 0 && iban.size() < length && place < text.size()) {
    if (grouped && iban.size() % 4 == 0 && !iban.empty()) {
      if (text[place] != ' ') {
        return {};
      }
      ++place;
    }
    if (!is_part(char_at(text, place))) {
      return {};
    }
    iban += text[place++];
  }
  end = place;
  return length > 0 && iban.size() == length && !is_word_char(char_at(text, place)) ? iban : std::string();
}

/// Codes of countries by their first digits: "+999" is nobody's.
bool begins_with_country(std::string_view digits) {
  static constexpr std::string_view kUnused[] = {
      "210", "214", "215", "217", "219", "259", "28",  "292", "293", "294", "295", "296", "384",
      "388", "422", "424", "425", "426", "427", "428", "429", "801", "802", "803", "804", "805",
      "806", "807", "809", "83",  "851", "854", "857", "858", "859", "871", "872", "873", "874",
      "875", "876", "877", "884", "885", "887", "889", "89",  "969", "978", "990", "997", "999"};
  if (digits.empty() || digits[0] == '0') {
    return false;
  }
  for (const std::string_view code : kUnused) {
    if (digits.starts_with(code)) {
      return false;
    }
  }
  return true;
}

bool is_phone_number(std::string_view digits) {
  constexpr std::size_t kFewest = 9;
  constexpr std::size_t kMost = 15;
  const bool america = !digits.empty() && digits[0] == '1';
  return digits.size() >= kFewest && digits.size() <= kMost && begins_with_country(digits) &&
         (!america || (digits.size() == 11 && digits[1] >= '2')) &&
         digits.substr(1).find_first_not_of('0') != std::string_view::npos;
}

/// Digits in groups, as people write them: "+49 30 123-456".
std::string digits_in_groups(std::string_view text, std::size_t at, std::size_t& end) {
  constexpr std::size_t kMost = 24;
  std::string digits;
  const std::size_t stop = std::min(text.size(), at + kMost);
  for (std::size_t i = at; i < stop; ++i) {
    const char c = text[i];
    if (is_digit(c)) {
      digits += c;
      end = i + 1;
    } else if (!(c == ' ' || c == '-' || c == '.' || c == '(' || c == ')' || c == '/') ||
               ((c == ' ' || c == '-' || c == '.') &&
                !(is_digit(char_at(text, i + 1)) || char_at(text, i + 1) == '('))) {
      break;
    }
  }
  return digits;
}

}  // namespace

bool may_be_card(std::string_view digits) { return is_card_number(digits, true); }

bool passes_luhn(std::string_view digits) {
  int sum = 0;
  bool twice = false;
  for (std::size_t i = digits.size(); i > 0; --i) {
    int digit = digit_of(digits[i - 1]);
    if (twice) {
      digit = digit > 4 ? 2 * digit - 9 : 2 * digit;
    }
    sum += digit;
    twice = !twice;
  }
  return sum % 10 == 0;
}

void find_cards(const Text& text, Matches& matches) {
  constexpr std::size_t kShortest = 13;
  const std::string_view all = text.text;
  for (std::size_t at = 0; at < all.size(); ++at) {
    if (!is_digit(all[at])) {
      continue;
    }
    std::size_t end = end_of_run(all, at, is_digit);
    std::string grouped;
    std::string_view digits = all.substr(at, end - at);
    std::size_t behind = end;
    if (digits.size() == 4) {
      grouped = grouped_digits(all, at, behind);
      digits = grouped;
    }
    bool is_named = false;
    if (digits.size() >= kShortest && digits.size() < 20 && is_card_place(text, at, behind, is_named) &&
        is_card_number(digits, is_named)) {
      matches.add(PersonalKind::kCard, at, behind);
      end = behind;
    }
    at = end - 1;
  }
}

void find_ibans(const Text& text, Matches& matches) {
  constexpr std::size_t kShortest = 15;
  const std::string_view all = text.text;
  for (std::size_t at = 0; at + kShortest <= all.size(); ++at) {
    if (!is_upper(all[at])) {
      continue;
    }
    const char before = char_before(all, at);
    std::size_t end = 0;
    if (is_upper(all[at + 1]) && is_digit(all[at + 2]) && is_digit(all[at + 3]) && !is_word_char(before) &&
        before != '-') {
      const std::string iban = iban_at(all, at, end);
      if (!iban.empty() && passes_iban_sum(iban) && !is_example_iban(iban) && !traits_at(text, at).is_digest &&
          matches.add(PersonalKind::kIban, at, end)) {
        at = end - 1;
        continue;
      }
    }
    at = end_of_run(all, at, is_word_char) - 1;
  }
}

void find_phone_numbers(const Text& text, Matches& matches) {
  const std::string_view all = text.text;
  for (std::size_t plus = all.find('+'); plus != std::string_view::npos; plus = all.find('+', plus + 1)) {
    const char before = char_before(all, plus);
    if (!is_digit(char_at(all, plus + 1)) || is_word_char(before) || before == '+' || before == '/') {
      continue;
    }
    std::size_t end = end_of_run(all, plus + 1, is_digit);
    std::string digits(all.substr(plus + 1, std::min<std::size_t>(end - plus - 1, 20)));
    const char behind = char_at(all, end);
    const bool whole = !is_word_char(behind) && behind != '*' && behind != '=' && behind != '+' &&
                       !(behind == '.' && is_digit(char_at(all, end + 1)));
    const NameTraits name = traits_at(text, plus);
    bool found = whole && is_phone_number(digits);
    if (!found && digits.size() < 9 && name.is_phone) {
      digits = digits_in_groups(all, plus + 1, end);
      found = is_phone_number(digits) && !is_word_char(char_at(all, end)) && char_at(all, end) != '*';
    }
    if (found && !name.is_digest) {
      matches.add(PersonalKind::kPhone, plus, end);
    }
  }
}

}  // namespace budgetcheck::personal
