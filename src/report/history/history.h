#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/history.h"
#include "report/format.h"

namespace budgetcheck {

/// One output format of `budgetcheck history`: a pure function of the history.
struct HistoryFormat {
  std::string_view name;
  std::string (*render)(const BudgetHistory& history, const Rendering& rendering) = nullptr;
};

const std::vector<HistoryFormat>& history_formats();

std::string render_history_text(const BudgetHistory& history, const Rendering& rendering);
std::string render_history_json(const BudgetHistory& history, const Rendering& rendering);
std::string render_history_markdown(const BudgetHistory& history, const Rendering& rendering);
/// One page that needs no other file and no network; follows the reader's light or dark setting.
std::string render_history_html(const BudgetHistory& history, const Rendering& rendering);

// Words that all of them share; printable, not escaped for any format.

/// "lighthouse.lcp, page=/, device=mobile (median)".
std::string series_subject(const BudgetSeries& series);
/// "2.14 s, limit 2.5 s: 360 ms (14.4%) left".
std::string series_numbers(const BudgetSeries& series);
/// "+30 ms a month (+12 ms to +48 ms): reaches its limit between 2027-03-01 and 2027-09-14"; or why there is none.
std::string series_trend(const BudgetSeries& series);
/// "7% worse than 70 records ago: 2 s → 2.14 s"; empty without one.
std::string series_drift(const BudgetSeries& series);

}  // namespace budgetcheck
