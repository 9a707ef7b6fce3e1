#include "collect/personal_data/ip_address.h"

#include <algorithm>
#include <charconv>

#include "collect/personal_data/characters.h"

namespace budgetcheck::personal {
namespace {

constexpr std::size_t kV4 = 12;  ///< where the bytes of version 4 begin
constexpr std::size_t kSize = 16;

/// How long the address is with which `text` begins, where no digit and no point follows it; 0: it begins with none.
std::size_t leading_v4(std::string_view text, std::uint8_t* bytes) {
  constexpr int kParts = 4;
  unsigned value = 0;
  int digits = 0;
  int part = 0;
  for (std::size_t i = 0;; ++i) {
    const char c = char_at(text, i);
    if (is_digit(c)) {
      if (digits == 3 || (digits > 0 && value == 0)) {
        return 0;
      }
      value = value * 10 + static_cast<unsigned>(digit_of(c));
      ++digits;
      continue;
    }
    if (digits == 0 || value > 255 || part == kParts) {
      return 0;
    }
    bytes[part++] = static_cast<std::uint8_t>(value);
    if (c != '.') {
      return part == kParts ? i : 0;
    }
    value = 0;
    digits = 0;
  }
}

bool parse_v4(std::string_view text, std::uint8_t* bytes) {
  return !text.empty() && leading_v4(text, bytes) == text.size();
}

bool parse_v6(std::string_view text, IpAddress& address) {
  std::array<std::uint8_t, kSize> head{};
  std::array<std::uint8_t, kSize> tail{};
  std::size_t heads = 0;
  std::size_t tails = 0;
  bool gap = false;
  std::size_t at = 0;
  if (text.starts_with("::")) {
    gap = true;
    at = 2;
  }
  while (at < text.size()) {
    auto& bytes = gap ? tail : head;
    std::size_t& count = gap ? tails : heads;
    const std::size_t end = end_of_run(text, at, is_hex);
    if (char_at(text, end) == '.') {
      if (heads + tails + 4 > kSize || !parse_v4(text.substr(at), bytes.data() + count)) {
        return false;
      }
      count += 4;
      break;
    }
    if (end == at || end - at > 4 || heads + tails + 2 > kSize) {
      return false;
    }
    unsigned value = 0;
    std::from_chars(text.data() + at, text.data() + end, value, 16);
    bytes[count++] = static_cast<std::uint8_t>(value >> 8U);
    bytes[count++] = static_cast<std::uint8_t>(value & 0xFFU);
    at = end;
    if (at == text.size()) {
      break;
    }
    if (text[at] != ':') {
      return false;
    }
    ++at;
    if (char_at(text, at) == ':') {
      if (gap) {
        return false;
      }
      gap = true;
      ++at;
    } else if (at == text.size()) {
      return false;
    }
  }
  if (gap ? heads + tails > kSize - 2 : heads != kSize) {
    return false;
  }
  address.fill(0);
  std::copy(head.begin(), head.begin() + static_cast<std::ptrdiff_t>(heads), address.begin());
  std::copy(tail.begin(), tail.begin() + static_cast<std::ptrdiff_t>(tails),
            address.end() - static_cast<std::ptrdiff_t>(tails));
  return true;
}

IpAddress mapped() {
  IpAddress address{};
  address[10] = 0xFF;
  address[11] = 0xFF;
  return address;
}

bool is_v4(const IpAddress& address) {
  const IpAddress prefix = mapped();
  return std::equal(prefix.begin(), prefix.begin() + static_cast<std::ptrdiff_t>(kV4), address.begin());
}

bool is_public_v4(const std::uint8_t* b) {
  const bool special = b[0] == 0 || b[0] == 10 || b[0] == 127 || b[0] >= 224 ||
                       (b[0] == 100 && b[1] >= 64 && b[1] < 128) || (b[0] == 169 && b[1] == 254) ||
                       (b[0] == 172 && b[1] >= 16 && b[1] < 32) || (b[0] == 192 && b[1] == 168) ||
                       (b[0] == 192 && b[1] == 0 && (b[2] == 0 || b[2] == 2)) ||
                       (b[0] == 192 && b[1] == 88 && b[2] == 99) || (b[0] == 198 && (b[1] == 18 || b[1] == 19)) ||
                       (b[0] == 198 && b[1] == 51 && b[2] == 100) || (b[0] == 203 && b[1] == 0 && b[2] == 113);
  const bool example =
      (b[0] == 1 && b[1] == 2 && b[2] == 3 && b[3] == 4) || (b[0] == 4 && b[1] == 3 && b[2] == 2 && b[3] == 1);
  const bool resolver = (b[0] == 8 && b[1] == 8 && b[2] == b[3] && (b[2] == 8 || b[2] == 4)) ||
                        (b[0] == 1 && b[2] == b[1] && (b[1] == 1 || b[1] == 0) && b[3] == 1) ||
                        (b[0] == 9 && b[1] == 9 && b[2] == 9 && b[3] == 9);
  return !special && !resolver && !example && b[3] != 0;
}

bool is_public_v6(const IpAddress& a) {
  const auto group = [&](std::size_t i) { return static_cast<unsigned>(a[2 * i]) << 8U | a[2 * i + 1]; };
  const bool global = (a[0] & 0xE0U) == 0x20U;
  const bool documentation = (group(0) == 0x2001 && group(1) == 0xDB8) || (group(0) == 0x3FFF && group(1) < 0x1000);
  const bool special = group(0) == 0x2001 && group(1) < 0x200;
  const bool resolver = (group(0) == 0x2001 && group(1) == 0x4860 && group(2) == 0x4860) ||
                        (group(0) == 0x2606 && group(1) == 0x4700 && group(2) == 0x4700) ||
                        (group(0) == 0x2620 && group(1) == 0xFE);
  const bool truncated = std::all_of(a.begin() + 6, a.end(), [](std::uint8_t byte) { return byte == 0; });
  return global && !documentation && !special && !resolver && !truncated;
}

/// "Chrome/120.0.0.1": a product's name stands before the slash, and no path.
bool is_products_version(std::string_view text, std::size_t slash) {
  std::size_t begin = slash;
  while (begin > 0 && (is_token_char(text[begin - 1]) || text[begin - 1] == '.')) {
    --begin;
  }
  return begin < slash && char_before(text, begin) != '/';
}

bool stands_alone(std::string_view text, std::size_t begin, std::size_t end) {
  const char before = char_before(text, begin);
  const char behind = char_at(text, end);
  if (is_word_char(before) || before == '.' || before == '-' || before == '@' || before == '*' ||
      (before == '/' && is_products_version(text, begin - 1)) || is_word_char(behind) || behind == '*') {
    return false;
  }
  const char next = char_at(text, end + 1);
  return !((behind == '.' && (is_alnum(next) || next == '*')) || (behind == '-' && is_letter(next)) ||
           (behind == '+' && is_alnum(next)));
}

void find_v4(const Text& text, Matches& matches) {
  const std::string_view all = text.text;
  for (std::size_t dot = all.find('.'); dot != std::string_view::npos; dot = all.find('.', dot + 1)) {
    std::size_t begin = dot;
    while (begin > 0 && dot - begin < 4 && is_digit(all[begin - 1])) {
      --begin;
    }
    if (begin == dot || dot - begin > 3) {
      continue;
    }
    const std::size_t end = end_of_run(all.substr(0, std::min(all.size(), begin + 16)), begin,
                                       [](char c) { return is_digit(c) || c == '.'; });
    std::string_view word = all.substr(begin, end - begin);
    while (word.ends_with('.')) {
      word.remove_suffix(1);
    }
    const std::optional<IpAddress> address = parse_ip(word);
    if (!address) {
      continue;
    }
    const std::size_t behind = begin + word.size();
    if (is_public(*address) && stands_alone(all, begin, behind)) {
      const NameTraits name = traits_at(text, begin);
      if (!name.is_version && !name.is_machine) {
        matches.add(PersonalKind::kIp, begin, behind);
      }
    }
    dot = behind - 1;
  }
}

/// All that is somebody's begins with a group of four digits, of which the first is 2 or 3.
void find_v6(const Text& text, Matches& matches) {
  constexpr std::size_t kLongest = 45;
  constexpr std::size_t kGroup = 4;
  const std::string_view all = text.text;
  for (std::size_t colon = all.find(':'); colon != std::string_view::npos; colon = all.find(':', colon + 1)) {
    if (colon < kGroup || !all_of(all.substr(colon - kGroup, kGroup), is_hex)) {
      continue;
    }
    const std::size_t begin = colon - kGroup;
    const char before = char_before(all, begin);
    if (is_word_char(before) || before == ':' || before == '.' || before == '-') {
      continue;
    }
    std::size_t end = end_of_run(all.substr(0, std::min(all.size(), begin + kLongest + 1)), begin,
                                 [](char c) { return is_hex(c) || c == ':'; });
    if (all[end - 1] == ':' && char_before(all, end - 1) != ':') {
      --end;
    }
    const std::optional<IpAddress> address = parse_ip(all.substr(begin, end - begin));
    if (!address || is_word_char(char_at(all, end)) || !is_public(*address)) {
      continue;
    }
    if (!traits_at(text, begin).is_machine && !text.field.is_digest) {
      matches.add(PersonalKind::kIp, begin, end);
    }
    colon = end - 1;
  }
}

}  // namespace

std::optional<IpAddress> parse_ip(std::string_view text) {
  IpAddress address = mapped();
  if (text.find(':') != std::string_view::npos) {
    return parse_v6(text, address) ? std::optional(address) : std::nullopt;
  }
  return parse_v4(text, address.data() + kV4) ? std::optional(address) : std::nullopt;
}

std::size_t read_leading_v4(std::string_view text, IpAddress& address) {
  address = mapped();
  return leading_v4(text, address.data() + kV4);
}

bool read_v4(std::string_view text, IpAddress& address) {
  return !text.empty() && read_leading_v4(text, address) == text.size();
}

bool is_public(const IpAddress& address) {
  return is_v4(address) ? is_public_v4(address.data() + kV4) : is_public_v6(address);
}

bool IpRange::contains(const IpAddress& address) const {
  for (std::size_t i = 0; i < kSize; ++i) {
    const unsigned before = static_cast<unsigned>(i) * 8;
    if (before >= bits) {
      return true;
    }
    const unsigned own = std::min(8U, bits - before);
    const unsigned mask = 0xFFU << (8U - own) & 0xFFU;
    if ((base[i] & mask) != (address[i] & mask)) {
      return false;
    }
  }
  return true;
}

std::optional<IpRange> parse_range(std::string_view text) {
  const std::size_t slash = text.find('/');
  const std::optional<IpAddress> base = parse_ip(text.substr(0, slash));
  if (!base) {
    return std::nullopt;
  }
  const bool v4 = text.find(':') == std::string_view::npos;
  const unsigned most = v4 ? 32 : 128;
  unsigned bits = most;
  if (slash != std::string_view::npos) {
    const std::string_view length = text.substr(slash + 1);
    const auto [end, code] = std::from_chars(length.data(), length.data() + length.size(), bits);
    if (code != std::errc() || end != length.data() + length.size() || bits > most) {
      return std::nullopt;
    }
  }
  return IpRange{*base, v4 ? bits + 96 : bits};
}

void find_ip_addresses(const Text& text, Matches& matches) {
  find_v4(text, matches);
  find_v6(text, matches);
}

}  // namespace budgetcheck::personal
