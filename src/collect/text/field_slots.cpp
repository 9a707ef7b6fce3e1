#include "collect/text/field_slots.h"

namespace budgetcheck {

FieldSlots::FieldSlots(std::span<const FieldName> names, Usable usable) : names_(names), usable_(usable) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    buckets_[bucket_of(names[i].key)].push_back(static_cast<std::uint8_t>(i));
  }
}

std::size_t FieldSlots::bucket_of(std::string_view key) {
  if (key.empty()) {
    return 0;
  }
  return (static_cast<unsigned char>(key.front()) * 31U + static_cast<unsigned char>(key.back()) * 7U + key.size()) %
         kBuckets;
}

}  // namespace budgetcheck
