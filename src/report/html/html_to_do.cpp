#include <fmt/format.h>

#include <algorithm>

#include "report/html/html_sections.h"
#include "report/words/cause_words.h"
#include "report/words/finding_words.h"
#include "report/words/markup.h"
#include "report/words/printable.h"
#include "report/words/verdict_words.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMostOpen = 10;    ///< failures that are seen at once; others are a click away
constexpr std::size_t kMostInFull = 60;  ///< with cause, fix and pictures
constexpr std::size_t kMostInShort = 500;

/// An item of the list of what to fix: a verdict or a finding.
struct ToDo {
  Gravity gravity = Gravity::kFails;
  std::size_t index = 0;
  bool is_finding = false;
};

/// What is open, worst first; of what fails, budgets and findings are both seen at once.
std::vector<ToDo> open_items(const HtmlReport& html) {
  std::vector<ToDo> failing;
  std::vector<ToDo> findings;
  std::vector<ToDo> others;
  for (std::size_t i = 0; i < html.verdicts.size(); ++i) {
    const Gravity g = gravity(*html.verdicts[i]);
    if (g == Gravity::kFails) {
      failing.push_back({g, i, false});
    } else if (g == Gravity::kError || g == Gravity::kUnclear) {
      others.push_back({g, i, false});
    }
  }
  for (std::size_t i = 0; i < html.findings.size(); ++i) {
    if (gravity(*html.findings[i]) == Gravity::kFails) {
      findings.push_back({Gravity::kFails, i, true});
    }
  }
  const std::size_t room = kMostOpen - std::min(findings.size(), kMostOpen / 3);
  const std::size_t first = std::min(failing.size(), room);
  std::vector<ToDo> items(failing.begin(), failing.begin() + static_cast<std::ptrdiff_t>(first));
  items.insert(items.end(), findings.begin(), findings.end());
  items.insert(items.end(), failing.begin() + static_cast<std::ptrdiff_t>(first), failing.end());
  items.insert(items.end(), others.begin(), others.end());
  return items;
}

std::string first_cause(const Verdict& verdict, const std::vector<std::string>& causes) {
  return causes.empty() || verdict.causes.empty() ? ""
                                                  : "<p class=\"cause\">" + html_text(causes.front(), 200) + "</p>";
}

/// Name, numbers and owner of an item, with a link to its row.
std::string what(const HtmlReport& html, const ToDo& item) {
  const Verdict* v = item.is_finding ? nullptr : html.verdicts[item.index];
  const Finding* f = item.is_finding ? html.findings[item.index] : nullptr;
  const std::string name = v != nullptr ? budget_words(*v) : rule_title(f->rule, html.report.rules);
  std::string words = v != nullptr ? numbers_sentence(*v) : message_words(*f);
  if (v != nullptr && (words.empty() || !numbers(*v).over)) {
    words = message_words(*v);
  }
  // A budget on many places says which.
  const std::string place =
      v == nullptr || html.verdicts_of.at(v->budget) < 2 ? "" : name_text(to_string(v->where), 160);
  const std::string owner =
      v == nullptr || v->owner.empty() ? "" : " <span class=\"owner\">" + html_text(v->owner, 80) + "</span>";
  return fmt::format("<p class=\"what\"><a href=\"#{}{}\">{}</a> {}<span>{}</span>{}</p>", item.is_finding ? "f" : "v",
                     item.index, html_text(name, 120),
                     place.empty() ? "" : "<span class=\"place\">" + html_text(place, 160) + "</span> ",
                     html_text(words, 300), owner);
}

std::string to_do_item(const HtmlReport& html, const ToDo& item) {
  const Verdict* v = item.is_finding ? nullptr : html.verdicts[item.index];
  const Finding* f = item.is_finding ? html.findings[item.index] : nullptr;
  const std::string step = v != nullptr ? next_step(*v) : next_step(*f, html.report.rules);
  std::string out = fmt::format("<li class=\"{}\">", gravity_class(item.gravity)) +
                    html_pill(item.gravity, v != nullptr ? status_word(v->status) : status_word(*f));
  out += "<div>" + what(html, item) + (v != nullptr ? first_cause(*v, cause_lines(*v)) : "");
  out += step.empty() ? "" : "<p class=\"do\"><b>Fix</b> " + html_text(step, 400) + "</p>";
  out += html_see(v != nullptr ? html.links_of(item.index) : html.links.of(*f)) + "</div>";
  return out + (v != nullptr ? html_beside(*v) : "") + "</li>\n";
}

std::string to_do_in_short(const HtmlReport& html, const ToDo& item) { return "<li>" + what(html, item) + "</li>\n"; }

/// What is not seen at once.
std::string more_to_do(const HtmlReport& html, const std::vector<ToDo>& items) {
  if (items.size() <= kMostOpen) {
    return "";
  }
  std::string out = fmt::format("<details class=\"more\"><summary>and {} more</summary>\n<ol start=\"{}\">\n",
                                items.size() - kMostOpen, kMostOpen + 1);
  for (std::size_t i = kMostOpen; i < std::min(items.size(), kMostInFull); ++i) {
    out += to_do_item(html, items[i]);
  }
  out += "</ol>\n";
  if (items.size() > kMostInFull) {
    out += fmt::format("<ol class=\"short\" start=\"{}\">\n", kMostInFull + 1);
    for (std::size_t i = kMostInFull; i < std::min(items.size(), kMostInShort); ++i) {
      out += to_do_in_short(html, items[i]);
    }
    out += "</ol>\n";
  }
  if (items.size() > kMostInShort) {
    const std::size_t more = items.size() - kMostInShort;
    out += fmt::format("<p>{} more {} in {}; the json report lists all of them.</p>\n", more, more == 1 ? "is" : "are",
                       html.verdicts.empty()   ? "<a href=\"#findings\">all findings</a>"
                       : html.findings.empty() ? "<a href=\"#verdicts\">all budgets</a>"
                                               : "<a href=\"#verdicts\">all budgets</a> and <a href=\"#findings\">"
                                                 "findings</a>");
  }
  return out + "</details>\n";
}

}  // namespace

std::string html_to_do(const HtmlReport& html) {
  const std::vector<ToDo> items = open_items(html);
  if (items.empty()) {
    return "";
  }
  std::string out = fmt::format(
      "<section class=\"panel todo\" aria-labelledby=\"todo\"><h2 id=\"todo\">What broke, and how to fix it <span "
      "class=\"count\">{}</span></h2>\n<ol>\n",
      items.size());
  for (std::size_t i = 0; i < std::min(items.size(), kMostOpen); ++i) {
    out += to_do_item(html, items[i]);
  }
  return out + "</ol>\n" + more_to_do(html, items) + "</section>\n";
}

}  // namespace budgetcheck
