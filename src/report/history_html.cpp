#include "base/text.h"
#include "report/history.h"
#include "report/markup.h"
#include "report/sparkline.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMostSeries = 1000;

constexpr std::string_view kHead = R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>budgetcheck history</title>
<style>
:root { color-scheme: light dark; --back: #fff; --text: #1f2328; --quiet: #59636e; --edge: #d1d9e0; --line: #0550ae; --limit: #a40e26; }
@media (prefers-color-scheme: dark) { :root { --back: #0d1117; --text: #e6edf3; --quiet: #9198a1; --edge: #3d444d; --line: #79c0ff; --limit: #ff9492; } }
body { margin: 0 auto; max-width: 70rem; padding: 1rem; background: var(--back); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin: 0; overflow-wrap: anywhere; }
ul { list-style: none; margin: 0; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(min(21rem, 100%), 1fr)); gap: 1rem; }
li { border: 1px solid var(--edge); border-radius: .5rem; padding: .75rem 1rem; min-width: 0; }
p { margin: .25rem 0; overflow-wrap: anywhere; } .quiet { color: var(--quiet); } .crept { color: var(--limit); font-weight: 600; }
svg { width: 100%; height: auto; display: block; margin: .5rem 0; }
.line { fill: none; stroke: var(--line); stroke-width: 2; stroke-linejoin: round; vector-effect: non-scaling-stroke; }
.limit { stroke: var(--limit); stroke-width: 1.5; stroke-dasharray: 5 4; } .dot { fill: var(--line); }
</style>
</head>
<body>
<main>
)";

std::string card(const BudgetSeries& series) {
  const std::string subject = series_subject(series);
  const std::string count = counted(series.points.size(), "record");
  std::string out = "<li>\n<h2>" + html_text(series.budget) + "</h2>\n";
  out += "<p class=\"quiet\">" + html_text(subject) + "</p>\n";
  out += history_svg(series, subject + ", " + count + ": " + series_numbers(series)) + "\n";
  out += "<p>" + html_text(series_numbers(series)) + "</p>\n<p class=\"quiet\">" + html_text(series_trend(series)) +
         "</p>\n";
  const std::string drift = series_drift(series);
  out += drift.empty() ? "" : "<p class=\"crept\">crept: " + html_text(drift) + "</p>\n";
  return out + "</li>\n";
}

}  // namespace

std::string render_history_html(const BudgetHistory& history, const Rendering& /*rendering*/) {
  std::string out(kHead);
  out += "<h1>budgetcheck history" + (history.app.empty() ? "" : " of " + html_text(history.app)) + "</h1>\n";
  out += "<p class=\"quiet\">" + counted(history.records, "record") + ", " + html_text(history.from) +
         ". The dashed line is the limit.</p>\n";
  for (const std::string& note : history.notes) {
    out += "<p>" + html_text(note) + "</p>\n";
  }
  if (!history.series.empty()) {
    out += "<ul>\n";
    for (std::size_t i = 0; i < std::min(history.series.size(), kMostSeries); ++i) {
      out += card(history.series[i]);
    }
    out += "</ul>\n";
  }
  if (history.series.size() > kMostSeries) {
    out += "<p>" + std::to_string(history.series.size() - kMostSeries) + " more are left out here.</p>\n";
  }
  return out + "</main>\n</body>\n</html>\n";
}

}  // namespace budgetcheck
