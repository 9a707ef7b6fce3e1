#include "collect/personal_data/found_values.h"

#include <fmt/format.h>

#include <utility>

#include "base/text.h"
#include "collect/account.h"

namespace budgetcheck::personal {

void FoundValues::add(const Place& place, const Values& values) {
  const auto found = values_.find(place);
  if (found != values_.end()) {
    found->second.count += values.count;
  } else if (values_.size() < kMost) {
    values_.emplace(place, values);
  } else {
    dropped_ += values.count;
  }
}

void FoundValues::add(const std::string& field, std::uint32_t line, const Found& value) {
  add({field, value.kind}, {line, 1, value.sample});
}

void FoundValues::add_more(const std::string& field, std::uint32_t line, const Found& value, std::uint64_t count) {
  add({field, value.kind}, {line, count, value.sample});
}

void FoundValues::add(const FoundValues& later, std::uint32_t lines_before) {
  for (const auto& [place, values] : later.values_) {
    Values moved = values;
    moved.line += lines_before;
    add(place, moved);
  }
  dropped_ += later.dropped_;
}

void FoundValues::clear() {
  values_.clear();
  dropped_ = 0;
}

void FoundValues::report(Input& input, PersonalFacts& facts) const {
  for (const auto& [place, values] : values_) {
    PersonalValues& one = facts.values.emplace_back();
    one.kind = place.kind;
    one.field = place.field;
    one.location = Location::of(input.path);
    one.location.line = values.line;
    one.count = values.count;
    one.sample = values.sample;
  }
  facts.searched.push_back(input.path);
  if (dropped_ > 0) {
    Account(input).note(fmt::format("personal data in more than {} fields: {} in others are not listed", kMost,
                                    counted(dropped_, "value")),
                        "name fields by what they hold, not by whom they are about");
  }
}

}  // namespace budgetcheck::personal
