#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/number.h"
#include "base/text.h"
#include "budget/catalogue.h"
#include "report/html/html_data.h"
#include "report/html/html_sections.h"
#include "report/words/cause_words.h"
#include "report/words/finding_words.h"
#include "report/words/markup.h"
#include "report/words/printable.h"
#include "report/words/sparkline.h"
#include "report/words/verdict_words.h"

namespace budgetcheck {
namespace {

/// So many are in the page itself, for readers without a script; the script lists all of them from the data. Where
/// not all can, the worst do: what follows has mostly passed, and the file is big enough.
constexpr std::size_t kMostStatic = 200;
constexpr std::size_t kStaticOfMany = 50;

std::string cell(std::string_view classes, std::string_view label, const std::string& text) {
  return "<span class=\"" + std::string(classes) + "\">" +
         (text.empty() ? "" : "<i>" + std::string(label) + "</i>" + html_text(text, 80)) + "</span>";
}

std::string line(std::string_view name, const std::string& html) {
  return html.empty() ? "" : "<div><dt>" + std::string(name) + "</dt><dd>" + html + "</dd></div>";
}

std::vector<double> history_of(const Verdict& verdict, const Sample& base) {
  if (!verdict.value) {
    return {};
  }
  // Records sum up each commit by the metric's own statistic.
  const std::optional<Metric> metric = shipped_metrics().find(verdict.metric);
  const bool one_number = std::holds_alternative<Single>(base.value) || std::holds_alternative<Rate>(base.value);
  if (!tells(base, verdict.stat) || (!one_number && (metric ? metric->stat : Stat::kMedian) != verdict.stat)) {
    return {};
  }
  std::vector<double> values = base.history->last;
  values.push_back(aggregate(base, verdict.stat));
  values.push_back(*verdict.value);
  const bool finite = std::all_of(values.begin(), values.end(), [](double value) { return std::isfinite(value); });
  return finite && values.size() >= 3 ? values : std::vector<double>();
}

std::string row(const HtmlReport& html, std::size_t index) {
  const VerdictWords w = verdict_words(*html.verdicts[index]);
  const std::vector<double>& history = html.histories[index];
  std::string out = "<details class=\"row " + std::string(gravity_class(w.gravity)) + "\" id=\"v" +
                    std::to_string(index) + "\"><summary>" + html_pill(w.gravity, w.status);
  out += "<span class=\"name\"><b>" + html_text(w.budget, 160) + "</b> <span class=\"sub\">" +
         html_text(w.subject, 300) + "</span></span>";
  out += "<span class=\"nums\">" + cell("num", "now ", w.value) + cell("num", "base ", w.base) +
         cell("num " + w.trend, "change ", w.delta) + cell("num", "limit ", w.limit) + "</span>";
  out += "<span class=\"room\">" + html_usage_bar(*html.verdicts[index]) + "<span>" + html_text(w.headroom, 60) +
         "</span></span></summary>\n<div class=\"body\"><div>";
  out += w.message.empty() ? "" : "<p>" + html_text(w.message) + "</p>";
  out += w.step.empty() ? "" : "<p class=\"do\"><b>Fix</b> " + html_text(w.step) + "</p>";
  if (!w.causes.empty()) {
    out += "<h3>Why it differs from the base</h3><ul>";
    for (const std::string& cause : w.causes) {
      out += "<li>" + html_text(cause, 400) + "</li>";
    }
    out += "</ul>";
  }
  out += html_beside(*html.verdicts[index]) + html_see(html.links_of(index));
  out += "</div><dl>";
  out +=
      line("Why", html_text(w.why)) + line("Owner", html_text(w.owner, 80)) + line("Shift", html_text(w.interval, 120));
  out += line("Budget", w.place.empty() ? "" : "<code>" + html_text(w.place, 160) + "</code>");
  out += line("Measured in", w.measured_in.empty() ? "" : "<code>" + html_text(w.measured_in, 160) + "</code>");
  out += line("History", history.empty() ? "" : html_text(sparkline(history, 20, true)));
  return out + "</dl></div></details>\n";
}

}  // namespace

HtmlReport::HtmlReport(const Report& of)
    : report(of),
      verdicts(worst_first(of.verdicts)),
      findings(worst_first(of.findings)),
      places(part_places(of)),
      requests(request_groups(of.exchanges)),
      links(places, requests) {
  std::erase_if(verdicts, [](const Verdict* verdict) { return is_on_gate(*verdict); });  // the summary lists these
  std::map<std::string_view, std::map<Labels, const Sample*>> bases;
  for (const Sample& sample : of.base_samples) {
    if (sample.history) {
      bases[sample.metric].emplace(sample.where, &sample);
    }
  }
  for (const Verdict* verdict : verdicts) {
    const std::map<Labels, const Sample*>& of_metric = bases[verdict->metric];
    const auto base = of_metric.find(verdict->where);
    histories.push_back(base == of_metric.end() ? std::vector<double>() : history_of(*verdict, *base->second));
  }
}

std::vector<PageLink> HtmlReport::links_of(std::size_t verdict) const {
  const Verdict& v = *verdicts[verdict];
  return gravity(v) == Gravity::kPasses ? std::vector<PageLink>() : links.of(v);
}

VerdictWords verdict_words(const Verdict& v) {
  const Numbers n = numbers(v);
  VerdictWords w;
  w.gravity = gravity(v);
  w.status = status_word(v.status);
  w.budget = budget_words(v);
  w.metric = name_text(v.metric);
  w.subject = subject_words(v);
  w.value = n.value;
  w.base = n.base;
  w.delta = n.delta == "no change" ? "same" : n.delta;
  w.trend = v.delta && n.delta != "no change" && !n.delta.empty()
                ? ((*v.delta > 0) == v.higher_is_better ? "good" : "bad")
                : "";
  w.limit = limit_words(v, n.limit);
  w.headroom = n.headroom.empty()
                   ? ""
                   : (n.over ? (v.limit_is_min ? "short by " : "over by ") : "") + n.headroom + (n.over ? "" : " left");
  const std::string message = message_words(v);
  w.message = message == numbers_sentence(v) && v.status == Status::kPass ? "" : message;
  w.step = next_step(v);
  w.why = sentence_text(v.why);
  w.owner = name_text(v.owner, 80);
  w.place = name_text(to_string(v.location));
  w.measured_in = name_text(to_string(v.sample_location));
  w.causes = cause_lines(v);
  if (v.interval && std::isfinite(v.interval->low) && std::isfinite(v.interval->high)) {
    const auto percent = [](double share) { return (share > 0 ? "+" : "") + format_rounded(share * 100, 1) + "%"; };
    w.interval = fmt::format("{} to {} compared with the base (90% interval)", percent(v.interval->low),
                             percent(v.interval->high));
  }
  if (v.minimum_detectable && std::isfinite(*v.minimum_detectable)) {
    w.interval += fmt::format("{}these runs can detect a growth of {}% or more", w.interval.empty() ? "" : "; ",
                              format_rounded(*v.minimum_detectable * 100, 1));
  }
  return w;
}

std::string html_verdicts(const HtmlReport& html) {
  const std::size_t count = html.verdicts.size();
  if (count == 0) {
    return "";
  }
  std::string out = section_begin("verdicts", "Budgets", counted(count, "result"));
  const bool has_base =
      std::any_of(html.verdicts.begin(), html.verdicts.end(), [](const Verdict* v) { return v->base.has_value(); });
  const std::string classes = has_base ? "" : " nobase";
  out += "<div class=\"tools\" id=\"verdict-tools\" hidden></div>\n";
  out += "<div class=\"row head" + classes +
         "\" id=\"verdict-head\" aria-hidden=\"true\"><span>status</span><span>budget</span><span "
         "class=\"num\">now</span><span class=\"num\">base</span><span class=\"num\">change</span><span "
         "class=\"num\">limit</span><span>use of the limit</span></div>\n<div class=\"rows" +
         classes + "\" id=\"verdict-rows\">\n";
  const std::size_t shown = count > kMostStatic ? kStaticOfMany : count;
  for (std::size_t i = 0; i < shown; ++i) {
    out += row(html, i);
  }
  out += "</div>\n";
  if (count > shown) {
    out += fmt::format(
        "<p class=\"about nojs\">{} more are listed with scripts enabled; the json report lists all of them.</p>\n",
        count - shown);
  }
  return out + "<div class=\"pager\" id=\"verdict-pager\" hidden></div>\n" + std::string(kSectionEnd);
}

}  // namespace budgetcheck
