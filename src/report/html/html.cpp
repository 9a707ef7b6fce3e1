#include <algorithm>

#include "base/text.h"
#include "report/format.h"
#include "report/html/html_frame.h"
#include "report/html/html_sections.h"
#include "report/words/markup.h"
#include "report/words/printable.h"
#include "report/words/run_words.h"

namespace budgetcheck {
namespace {

/// A link for each section that is there.
std::string navigation(const std::string& sections) {
  constexpr std::string_view kBegin = "<section id=\"";
  constexpr std::string_view kHeading = "-h\">";
  std::string out;
  for (std::size_t at = sections.find(kBegin); at != std::string::npos; at = sections.find(kBegin, at + 1)) {
    const std::size_t id = at + kBegin.size();
    const std::size_t heading = sections.find("<h2", id);
    const std::size_t text = sections.find(kHeading, heading) + kHeading.size();
    const std::size_t end = sections.find("</h2>", text);
    out += "<a href=\"#" + sections.substr(id, sections.find('"', id) - id) + "\">" +
           sections.substr(text, end - text) + "</a>\n";
  }
  return out.empty() ? "" : "<nav aria-label=\"Sections\">" + out + "</nav>\n";
}

/// Whether there is anything that charts would draw.
bool wants_charts(const HtmlReport& html) {
  const bool history = std::any_of(html.histories.begin(), html.histories.end(),
                                   [](const std::vector<double>& values) { return !values.empty(); });
  return history || std::any_of(html.places.begin(), html.places.end(),
                                [](const PartPlace& place) { return place.group != kQueryGroup; });
}

}  // namespace

std::string render_html(const Report& report, const Rendering& /*rendering*/) {
  const HtmlReport html(report);
  const bool charts = wants_charts(html) && !page_file("charts.js").empty();
  const std::string app = report.app.empty() ? report.project : report.app;
  const std::string title =
      lower(outcome_word(report)) + (app.empty() ? "" : ": " + name_text(app, 60)) + " - budgetcheck";
  std::vector<std::string_view> scripts = {"page.js", "verdicts.js", "parts.js"};
  if (charts) {
    scripts.insert(scripts.begin(), "charts.js");
  }
  std::string out = page_head(title, {"base.css", "report.css"}, scripts);
  out +=
      "<a class=\"skip\" href=\"#main\">Skip to the results</a>\n<header class=\"top\"><p class=\"brand\">budgetcheck"
      "<span class=\"quiet\"> report</span></p><button type=\"button\" id=\"theme\" hidden>Theme</button></header>\n"
      "<main id=\"main\">\n";
  std::string sections = html_verdicts(html) + html_findings(html) + html_bundles(html) + html_requests(html) +
                         html_traces(html) + html_load(html) + html_queues(html);
  sections += html_history(html) + html_queries(html) + html_inputs(html);
  out += html_summary(html) + navigation(sections) + sections + "</main>\n";
  out += "<footer><p>budgetcheck " + html_text(report.tool_version, 40) + ", one file that needs no network. " +
         std::string(kChartsBegin) +
         (charts ? "Charts by Apache ECharts, whose licences are in this file's source. " : "") +
         std::string(kChartsEnd) + "The same for programs: <code>--output json=FILE</code>.</p></footer>\n";
  out += "<script type=\"application/json\" id=\"data\">" + json_for_script(html_data(html)) + "</script>\n";
  out += std::string(kChartsBegin) + (charts ? page_script("charts.js") : "") + std::string(kChartsEnd) + "\n";
  out += page_script("page.js") + page_script("verdicts.js") + page_script("parts.js");
  return out + "</body>\n</html>\n";
}

}  // namespace budgetcheck
