#include "judge/change/finding_states.h"

#include <map>
#include <string>

namespace budgetcheck {

void compare_findings(std::vector<Finding>& findings, const Results* base) {
  std::map<std::string, double> known;
  if (base != nullptr) {
    for (const Finding& finding : base->findings) {
      known.emplace(finding.key, finding.magnitude);
    }
  }
  for (Finding& finding : findings) {
    const auto found = known.find(finding.key);
    if (found == known.end()) {
      finding.state = FindingState::kNew;
    } else if (finding.magnitude == found->second) {
      finding.state = FindingState::kSame;
    } else {
      finding.state = finding.magnitude > found->second ? FindingState::kWorse : FindingState::kBetter;
    }
  }
}

}  // namespace budgetcheck
