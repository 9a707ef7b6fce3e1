#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/number.h"
#include "base/text.h"
#include "base/units.h"
#include "report/html/html_sections.h"
#include "report/load/load_rows.h"
#include "report/words/markup.h"
#include "report/words/printable.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMostRows = 100;
constexpr std::size_t kMostCards = 24;

std::string bar(double value, double most, bool is_base) {
  const double share = most > 0 ? std::clamp(value / most * 100, 0.0, 100.0) : 0;
  return fmt::format(
      "<svg class=\"bar\" viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect "
      "class=\"track\" "
      "width=\"100\" height=\"8\"/><rect class=\"{}\" width=\"{}\" height=\"8\"/></svg>",
      is_base ? "was" : "fill", format_rounded(share, 1));
}

/// All quantiles on one scale, each above that of the base.
std::string bars_of(const LoadRow& row) {
  double most = 0;
  for (const LoadQuantile& quantile : row.quantiles) {
    most = std::max({most, quantile.value, quantile.base.value_or(0)});
  }
  std::string out = "<div class=\"beside\">";
  for (const LoadQuantile& quantile : row.quantiles) {
    out +=
        fmt::format("<span>{}</span>{}<span class=\"num\">{}</span>", quantile.name, bar(quantile.value, most, false),
                    html_text(format_quantity(quantile.value, Unit::kMilliseconds)));
    if (quantile.base) {
      out +=
          fmt::format("<span class=\"quiet\">base</span>{}<span class=\"num quiet\">{}</span>",
                      bar(*quantile.base, most, true), html_text(format_quantity(*quantile.base, Unit::kMilliseconds)));
    }
  }
  return out + "</div>";
}

std::string table_of(const std::vector<LoadRow>& rows) {
  std::string out =
      "<div class=\"group\"><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Load tests\"><table "
      "class=\"routes\"><thead><tr><th scope=\"col\">test</th>";
  for (const std::string_view head : load_heads()) {
    out += fmt::format("<th scope=\"col\" class=\"num\">{}</th>", head);
  }
  out += "</tr></thead><tbody>\n";
  for (std::size_t i = 0; i < std::min(rows.size(), kMostRows); ++i) {
    out += "<tr><td>" + html_text(name_text(rows[i].test, 80), 80) + " <span class=\"quiet\">" +
           html_text(name_text(rows[i].route.empty() ? "all requests" : rows[i].route, 100), 100) + "</span></td>";
    const std::vector<std::string> cells = load_cells(rows[i]);
    for (std::size_t k = 0; k < cells.size(); ++k) {
      out +=
          fmt::format("<td class=\"num\"><span class=\"lbl\">{}</span> {}</td>", load_heads()[k], html_text(cells[k]));
    }
    out += "</tr>\n";
  }
  out += "</tbody></table></div></div>\n";
  return out + (rows.size() > kMostRows ? fmt::format("<p class=\"about\">{} not shown</p>\n",
                                                      counted(rows.size() - kMostRows, "more route"))
                                        : "");
}

}  // namespace

std::string html_load(const HtmlReport& html) {
  const std::vector<LoadRow> rows = load_rows(html.report.samples, html.report.base_samples);
  if (rows.empty()) {
    return "";
  }
  const auto tests = std::count_if(rows.begin(), rows.end(), [](const LoadRow& row) { return row.route.empty(); });
  std::string out = section_begin(
      "load", "Load tests", counted(static_cast<std::size_t>(tests), "test"),
      "Successes a second leave out answers with an error. Times are of successful requests where the tool tells them "
      "apart, and quantiles that it does not tell are not made up.");
  out += table_of(rows);
  std::string cards;
  std::size_t shown = 0;
  for (const LoadRow& row : rows) {
    if (row.quantiles.empty() || shown == kMostCards) {
      continue;
    }
    ++shown;
    cards += "<li><b>" + html_text(name_text(load_name(row), 100), 100) + "</b> <span class=\"quiet\">" +
             (row.of_successes                       ? "successful requests"
              : row.errors && row.errors->events > 0 ? "all requests, failed ones among them"
                                                     : "all requests") +
             "</span>" + bars_of(row) + "</li>\n";
  }
  out += cards.empty() ? "" : "<ul class=\"cards\">\n" + cards + "</ul>\n";
  return out + std::string(kSectionEnd);
}

}  // namespace budgetcheck
