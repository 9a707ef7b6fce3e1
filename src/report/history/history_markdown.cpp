#include <fmt/format.h>

#include "base/text.h"
#include "report/history/history.h"
#include "report/words/markup.h"
#include "report/words/sparkline.h"

namespace budgetcheck {
namespace {

// What GitHub takes in one comment or step summary, with room for what follows.
constexpr std::size_t kMostBytes = 60'000;
constexpr std::size_t kChartWidth = 30;

std::string row(const BudgetSeries& series) {
  std::vector<double> values;
  for (const HistoryPoint& point : series.points) {
    values.push_back(point.value);
  }
  const std::string drift = series_drift(series);
  std::string out = "| " + markdown_code(series.budget, 80);
  out += "<br>" + markdown_code(series_subject(series), 100) + " | ";
  out += sparkline(values, kChartWidth, true) + " | " + markdown_text(series_numbers(series)) + " | ";
  out += markdown_text(series_trend(series)) + (drift.empty() ? "" : "<br>⚠️ drifted: " + markdown_text(drift));
  return out + " |\n";
}

}  // namespace

std::string render_history_markdown(const BudgetHistory& history, const Rendering& /*rendering*/) {
  std::string out =
      "### budgetcheck history" + (history.app.empty() ? "" : " of " + markdown_code(history.app)) + "\n\n";
  std::size_t shown = 0;
  if (!history.series.empty()) {
    out += "| budget | so far | now | trend |\n|---|---|---|---|\n";
    for (; shown < history.series.size(); ++shown) {
      const std::string next = row(history.series[shown]);
      if (out.size() + next.size() > kMostBytes) {
        break;
      }
      out += next;
    }
    out += "\n";
  }
  if (shown < history.series.size()) {
    out += fmt::format("{} more series, farther from a breach, not shown; the json output lists all of them\n\n",
                       history.series.size() - shown);
  }
  constexpr std::size_t kMostNotes = 20;
  for (std::size_t i = 0; i < history.notes.size() && i < kMostNotes; ++i) {
    out += "- " + markdown_text(history.notes[i], 300) + "\n";
  }
  return out + (history.notes.empty() ? "" : "\n") + counted(history.records, "record") + ", " +
         markdown_text(history.from) + "\n";
}

}  // namespace budgetcheck
