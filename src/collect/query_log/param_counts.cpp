#include "collect/query_log/param_counts.h"

namespace budgetcheck {

ParamCounts::Count* ParamCounts::find(std::uint64_t params, bool add) {
  if (many_ == nullptr) {
    if (has_first_ && first_key_ == params) {
      return &first_;
    }
    if (!add) {
      return nullptr;
    }
    if (!has_first_) {
      has_first_ = true;
      first_key_ = params;
      return &first_;
    }
    many_ = std::make_unique<Many>();
    many_->keys.number_of(first_key_);
    many_->counts.push_back(first_);
  }
  const std::uint32_t number = add ? many_->keys.number_of(params) : many_->keys.find(params);
  if (number == KeyIndex::kNone) {
    return nullptr;
  }
  if (number == many_->counts.size()) {
    many_->counts.emplace_back();
  }
  return &many_->counts[number];
}

}  // namespace budgetcheck
