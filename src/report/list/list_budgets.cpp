#include <fmt/format.h>

#include "base/text.h"
#include "report/list/list.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kIndent = "  ";

std::string commented(const std::string& lines) {
  std::string out;
  for (const std::string_view line : split(lines, '\n')) {
    out += line.empty() ? "" : fmt::format("{}# {}\n", kIndent, line.substr(std::min(kIndent.size(), line.size())));
  }
  return out;
}

/// "today: 112 kB (max of 3)".
std::string today(const ListedMeasurement& m) {
  return fmt::format("today: {}{}{}", m.lower_bound ? "at least " : "", format_quantity(m.value, m.unit),
                     m.runs > 1 ? fmt::format(" ({})", runs_words(m)) : "");
}

}  // namespace

std::string render_list_budgets(const Listing& listing, const Rendering& /*rendering*/) {
  std::string out = fmt::format("{}# lines of 'budgets:', with limits that today's values keep\n", kIndent);
  for (const ListedMeasurement& m : listing.measurements) {
    DraftBudget draft = m.draft;
    if (!m.no_draft.empty()) {
      out += commented(fmt::format("{}{}: {}: {}\n", kIndent, summary_of(draft), today(m), printable(m.no_draft)));
      continue;
    }
    draft.comments = {today(m)};
    if (m.budgets.empty()) {
      out += budget_lines(draft, kIndent);
    } else {
      draft.comments.front() += ", has a budget: " + join(m.budgets, ", ");
      const std::string lines = budget_lines(draft, kIndent);
      // The remark on the value is a comment already.
      const std::size_t item = lines.find(fmt::format("\n{}- ", kIndent)) + 1;
      out += lines.substr(0, item) + commented(lines.substr(item));
    }
  }
  return out;
}

}  // namespace budgetcheck
