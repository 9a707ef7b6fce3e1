#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace budgetcheck {

/// What one field of a JSON text takes: its key, value and the punctuation before it. The sizes of all fields add up
/// to the text.
struct FieldSize {
  std::string
      path;  ///< "users[].bio"; of a list or object itself what its brackets and key take; "(body)" for the root
  double bytes = 0;
  std::uint64_t seen = 0;  ///< how often it occurs
  bool scalar = false;     ///< every time with a text, a number or a word, and not with a list or an object
  /// Of a scalar that is the same every time: a hash of it; 0 otherwise.
  std::uint64_t value = 0;
};

/// The sizes by field, in no order; nothing when `text` is not JSON, or longer than kMaxSizedBody. Names only, never
/// values. Keys that are data become "*": those that are no identifier, hold four digits in a row or look like a token,
/// and all keys of an object that has more than kMaxNamedFields different ones ("users.*.name").
/// Below kMaxFieldDepth levels, and beyond kMaxFields paths, bytes count for the field that holds them.
std::optional<std::vector<FieldSize>> field_sizes(const std::string& text);

/// The same of a captured body, which may be in base64. Nothing too for what does not begin as JSON does.
struct SizedBody {
  std::vector<FieldSize> fields;
  bool base64 = false;
};
std::optional<SizedBody> field_sizes_of_body(std::string_view captured);

inline constexpr std::size_t kMaxSizedBody = std::size_t{16} << 20;
inline constexpr std::size_t kMaxNamedFields = 50;
inline constexpr std::size_t kMaxFieldDepth = 32;
inline constexpr std::size_t kMaxFields = 4000;

}  // namespace budgetcheck
