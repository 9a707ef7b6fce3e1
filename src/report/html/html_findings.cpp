#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "report/html/html_sections.h"
#include "report/words/finding_words.h"
#include "report/words/markup.h"
#include "report/words/printable.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMostFindings = 300;
constexpr std::size_t kLongestSql = 1200;

std::string line(const std::string& name, const std::string& html) {
  return html.empty() ? "" : "<div><dt>" + html_text(name, 40) + "</dt><dd>" + html + "</dd></div>";
}

std::string sql(const std::string& text) {
  return text.empty() ? "" : "<code class=\"sql\">" + html_text(sql_text(text, kLongestSql), kLongestSql) + "</code>";
}

std::string finding_row(const HtmlReport& html, std::size_t index) {
  const Finding& f = *html.findings[index];
  const Gravity g = gravity(f);
  std::string out = "<details class=\"row finding " + std::string(gravity_class(g)) + "\" id=\"f" +
                    std::to_string(index) + "\"><summary>" + html_pill(g, status_word(f)) + "<span class=\"name\"><b>" +
                    html_text(rule_title(f.rule, html.report.rules), 120) + "</b> <span class=\"sub\">" +
                    html_text(message_words(f), 400) + "</span></span>";
  out += "<span class=\"state\">" + std::string(state_words(f.state)) + "</span></summary>\n<div class=\"body\"><div>";
  const std::string step = next_step(f, html.report.rules);
  out += step.empty() ? "" : "<p class=\"do\"><b>Fix</b> " + html_text(step) + "</p>";
  out += html_see(html.links.of(f));
  if (!f.evidence.sql.empty()) {
    out += "<h3>The statement</h3>" + sql(f.evidence.sql);
  }
  for (const std::string& other : f.evidence.statements) {
    out += other == f.evidence.sql ? "" : "<h3>With it runs</h3>" + sql(other);
  }
  if (!f.evidence.parent_sql.empty()) {
    out += "<h3>It runs after</h3>" + sql(f.evidence.parent_sql);
  }
  const Rule* rule = html.report.rules.find(f.rule);
  out += rule == nullptr || rule->why.empty() ? "" : "<p class=\"quiet\">" + html_text(rule->why) + "</p>";
  out += "</div><dl>";
  for (const auto& [name, text] : evidence_lines(f)) {
    out += line(name, html_text(text, 300));
  }
  std::string columns;
  for (const std::string& column : f.fix.index) {
    columns += (columns.empty() ? "" : ", ") + name_text(column, 80);
  }
  out += line("index", columns.empty() ? "" : "<code>" + html_text(f.fix.model + "(" + columns + ")", 300) + "</code>");
  out += line("at", f.location.file.empty() ? "" : "<code>" + html_text(to_string(f.location), 200) + "</code>");
  out += line("rule", "<code>" + html_text(f.rule, 80) + "</code>");
  return out + "</dl></div></details>\n";
}

}  // namespace

std::string html_findings(const HtmlReport& html) {
  if (html.findings.empty()) {
    return "";
  }
  std::string out = section_begin("findings", "Findings", std::to_string(html.findings.size()),
                                  "What the rules found in query logs, bundles and captures, worst first.");
  out += "<div class=\"rows\">\n";
  for (std::size_t i = 0; i < std::min(html.findings.size(), kMostFindings); ++i) {
    out += finding_row(html, i);
  }
  out += "</div>\n";
  if (html.findings.size() > kMostFindings) {
    out += fmt::format("<p class=\"about\">{} more are not shown; the json report lists all of them.</p>\n",
                       html.findings.size() - kMostFindings);
  }
  return out + std::string(kSectionEnd);
}

namespace {

std::string statement_row(const PlacePart& part, const PartLayer& layer, const std::string& id) {
  std::string out =
      "<tr id=\"" + id + "\" tabindex=\"-1\"><td><code class=\"sql\">" + html_text(part.name, 300) + "</code>";
  out +=
      part.importer.empty() ? "" : "<br><span class=\"quiet\">called from " + html_text(part.importer, 140) + "</span>";
  out += "</td>";
  if (layer.has_base) {
    out += "<td class=\"num\">" + (part.base ? format_quantity(*part.base, layer.unit) : "") + "</td>";
  }
  return out + "<td class=\"num\">" + format_quantity(part.size, layer.unit) + "</td></tr>\n";
}

/// The statements of one route.
std::string statements(const PartPlace& place, std::size_t shown, const std::string& id, bool open) {
  const PartLayer& layer = place.layers.front();
  std::string out = fmt::format(
      "<details class=\"group\"{}><summary><b>{}</b> <span class=\"quiet\">{} of {}</span></summary>\n",
      open ? " open" : "", html_text(place.title, 140), counted(static_cast<std::size_t>(layer.total), "statement"),
      counted(layer.parts.size() + layer.left_out, "shape"));
  out += "<div class=\"scroll\" id=\"" + id + "\" tabindex=\"0\" role=\"region\" aria-label=\"Statements of " +
         html_text(place.title, 140) + "\"><table><thead><tr><th scope=\"col\">statement</th>" +
         (layer.has_base ? "<th scope=\"col\" class=\"num\">base</th>" : "") +
         "<th scope=\"col\" class=\"num\">in one request</th></tr></thead><tbody>\n";
  for (std::size_t i = 0; i < shown; ++i) {
    out += statement_row(layer.parts[i], layer, fmt::format("{}-{}", id, i));
  }
  const std::size_t more = layer.parts.size() - shown + layer.left_out;
  out += "</tbody></table></div>";
  out += more > 0 ? "<p class=\"about\">" + counted(more, "more shape") + " not shown</p>" : "";
  return out + "</details>\n";
}

}  // namespace

std::string html_queries(const HtmlReport& html) {
  const std::vector<std::size_t> rows = statement_rows(html.places);
  std::size_t routes = 0;
  std::size_t left_out = 0;
  std::string groups;
  for (std::size_t i = 0; i < html.places.size(); ++i) {
    if (html.places[i].group != kQueryGroup) {
      continue;
    }
    ++routes;
    if (rows[i] == 0) {
      ++left_out;
      continue;
    }
    groups += statements(html.places[i], rows[i], fmt::format("q{}", i), routes == 1);
  }
  if (routes == 0) {
    return "";
  }
  std::string out =
      section_begin("queries", "Queries", counted(routes, "route"),
                    "The statements of each route's worst request, without values, and how often each ran in it.");
  out += groups;
  out += left_out > 0 ? "<p class=\"about\">" + counted(left_out, "more route") + " not shown</p>\n" : "";
  return out + std::string(kSectionEnd);
}

}  // namespace budgetcheck
