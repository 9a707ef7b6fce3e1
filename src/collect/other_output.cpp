#include "collect/other_output.h"

#include <algorithm>

#include "base/text.h"

namespace budgetcheck {

std::optional<OtherOutput> marked_output(const std::vector<OutputMark>& marks, std::string_view head) {
  const std::string_view text = trim(head);
  if (text.empty()) {
    return std::nullopt;
  }
  for (const OutputMark& mark : marks) {
    const bool fits = (mark.first == '\0' || mark.first == text.front()) &&
                      std::all_of(mark.holds.begin(), mark.holds.end(),
                                  [&](std::string_view part) { return text.find(part) != std::string_view::npos; });
    if (fits) {
      return mark.output;
    }
  }
  return std::nullopt;
}

}  // namespace budgetcheck
