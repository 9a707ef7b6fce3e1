#include <fmt/format.h>

#include "base/text.h"
#include "report/history/history.h"
#include "report/html/html_frame.h"
#include "report/words/markup.h"
#include "report/words/sparkline.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMostSeries = 1000;

std::string card(const BudgetSeries& series) {
  const std::string subject = series_subject(series);
  const std::string count = counted(series.points.size(), "record");
  std::string out = "<li>\n<h2>" + html_text(series.budget) + "</h2>\n";
  out += "<p class=\"quiet\">" + html_text(subject) + "</p>\n";
  out += history_svg(series, subject + ", " + count + ": " + series_numbers(series)) + "\n";
  out += "<p>" + html_text(series_numbers(series)) + "</p>\n<p class=\"quiet\">" + html_text(series_trend(series)) +
         "</p>\n";
  const std::string drift = series_drift(series);
  out += drift.empty() ? "" : "<p class=\"drift\">drifted: " + html_text(drift) + "</p>\n";
  return out + "</li>\n";
}

}  // namespace

std::string render_history_html(const BudgetHistory& history, const Rendering& /*rendering*/) {
  std::string out = page_head("budgetcheck history", {"base.css", "history.css"}, {}) + "<main>\n";
  out += "<h1>budgetcheck history" + (history.app.empty() ? "" : " of " + html_text(history.app)) + "</h1>\n";
  out += "<p class=\"quiet\">" + counted(history.records, "record") + ", " + html_text(history.from) +
         ". The dashed line is the limit.</p>\n";
  for (const std::string& note : history.notes) {
    out += "<p>" + html_text(note) + "</p>\n";
  }
  if (!history.series.empty()) {
    out += "<ul class=\"cards\">\n";
    for (std::size_t i = 0; i < std::min(history.series.size(), kMostSeries); ++i) {
      out += card(history.series[i]);
    }
    out += "</ul>\n";
  }
  if (history.series.size() > kMostSeries) {
    out += fmt::format("<p>{} more are not shown.</p>\n", history.series.size() - kMostSeries);
  }
  return out + "</main>\n</body>\n</html>\n";
}

}  // namespace budgetcheck
