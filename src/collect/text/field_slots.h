#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "json/lines/line_reader.h"

namespace budgetcheck {

/// A name under which loggers write one of the things ("slots") that a reader looks for.
struct FieldName {
  /// Where the name counts: on the line's own object (kTop), below an object of this name, or everywhere (kAnywhere).
  std::string_view parent;
  std::string_view key;
  std::uint8_t slot = 0;
  double scale = 1;  ///< of a number under this name, to the reader's unit

  static constexpr std::string_view kTop = "";
  static constexpr std::string_view kAnywhere = "*";
};

constexpr std::size_t kMaxFieldSlots = 16;

/// The field that was chosen for one slot.
struct ChosenField {
  const FieldName* name = nullptr;  ///< null: no field has this slot
  std::size_t field = 0;            ///< its index among the line's fields
  std::size_t rank = 0;
};
using SlotChoice = std::array<ChosenField, kMaxFieldSlots>;

/// Finds for each slot the field of a line that has it. Of several, the one of lowest rank wins.
class FieldSlots {
 public:
  /// Whether a field of this type and content can have the slot. It may look at the type, and whether the text is
  /// empty.
  using Usable = bool (*)(std::uint8_t slot, const json::LineField& field);
  /// A rank that is not offered at all.
  static constexpr std::size_t kNever = SIZE_MAX;

  /// `names` live as long as this.
  FieldSlots(std::span<const FieldName> names, Usable usable);

  /// Improves `choice` by the fields of one line. `rank(name, field)` says which is preferred, `name` being the index
  /// among the names.
  template <class Rank>
  void choose(const std::vector<json::LineField>& fields, const Rank& rank, SlotChoice& choice) const {
    for (std::size_t f = 0; f < fields.size(); ++f) {
      const json::LineField& field = fields[f];
      for (const std::uint8_t i : candidates(field.key)) {
        const FieldName& name = names_[i];
        const bool here = name.parent == FieldName::kAnywhere || name.parent == field.parent;
        if (!here || name.key != field.key || !usable_(name.slot, field)) {
          continue;
        }
        const std::size_t offered = rank(i, field);
        ChosenField& best = choice[name.slot];
        if (offered != kNever && (best.name == nullptr || offered < best.rank)) {
          best = {&name, f, offered};
        }
      }
    }
  }

 private:
  static constexpr std::size_t kBuckets = 256;
  static std::size_t bucket_of(std::string_view key);
  /// Indices of the names that `key` may be: fifteen look-ups per line must cost next to nothing.
  const std::vector<std::uint8_t>& candidates(std::string_view key) const { return buckets_[bucket_of(key)]; }

  std::span<const FieldName> names_;
  Usable usable_;
  std::array<std::vector<std::uint8_t>, kBuckets> buckets_;
};

/// Remembers the choice for lines of one layout, so that it is made once.
class LayoutChoices {
 public:
  /// `choose` makes the choice from the line's fields.
  template <class Choose>
  const SlotChoice& of(const json::LineReader& line, const Choose& choose) {
    if (line.layout() == 0) {
      unknown_ = choose(line.fields());
      return unknown_;
    }
    Known& known = known_[line.layout() % known_.size()];
    if (known.layout != line.layout()) {
      known = {line.layout(), choose(line.fields())};
    }
    return known.choice;
  }

 private:
  struct Known {
    std::uint64_t layout = 0;
    SlotChoice choice{};
  };
  std::array<Known, json::LineReader::kLayouts> known_;
  SlotChoice unknown_{};
};

}  // namespace budgetcheck
