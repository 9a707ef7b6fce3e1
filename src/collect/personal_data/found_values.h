#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "collect/personal_data/search.h"
#include "model/input.h"
#include "model/personal/personal_facts.h"

namespace budgetcheck::personal {

/// What was found in one input, by field and kind: memory is bounded by how many of these there may be.
class FoundValues {
 public:
  static constexpr std::size_t kMost = 1000;

  void add(const std::string& field, std::uint32_t line, const Found& value);
  /// The same value in `count` other places, behind the first in `line`.
  void add_more(const std::string& field, std::uint32_t line, const Found& value, std::uint64_t count);
  /// What a later part of the same input holds, whose first line follows `lines_before` others.
  void add(const FoundValues& later, std::uint32_t lines_before);

  bool empty() const { return values_.empty() && dropped_ == 0; }
  void clear();
  /// In the order of fields. Says at the input what was left out.
  void report(Input& input, PersonalFacts& facts) const;

 private:
  struct Place {
    std::string field;
    PersonalKind kind = PersonalKind::kEmail;

    bool operator<(const Place& other) const { return field != other.field ? field < other.field : kind < other.kind; }
  };
  struct Values {
    std::uint32_t line = 0;
    std::uint64_t count = 0;
    std::string sample;
  };
  void add(const Place& place, const Values& values);

  std::map<Place, Values> values_;
  std::uint64_t dropped_ = 0;
};

}  // namespace budgetcheck::personal
