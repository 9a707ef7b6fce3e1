#include <fmt/format.h>

#include "base/text.h"
#include "report/history/history.h"
#include "report/words/page.h"
#include "report/words/printable.h"
#include "report/words/sparkline.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kIndent = 2;
constexpr std::size_t kMostSeries = 100;
constexpr std::size_t kWidestChart = 60;

std::vector<double> values_of(const BudgetSeries& series) {
  std::vector<double> values;
  for (const HistoryPoint& point : series.points) {
    values.push_back(point.value);
  }
  return values;
}

}  // namespace

std::string render_history_text(const BudgetHistory& history, const Rendering& rendering) {
  Page page(rendering);
  const std::size_t room = page.width() > kIndent ? page.width() - kIndent : 1;
  std::size_t shown = 0;
  for (const BudgetSeries& series : history.series) {
    if (++shown > kMostSeries) {
      break;
    }
    page.gap();
    page.paragraph(0, name_text(series.budget), Paint::kBold, series_subject(series), kIndent);
    page.paragraph(kIndent, "", Paint::kPlain,
                   sparkline(values_of(series), std::min(room, kWidestChart), rendering.unicode), 0, Paint::kCyan);
    page.paragraph(kIndent, "", Paint::kPlain, series_numbers(series), 0);
    page.paragraph(kIndent, "", Paint::kPlain, series_trend(series), 0, series.trend ? Paint::kPlain : Paint::kDim);
    if (series.drift) {
      page.paragraph(kIndent, "drifted", Paint::kYellow, series_drift(series), 0);
    }
  }
  if (history.series.size() > kMostSeries) {
    page.gap();
    page.paragraph(0, "", Paint::kPlain,
                   fmt::format("{} more series, farther from a breach: --output json=FILE lists all of them",
                               history.series.size() - kMostSeries),
                   0);
  }
  page.gap();
  for (const std::string& note : history.notes) {
    page.paragraph(0, "note", Paint::kDim, sentence_text(note), 5);
  }
  page.paragraph(0, "", Paint::kPlain,
                 counted(history.records, "record") + (history.app.empty() ? "" : " of " + name_text(history.app)) +
                     ", " + sentence_text(history.from),
                 0);
  return page.take();
}

}  // namespace budgetcheck
