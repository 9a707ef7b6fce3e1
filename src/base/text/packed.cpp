#include "base/text/packed.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace budgetcheck {
namespace {

constexpr unsigned kBits = 7;
constexpr std::uint64_t kMore = 0x80;
constexpr double kThousand = 1000;
/// Whole numbers up to here, and their thousandths, come back as they were.
constexpr double kMostWhole = 1e15;

/// How a number is written: what follows, in the lowest two bits.
enum class Form : std::uint8_t { kNegativeOne, kWhole, kThousandths, kOther };

constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace

void PackedWriter::whole(std::uint64_t value) {
  while (value >= kMore) {
    byte(static_cast<std::uint8_t>(value | kMore));
    value >>= kBits;
  }
  byte(static_cast<std::uint8_t>(value));
}

void PackedWriter::hash(std::uint64_t value) {
  for (unsigned shift = 0; shift < 64; shift += 8) {
    byte(static_cast<std::uint8_t>(value >> shift));
  }
}

void PackedWriter::number(double value) {
  const auto form = [&](Form f, std::uint64_t whole_value) {
    whole(whole_value << 2U | static_cast<std::uint64_t>(f));
  };
  const bool may_be_short = value >= 0 && value <= kMostWhole && !std::signbit(value);
  if (value == -1) {
    form(Form::kNegativeOne, 0);
  } else if (may_be_short && value == std::floor(value)) {
    form(Form::kWhole, static_cast<std::uint64_t>(value));
  } else if (const double thousandths = may_be_short ? std::round(value * kThousand) : 0;
             may_be_short && thousandths <= kMostWhole && thousandths / kThousand == value) {
    form(Form::kThousandths, static_cast<std::uint64_t>(thousandths));
  } else {
    form(Form::kOther, 0);
    hash(std::bit_cast<std::uint64_t>(value));
  }
}

void PackedWriter::text(std::string_view value) {
  whole(value.size());
  bytes_ += value;
}

std::uint8_t PackedReader::byte() {
  if (rest_.empty()) {
    fail();
    return 0;
  }
  const char value = rest_.front();
  rest_.remove_prefix(1);
  return static_cast<std::uint8_t>(value);
}

std::uint64_t PackedReader::whole() {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64; shift += kBits) {
    const std::uint64_t next = byte();
    value |= (next & (kMore - 1)) << shift;
    if ((next & kMore) == 0) {
      return value;
    }
  }
  fail();
  return 0;
}

std::uint64_t PackedReader::whole_to(std::uint64_t most) {
  const std::uint64_t value = whole();
  if (value > most) {
    fail();
    return 0;
  }
  return value;
}

std::uint64_t PackedReader::hash() {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64; shift += 8) {
    value |= static_cast<std::uint64_t>(byte()) << shift;
  }
  return value;
}

double PackedReader::number() {
  const std::uint64_t value = whole();
  const double whole_value = static_cast<double>(value >> 2U);
  switch (static_cast<Form>(value & 3U)) {
    case Form::kNegativeOne:
      return -1;
    case Form::kWhole:
      return whole_value;
    case Form::kThousandths:
      return whole_value / kThousand;
    case Form::kOther:
      break;
  }
  const double other = std::bit_cast<double>(hash());
  if (!std::isfinite(other)) {
    fail();
    return 0;
  }
  return other;
}

std::string_view PackedReader::text() {
  const std::uint64_t size = whole();
  if (size > rest_.size()) {
    fail();
    return {};
  }
  const std::string_view value = rest_.substr(0, static_cast<std::size_t>(size));
  rest_.remove_prefix(value.size());
  return value;
}

std::string to_base64(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const auto at = [&](std::size_t k) {
      return i + k < bytes.size() ? static_cast<std::uint32_t>(static_cast<std::uint8_t>(bytes[i + k])) : 0U;
    };
    const std::uint32_t three = at(0) << 16U | at(1) << 8U | at(2);
    const std::size_t have = std::min<std::size_t>(3, bytes.size() - i);
    for (std::size_t k = 0; k < 4; ++k) {
      text += k <= have ? kDigits[three >> (18 - 6 * k) & 63U] : '=';
    }
  }
  return text;
}

std::optional<std::string> from_base64(std::string_view text) {
  static const std::array<std::int8_t, 256> kValues = [] {
    std::array<std::int8_t, 256> values{};
    values.fill(-1);
    for (std::size_t i = 0; i < kDigits.size(); ++i) {
      values[static_cast<std::uint8_t>(kDigits[i])] = static_cast<std::int8_t>(i);
    }
    return values;
  }();
  if (text.size() % 4 != 0) {
    return std::nullopt;
  }
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with("=") ? 1 : 0;
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3);
  for (std::size_t i = 0; i < text.size(); i += 4) {
    std::uint32_t three = 0;
    for (std::size_t k = 0; k < 4; ++k) {
      const bool is_padding = i + k >= text.size() - padding;
      const std::int8_t value = is_padding ? std::int8_t{0} : kValues[static_cast<std::uint8_t>(text[i + k])];
      if (value < 0) {
        return std::nullopt;
      }
      three = three << 6U | static_cast<std::uint32_t>(value);
    }
    for (const unsigned shift : {16U, 8U, 0U}) {
      bytes += static_cast<char>(three >> shift & 0xFFU);
    }
  }
  bytes.resize(bytes.size() - padding);
  return bytes;
}

}  // namespace budgetcheck
