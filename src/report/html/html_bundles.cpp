#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "report/html/html_frame.h"
#include "report/html/html_sections.h"
#include "report/words/markup.h"
#include "report/words/sparkline.h"
#include "report/words/verdict_words.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kStaticPlaces = 12;
constexpr std::size_t kStaticParts = 15;
constexpr std::size_t kMostCards = 40;

std::string difference(const PlacePart& part, Unit unit) {
  if (!part.base) {
    return "";
  }
  const double delta = part.size - *part.base;
  if (std::fabs(delta) < 1) {
    return "same";
  }
  return format_delta(delta, unit) + (*part.base == 0 ? " (new)" : part.size == 0 ? " (gone)" : "");
}

std::string table(const PartPlace& place, const PartLayer& layer) {
  std::string out = "<table><caption>" + html_text(place.title, 140) + ": " + html_text(layer.words) + ", " +
                    format_quantity(layer.total, layer.unit) +
                    "</caption><thead><tr><th>name</th><th class=\"num\">size</th>" +
                    "<th class=\"num\">vs. base</th></tr></thead><tbody>\n";
  const std::size_t shown = std::min(layer.parts.size(), kStaticParts);
  for (std::size_t i = 0; i < shown; ++i) {
    const PlacePart& part = layer.parts[i];
    out += "<tr><td>" + html_text(part.name, 140) + "</td><td class=\"num\">" + format_quantity(part.size, layer.unit) +
           "</td><td class=\"num\">" + difference(part, layer.unit) + "</td></tr>\n";
  }
  const std::size_t more = layer.parts.size() - shown + layer.left_out;
  out += "</tbody></table>\n";
  return out + (more > 0 ? "<p class=\"about\">" + std::to_string(more) + " more</p>\n" : "");
}

}  // namespace

std::string html_bundles(const HtmlReport& html) {
  std::vector<const PartPlace*> places;
  for (const PartPlace& place : html.places) {
    if (place.group != "Queries") {
      places.push_back(&place);
    }
  }
  if (places.empty()) {
    return "";
  }
  std::string out = section_begin("parts", "What it is made of", counted(places.size(), "place"));
  out += std::string(kChartsBegin);
  out += page_file("charts.js").empty() ? "<p class=\"about\">This program was built without charts (node and npm were "
                                          "missing), so there are tables instead.</p>"
                                        : "";
  out += std::string(kChartsEnd) + "\n<div id=\"part-view\" hidden></div>\n<div class=\"nojs\">\n";
  for (std::size_t i = 0; i < std::min(places.size(), kStaticPlaces); ++i) {
    out += "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Parts of " +
           html_text(places[i]->title, 140) + "\">" + table(*places[i], places[i]->layers.front()) + "</div>\n";
  }
  if (places.size() > kStaticPlaces) {
    out += "<p class=\"about\">" + counted(places.size() - kStaticPlaces, "place") + " more with scripts enabled</p>\n";
  }
  return out + "</div>\n" + std::string(kSectionEnd);
}

std::string html_history(const HtmlReport& html) {
  std::string cards;
  std::size_t count = 0;
  for (std::size_t i = 0; i < html.verdicts.size(); ++i) {
    const Verdict& v = *html.verdicts[i];
    const std::vector<double>& values = html.histories[i];
    if (values.empty() || ++count > kMostCards) {
      continue;
    }
    BudgetSeries series;
    series.limit = v.limit && std::isfinite(*v.limit) ? v.limit : std::nullopt;
    for (std::size_t k = 0; k < values.size(); ++k) {
      series.points.push_back({"", "", static_cast<long>(k), values[k]});
    }
    const std::string words = numbers_sentence(v);
    cards += "<li class=\"" + std::string(gravity_class(gravity(v))) + "\"><h3><a href=\"#v" + std::to_string(i) +
             "\">" + html_text(budget_words(v), 120) + "</a></h3><p class=\"quiet\">" +
             html_text(subject_words(v), 200) + "</p>" +
             history_svg(series, fmt::format("{} over {} values: {}", budget_words(v), values.size(), words)) + "<p>" +
             html_text(words, 200) + "</p></li>\n";
  }
  if (count == 0) {
    return "";
  }
  std::string out = section_begin("history", "History", counted(count, "budget"),
                                  "Values of the main branch up to this change; the dashed line is the limit.");
  out += "<ul class=\"cards\">\n" + cards + "</ul>\n";
  out += count > kMostCards
             ? fmt::format("<p class=\"about\">{} more: open the budget to see its history</p>\n", count - kMostCards)
             : "";
  return out + std::string(kSectionEnd);
}

}  // namespace budgetcheck
