#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/text.h"

namespace budgetcheck::fuzz {

/// A property that must hold for every input; the fuzzer keeps the input that breaks it.
inline void require(bool holds, std::string_view property) {
  if (!holds) {
    std::fprintf(stderr, "broken property: %.*s\n", static_cast<int>(property.size()), property.data());
    std::abort();
  }
}

/// Whatever a person gets to read must be one harmless line.
inline void require_printable(std::string_view text, std::string_view what) { require(printable(text) == text, what); }

/// The input as text that a NUL follows.
inline std::string text_of(const std::uint8_t* data, std::size_t size) { return std::string(data, data + size); }

/// Cuts the part up to the next line feed off `rest`.
inline std::string_view next_line(std::string_view& rest) {
  const std::size_t end = rest.find('\n');
  const std::string_view line = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  return line;
}

}  // namespace budgetcheck::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
