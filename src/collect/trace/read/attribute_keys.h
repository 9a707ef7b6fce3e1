#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/telemetry.h"

namespace budgetcheck {

/// What an attribute of a span is to a reader, under its old and its new name.
enum class AttributeSlot : std::uint8_t {
  kNone,
  kStatement,
  kSystem,  ///< the kind of database
  kParams,  ///< of the statement, as a list
  kRoute,
  kQueue,  ///< what a consumer reads from
  kMethod,
  kStatus,
  kFullUrl,
  kTarget,  ///< path and query
  kPath,
  kQuery,
  kService,
  kKind,        ///< of the span, where the form has no field for it
  kScope,       ///< likewise
  kError,       ///< likewise
  kStatusName,  ///< likewise
};

struct AttributeKey {
  AttributeSlot slot = AttributeSlot::kNone;
  std::uint64_t required = 0;  ///< the bit of a required attribute; 0: it is none
};

/// The attributes that are looked for: what metrics need, and what the budgets file requires. Most of a span's are
/// neither, so a key that is nobody's has to be known at a glance.
class AttributeKeys {
 public:
  /// `telemetry` may be null. Of more than kMostRequired names the rest cannot be told apart, see `names`.
  explicit AttributeKeys(const Telemetry* telemetry);

  static constexpr std::size_t kMostRequired = 64;

  AttributeKey find(std::string_view key) const {
    for (std::uint32_t at = places_[place_of(key)]; at != 0; at = rows_[at].next) {
      if (rows_[at].name == key) {
        return rows_[at].key;
      }
    }
    return {};
  }
  /// The names of required attributes, in the order of their bits.
  const std::vector<std::string>& required() const { return required_; }

 private:
  static constexpr std::size_t kPlaces = 256;
  struct Row {
    std::string name;
    AttributeKey key;
    std::uint32_t next = 0;
  };
  static std::size_t place_of(std::string_view key) {
    if (key.empty()) {
      return 0;
    }
    const auto byte = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(key[i])); };
    return (key.size() * 37 + byte(0) * 3 + byte(key.size() / 2) * 11 + byte(key.size() - 1) * 7) % kPlaces;
  }
  AttributeKey& row(const std::string& name);

  std::array<std::uint32_t, kPlaces> places_{};
  std::vector<Row> rows_;
  std::vector<std::string> required_;
};

}  // namespace budgetcheck
