#include "collect/text/checksum.h"

#include <algorithm>

#include "base/hash.h"

namespace budgetcheck {
namespace {

/// `use(line, end)` for each line, with how many bytes end it.
template <class Use>
void each_line(std::string_view bytes, const Use& use) {
  while (!bytes.empty()) {
    const std::size_t end = bytes.find('\n');
    const bool ends = end != std::string_view::npos;
    use(bytes.substr(0, end), ends ? 1U : 0U);
    bytes.remove_prefix(ends ? end + 1 : bytes.size());
  }
}

}  // namespace

std::uint64_t checksum_of(std::string_view bytes) {
  std::uint64_t sum = 0;
  each_line(bytes, [&](std::string_view line, std::size_t) { sum += hash64(line); });
  return sum;
}

std::uint64_t checksum_of_numbered(std::string_view bytes, std::uint64_t& size) {
  std::uint64_t sum = 0;
  each_line(bytes, [&](std::string_view line, std::size_t end) {
    std::uint64_t number = 0;
    line = without_number(line, number);
    sum += hash64(line);
    size += line.size() + end;
  });
  return sum;
}

std::string_view without_number(std::string_view line, std::uint64_t& number) {
  constexpr std::size_t kMostDigits = 15;
  const std::size_t tab = line.find_first_not_of("0123456789");
  if (tab == std::string_view::npos || tab == 0 || tab > kMostDigits || line[tab] != '\t') {
    return line;
  }
  number = 0;
  for (const char digit : line.substr(0, tab)) {
    number = number * 10 + static_cast<std::uint64_t>(digit - '0');
  }
  return line.substr(tab + 1);
}

std::string without_numbers(std::string_view bytes) {
  std::string text;
  each_line(bytes, [&](std::string_view line, std::size_t end) {
    std::uint64_t number = 0;
    text.append(without_number(line, number)).append(end, '\n');
  });
  return text;
}

}  // namespace budgetcheck
