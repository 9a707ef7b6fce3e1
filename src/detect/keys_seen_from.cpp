#include "detect/keys_seen_from.h"

#include "base/path.h"

namespace budgetcheck {

void see_keys_from(const std::string& folder, std::vector<Finding>& findings) {
  for (Finding& finding : findings) {
    const std::string& file = finding.location.file;
    const std::string seen = relative_to(file, folder);
    if (seen == file) {
      continue;
    }
    // The two kinds of keys that name a file: that of a whole file, and that of one thing in it.
    if (finding.key == finding_key(finding.rule, {file})) {
      finding.key = finding_key(finding.rule, {seen});
    } else if (finding.key == finding_key(finding.rule, {file, finding.subject})) {
      finding.key = finding_key(finding.rule, {seen, finding.subject});
    }
  }
}

}  // namespace budgetcheck
