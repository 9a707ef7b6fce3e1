#include "collect/personal_data/line_search.h"

#include <utility>

namespace budgetcheck::personal {
namespace {

Found address() { return {PersonalKind::kIp, masked_sample(PersonalKind::kIp, "1.1.1.1")}; }

}  // namespace

void LineSearch::expect_curl() {
  is_curl_ = true;
  walk_.expect_curl();
}

void LineSearch::add_address(const Field& field, std::uint32_t number) {
  for (Addresses& one : addresses_) {
    if (one.field == &field) {
      ++one.more;
      return;
    }
  }
  found_.add(field.path, number, address());
  addresses_.push_back({&field, number, 0});
}

void LineSearch::look(std::string_view line, const json::LineReader* object, std::uint32_t number) {
  if (object != nullptr) {
    const LayoutFilter::Answer answer = objects_.look(line, *object);
    if (answer == LayoutFilter::Answer::kMayHold) {
      walk_.look(line, number);
    } else if (answer == LayoutFilter::Answer::kAddresses) {
      for (const Field* field : objects_.addresses()) {
        add_address(*field, number);
      }
    }
    return;
  }
  const TextFilter::Answer answer = texts_.look(line);
  if (answer == TextFilter::Answer::kMayHold || (is_curl_ && answer == TextFilter::Answer::kAddress)) {
    walk_.look(line, number);
  } else if (answer == TextFilter::Answer::kAddress) {
    add_address(texts_.field(), number);
  }
}

FoundValues LineSearch::take() {
  for (const Addresses& one : addresses_) {
    if (one.more > 0) {
      found_.add_more(one.field->path, one.first, address(), one.more);
    }
  }
  addresses_.clear();
  return std::exchange(found_, {});
}

}  // namespace budgetcheck::personal
