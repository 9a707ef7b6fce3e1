#include "collect/trace/span_names.h"

#include "base/hash.h"

namespace budgetcheck {

SpanNames::SpanNames() {
  for (const std::string_view text : {"", "(other)"}) {
    index_.number_of(hash64(text));
    texts_.emplace_back(text);
  }
}

NameId SpanNames::number_of(std::string_view text) {
  text = text.substr(0, kMaxBytes);
  const std::uint64_t hash = hash64(text);
  if (const std::uint32_t known = index_.find(hash); known != KeyIndex::kNone) {
    return known;
  }
  if (texts_.size() >= kMost) {
    overflowed_ = true;
    return kOther;
  }
  texts_.emplace_back(text);
  return index_.number_of(hash);
}

}  // namespace budgetcheck
