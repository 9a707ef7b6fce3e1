#include "collect/logs/text/known_texts.h"

#include "base/hash.h"

namespace budgetcheck::console {

KnownTexts::Text& KnownTexts::of(std::string_view text) {
  if (known_.size() >= kMost) {
    known_.clear();
  }
  const auto [known, is_new] = known_.try_emplace(hash64(text));
  if (is_new) {
    known->second.scan.feed(text);
  }
  return known->second;
}

}  // namespace budgetcheck::console
