#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace budgetcheck {

/// Numbers and texts one after the other in few bytes: whole numbers have seven bits a byte, the lowest first, and the
/// eighth says that more follow; others are IEEE 754, little endian; a text has its length before it.
class PackedWriter {
 public:
  void byte(std::uint8_t value) { bytes_ += static_cast<char>(value); }
  void whole(std::uint64_t value);
  /// A hash: all eight bytes of it.
  void hash(std::uint64_t value);
  /// Any number: a whole one, or one of thousandths, takes as many bytes as it has digits, others nine.
  void number(double value);
  void text(std::string_view value);

  std::size_t size() const { return bytes_.size(); }
  const std::string& bytes() const { return bytes_; }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

/// Reads it back, in the same order. What is not there is 0 or empty, and from then on nothing is.
class PackedReader {
 public:
  explicit PackedReader(std::string_view bytes) : rest_(bytes) {}

  std::uint8_t byte();
  std::uint64_t whole();
  /// A whole number of at most `most`; a greater one is an error.
  std::uint64_t whole_to(std::uint64_t most);
  std::uint64_t hash();
  double number();
  std::string_view text();

  bool at_end() const { return rest_.empty(); }
  bool failed() const { return failed_; }
  void fail() {
    failed_ = true;
    rest_ = {};
  }

 private:
  std::string_view rest_;
  bool failed_ = false;
};

/// Bytes as text of JSON: base64 (RFC 4648).
std::string to_base64(std::string_view bytes);
/// Nothing: it is none.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace budgetcheck
