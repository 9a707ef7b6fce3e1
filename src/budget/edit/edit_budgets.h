#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "model/budget.h"

namespace budgetcheck {

/// A new limit for one budget.
struct LimitEdit {
  std::size_t budget = 0;  ///< which of the document's `budgets`
  std::string key;         ///< "max", "min" or "max_increase"; the budget has it
  std::string part;        ///< of a growth in a mapping: "percent" or "absolute"; else empty
  std::string text;        ///< "26 kB"
  /// Takes the place of the budget's `raised`, or is written below the limit; nothing: what is there stays.
  std::optional<Raised> raised;
};

/// `text`, a valid budgets file, with other limits; everything else stays byte for byte. It is read again, and says
/// what it said but for these. Errors (kUsage, with the limit's place): the file is written in a way that cannot be
/// edited, such as a limit that an anchor shares with others; the hint has what to write by hand.
Expected<std::string> edit_budgets(const std::string& path, std::string_view text, const std::vector<LimitEdit>& edits);

}  // namespace budgetcheck
