#include "collect/personal_data/national_id.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>
#include <string>

#include "collect/personal_data/account_number.h"
#include "collect/personal_data/characters.h"

namespace budgetcheck::personal {
namespace {

int weighted_sum(std::string_view digits, std::initializer_list<int> weights) {
  int sum = 0;
  std::size_t i = 0;
  for (const int weight : weights) {
    sum += weight * digit_of(digits[i++]);
  }
  return sum;
}

std::uint64_t value_of(std::string_view digits) {
  std::uint64_t value = 0;
  for (const char c : digits) {
    value = value * 10 + static_cast<std::uint64_t>(digit_of(c));
  }
  return value;
}

bool is_one_digit(std::string_view digits) {
  return digits.find_first_not_of(digits.front()) == std::string_view::npos;
}

bool is_date(int month, int day) { return month >= 1 && month <= 12 && day >= 1 && day <= 31; }

int two_at(std::string_view digits, std::size_t at) { return digit_of(digits[at]) * 10 + digit_of(digits[at + 1]); }

bool is_pesel(std::string_view d) {
  return d.size() == 11 && is_date(two_at(d, 2) % 20, two_at(d, 4)) &&
         (10 - weighted_sum(d, {1, 3, 7, 9, 1, 3, 7, 9, 1, 3}) % 10) % 10 == digit_of(d[10]);
}

bool is_bsn(std::string_view d) {
  return d.size() == 9 && !is_one_digit(d) && weighted_sum(d, {9, 8, 7, 6, 5, 4, 3, 2, -1}) % 11 == 0;
}

bool is_steuer_id(std::string_view d) {
  if (d.size() != 11 || d[0] == '0') {
    return false;
  }
  int product = 10;
  for (std::size_t i = 0; i < 10; ++i) {
    int sum = (digit_of(d[i]) + product) % 10;
    sum = sum == 0 ? 10 : sum;
    product = sum * 2 % 11;
  }
  return (11 - product) % 10 == digit_of(d[10]);
}

bool is_cpf(std::string_view d) {
  if (d.size() != 11 || is_one_digit(d)) {
    return false;
  }
  const int first = weighted_sum(d, {10, 9, 8, 7, 6, 5, 4, 3, 2}) * 10 % 11 % 10;
  const int second = weighted_sum(d, {11, 10, 9, 8, 7, 6, 5, 4, 3, 2}) * 10 % 11 % 10;
  return first == digit_of(d[9]) && second == digit_of(d[10]);
}

bool is_nir(std::string_view d) {
  return d.size() == 15 && (d[0] == '1' || d[0] == '2') &&
         97 - value_of(d.substr(0, 13)) % 97 == value_of(d.substr(13));
}

bool is_nhs(std::string_view d) {
  if (d.size() != 10) {
    return false;
  }
  const int check = 11 - weighted_sum(d, {10, 9, 8, 7, 6, 5, 4, 3, 2}) % 11;
  return check != 10 && check % 11 == digit_of(d[9]);
}

bool is_sin(std::string_view d) { return d.size() == 9 && d[0] != '0' && !is_one_digit(d) && passes_luhn(d); }

bool is_cnp(std::string_view d) {
  return d.size() == 13 && d[0] != '0' && is_date(two_at(d, 3), two_at(d, 5)) &&
         weighted_sum(d, {2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9}) % 11 % 10 == digit_of(d[12]);
}

/// Sweden's, with or without the century, and Norway's.
bool is_personnummer(std::string_view d) {
  if (d.size() == 11) {
    const int first = (11 - weighted_sum(d, {3, 7, 6, 1, 8, 9, 4, 5, 2}) % 11) % 11;
    const int second = (11 - weighted_sum(d, {5, 4, 3, 2, 7, 6, 5, 4, 3, 2}) % 11) % 11;
    return is_date(two_at(d, 2), two_at(d, 0) % 40) && first == digit_of(d[9]) && second == digit_of(d[10]);
  }
  const std::string_view ten = d.size() == 12 ? d.substr(2) : d;
  return ten.size() == 10 && is_date(two_at(ten, 2), two_at(ten, 4) % 60) && passes_luhn(ten);
}

bool is_nif(std::string_view d) {
  if (d.size() != 9) {
    return false;
  }
  const int rest = weighted_sum(d, {9, 8, 7, 6, 5, 4, 3, 2}) % 11;
  return (rest < 2 ? 0 : 11 - rest) == digit_of(d[8]) && d[0] != '0';
}

bool is_rijksregister(std::string_view d) {
  if (d.size() != 11) {
    return false;
  }
  const std::uint64_t number = value_of(d.substr(0, 9));
  const std::uint64_t check = value_of(d.substr(9));
  return 97 - number % 97 == check || 97 - (2'000'000'000 + number) % 97 == check;
}

struct Kind {
  NationalId id;
  bool (*is)(std::string_view digits);
};

constexpr std::array<Kind, 11> kKinds{{{NationalId::kPesel, is_pesel},
                                       {NationalId::kBsn, is_bsn},
                                       {NationalId::kSteuerId, is_steuer_id},
                                       {NationalId::kCpf, is_cpf},
                                       {NationalId::kNir, is_nir},
                                       {NationalId::kNhs, is_nhs},
                                       {NationalId::kSin, is_sin},
                                       {NationalId::kCnp, is_cnp},
                                       {NationalId::kPersonnummer, is_personnummer},
                                       {NationalId::kNif, is_nif},
                                       {NationalId::kRijksregister, is_rijksregister}}};

bool stands_alone(std::string_view text, std::size_t begin, std::size_t end) {
  const char before = char_before(text, begin);
  const char behind = char_at(text, end);
  return !is_word_char(before) && before != '-' && before != '.' && before != '*' && !is_word_char(behind) &&
         behind != '-' && behind != '*' && !(behind == '.' && is_alnum(char_at(text, end + 1)));
}

/// Digits, and what people put between them: "85.07.30-033.28".
std::string digits_of_id(std::string_view text, std::size_t at, std::size_t& end) {
  constexpr std::size_t kMostDigits = 16;
  std::string digits;
  end = at;
  for (std::size_t i = at; i < text.size() && digits.size() < kMostDigits; ++i) {
    if (is_digit(text[i])) {
      digits += text[i];
      end = i + 1;
    } else if ((text[i] != '.' && text[i] != '-' && text[i] != '/') || !is_digit(char_at(text, i + 1))) {
      break;
    }
  }
  return digits;
}

void find_digits(const Text& text, std::size_t at, std::size_t run, Matches& matches) {
  constexpr std::size_t kFewest = 9;
  std::size_t end = run;
  std::string digits(text.text.substr(at, run - at));
  const char between = char_at(text.text, run);
  const bool grouped = digits.size() < kFewest && (between == '.' || between == '-' || between == '/');
  if (grouped) {
    digits = digits_of_id(text.text, at, end);
  }
  if (digits.size() < kFewest || digits.size() > 15 || !stands_alone(text.text, at, end)) {
    return;
  }
  const NameTraits name = traits_at(text, at);
  if (name.ids == 0) {
    return;
  }
  for (const Kind& kind : kKinds) {
    if (name.names(kind.id) && kind.is(digits)) {
      matches.add(PersonalKind::kNationalId, at, end);
      return;
    }
  }
}

/// Length 9, eight digits or X, Y, Z and seven, and the letter for them.
bool is_dni(std::string_view id) {
  constexpr std::string_view kLetters = "TRWAGMYFPDXBNJZSQVHLCKE";
  std::string digits(id.substr(0, 8));
  if (digits[0] >= 'X' && digits[0] <= 'Z') {
    digits[0] = static_cast<char>('0' + (digits[0] - 'X'));
  }
  return all_of(digits, is_digit) && id[8] == kLetters[value_of(digits) % kLetters.size()] && value_of(digits) != 0;
}

bool is_codice_fiscale(std::string_view id) {
  static constexpr std::array<int, 26> kOddLetters{1,  0,  5, 7, 9, 13, 15, 17, 19, 21, 2,  4,  18,
                                                   20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23};
  constexpr std::string_view kForm = "LLLLLLDDLDDLDDDL";
  for (std::size_t i = 0; i < kForm.size(); ++i) {
    // Digits become letters where two people would have the same.
    if (kForm[i] == 'L' ? !is_upper(id[i])
                        : !(is_digit(id[i]) || std::string_view("LMNPQRSTUV").find(id[i]) != std::string_view::npos)) {
      return false;
    }
  }
  if (!is_digit(id[9]) && !is_digit(id[10])) {
    return false;
  }
  int sum = 0;
  for (std::size_t i = 0; i < 15; ++i) {
    const int place = is_digit(id[i]) ? digit_of(id[i]) : id[i] - 'A';
    sum += i % 2 == 0 ? kOddLetters[static_cast<std::size_t>(place)] : place;
  }
  return id[15] - 'A' == sum % 26;
}

/// "131052-308T".
bool is_henkilotunnus(std::string_view id) {
  constexpr std::string_view kSigns = "0123456789ABCDEFHJKLMNPRSTUVWXY";
  const std::string digits = std::string(id.substr(0, 6)) + std::string(id.substr(7, 3));
  const bool century = id[6] == '-' || id[6] == '+' || id[6] == 'A';
  return century && all_of(digits, is_digit) && is_date(two_at(digits, 2), two_at(digits, 0)) &&
         id[10] == kSigns[value_of(digits) % kSigns.size()];
}

/// "756.1234.5678.97": the sum of EAN-13.
bool is_ahv(std::string_view id) {
  std::string digits;
  for (std::size_t i = 0; i < id.size(); ++i) {
    const bool point = i == 3 || i == 8 || i == 13;
    if (point ? id[i] != '.' : !is_digit(id[i])) {
      return false;
    }
    if (!point) {
      digits += id[i];
    }
  }
  return digits.starts_with("756") &&
         (10 - weighted_sum(digits, {1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3}) % 10) % 10 == digit_of(digits[12]);
}

/// "182.612.440-32".
bool is_written_cpf(std::string_view id) {
  std::string digits;
  for (std::size_t i = 0; i < id.size(); ++i) {
    const char wanted = i == 3 || i == 7 ? '.' : i == 11 ? '-' : 'd';
    if (wanted == 'd' ? !is_digit(id[i]) : id[i] != wanted) {
      return false;
    }
    if (wanted == 'd') {
      digits += id[i];
    }
  }
  return is_cpf(digits);
}

struct Form {
  std::size_t size;
  bool (*is)(std::string_view id);
};

constexpr std::array<Form, 5> kForms{
    {{9, is_dni}, {16, is_codice_fiscale}, {11, is_henkilotunnus}, {16, is_ahv}, {14, is_written_cpf}}};

bool find_form(const Text& text, std::size_t at, Matches& matches) {
  for (const Form& form : kForms) {
    if (at + form.size <= text.text.size() && form.is(text.text.substr(at, form.size)) &&
        stands_alone(text.text, at, at + form.size)) {
      return !traits_at(text, at).is_digest && matches.add(PersonalKind::kNationalId, at, at + form.size);
    }
  }
  return false;
}

}  // namespace

bool may_be_national_id(std::string_view digits) {
  return std::any_of(kKinds.begin(), kKinds.end(), [&](const Kind& kind) { return kind.is(digits); });
}

void find_national_ids(const Text& text, Matches& matches) {
  const std::string_view all = text.text;
  for (std::size_t at = 0; at < all.size();) {
    if (!is_alnum(all[at])) {
      ++at;
      continue;
    }
    const std::size_t end = end_of_run(all, at, is_word_char);
    if ((is_digit(all[at]) || is_upper(all[at])) && !find_form(text, at, matches) && is_digit(all[at])) {
      find_digits(text, at, end_of_run(all, at, is_digit), matches);
    }
    at = end;
  }
}

}  // namespace budgetcheck::personal
