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

constexpr std::size_t kLongTables = 12;  ///< of so many places the tables show kStaticParts, of others kFewParts
constexpr std::size_t kStaticParts = 15;
constexpr std::size_t kFewParts = 5;
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

std::string table(const PartPlace& place, std::size_t most) {
  const PartLayer& layer = place.layers.front();
  const bool has_base = layer.has_base;
  std::string out = "<table><caption>" + html_text(place.title, 140) + ": " + html_text(layer.words) + ", " +
                    (has_base ? format_quantity(layer.base_total, layer.unit) + " at the base, now " : "") +
                    format_quantity(layer.total, layer.unit) + "</caption><thead><tr><th scope=\"col\">name</th>" +
                    (has_base ? "<th scope=\"col\" class=\"num\">base</th>" : "") +
                    "<th scope=\"col\" class=\"num\">now</th>" +
                    (has_base ? "<th scope=\"col\" class=\"num\">vs. base</th>" : "") + "</tr></thead><tbody>\n";
  const std::size_t shown = std::min(layer.parts.size(), most);
  for (std::size_t i = 0; i < shown; ++i) {
    const PlacePart& part = layer.parts[i];
    out += "<tr><td>" + html_text(part.name, 140) + "</td>";
    if (has_base) {
      out += "<td class=\"num\">" + (part.base ? format_quantity(*part.base, layer.unit) : "") + "</td>";
    }
    out += "<td class=\"num\">" + format_quantity(part.size, layer.unit) + "</td>";
    out += (has_base ? "<td class=\"num\">" + difference(part, layer.unit) + "</td>" : "") + "</tr>\n";
  }
  const std::size_t more = layer.parts.size() - shown + layer.left_out;
  out += "</tbody></table>\n";
  return out + (more > 0 ? "<p class=\"about\">" + std::to_string(more) + " more</p>\n" : "");
}

}  // namespace

std::string html_bundles(const HtmlReport& html) {
  const auto is_shown = [](const PartPlace& place) { return place.group != kQueryGroup; };
  const auto count = static_cast<std::size_t>(std::count_if(html.places.begin(), html.places.end(), is_shown));
  if (count == 0) {
    return "";
  }
  std::string out = section_begin("parts", "What it is made of", counted(count, "place"));
  out += std::string(kChartsBegin);
  out += page_file("charts.js").empty() ? "<p class=\"about\">This program was built without charts (node and npm were "
                                          "missing), so there are tables instead.</p>"
                                        : "";
  out += std::string(kChartsEnd) + "\n<div id=\"part-view\" hidden></div>\n<div class=\"nojs\">\n";
  for (std::size_t i = 0; i < html.places.size(); ++i) {
    if (is_shown(html.places[i])) {
      out += fmt::format(
          "<div class=\"scroll\" id=\"p{}\" tabindex=\"0\" role=\"region\" aria-label=\"Parts of {}\">{}</div>\n", i,
          html_text(html.places[i].title, 140), table(html.places[i], i < kLongTables ? kStaticParts : kFewParts));
    }
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
