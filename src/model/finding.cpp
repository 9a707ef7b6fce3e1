#include "model/finding.h"

#include "base/hash.h"

namespace budgetcheck {

std::string_view to_string(FindingState state) {
  switch (state) {
    case FindingState::kNew:
      return "new";
    case FindingState::kSame:
      return "same";
    case FindingState::kWorse:
      return "worse";
    case FindingState::kBetter:
      return "better";
    case FindingState::kWaived:
      return "waived";
  }
  return "new";
}

std::string finding_key(std::string_view rule, const std::vector<std::string>& parts) {
  std::string text(rule);
  for (const std::string& part : parts) {
    text += '\0';
    text += part;
  }
  return stable_key(text);
}

}  // namespace budgetcheck
