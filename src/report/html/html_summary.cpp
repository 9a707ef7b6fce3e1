#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/number.h"
#include "base/text.h"
#include "report/html/html_sections.h"
#include "report/words/markup.h"
#include "report/words/run_words.h"
#include "report/words/verdict_words.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMostProblems = 50;
constexpr std::size_t kMostNotes = 30;
constexpr std::size_t kMostTight = 3;

std::string fact(std::string_view name, const std::string& html) {
  return html.empty() ? "" : "<div><dt>" + std::string(name) + "</dt><dd>" + html + "</dd></div>\n";
}

std::string_view outcome_class(Outcome outcome) {
  switch (outcome) {
    case Outcome::kPass:
      return "pass";
    case Outcome::kFail:
      return "fail";
    case Outcome::kInconclusive:
      return "unclear";
    case Outcome::kError:
      return "error";
  }
  return "error";
}

/// One part for each thing that a budget can be, as wide as there are many.
std::string shares(const Tally& t) {
  struct Share {
    std::size_t count;
    std::string_view name;
    std::string_view word;
  };
  const std::array<Share, 6> all{{{t.failed, "fail", "over"},
                                  {t.errors, "error", "wrong"},
                                  {t.unclear, "unclear", "unclear"},
                                  {t.warned, "warn", "warned"},
                                  {t.waived, "waived", "waived"},
                                  {t.passed, "pass", "within"}}};
  if (t.budgets == 0) {
    return "";
  }
  std::string bar = "<svg class=\"shares\" viewBox=\"0 0 100 4\" preserveAspectRatio=\"none\" aria-hidden=\"true\">";
  std::string words = "<ul class=\"tally\">";
  double at = 0;
  for (const Share& share : all) {
    if (share.count == 0) {
      continue;
    }
    const double width = 100.0 * static_cast<double>(share.count) / static_cast<double>(t.budgets);
    const std::string name(share.name);
    bar += "<rect class=\"s-" + name + "\" x=\"" + format_rounded(at, 2) + "\" width=\"" + format_rounded(width, 2) +
           "\" height=\"4\"/>";
    at += width;
    words +=
        "<li class=\"s-" + name + "\"><b>" + std::to_string(share.count) + "</b> " + std::string(share.word) + "</li>";
  }
  words += t.improved > 0 ? "<li><b>" + std::to_string(t.improved) + "</b> improved</li>" : "";
  return bar + "</svg>\n" + words + "</ul>\n";
}

std::string problems(const Report& report) {
  std::string out;
  const auto item = [&](const std::string& place, const std::string& text, const std::string& hint) {
    out += "<li>" + (place.empty() ? "" : "<code>" + html_text(place, 200) + "</code> ") + html_text(text);
    out += hint.empty() ? "" : "<p class=\"do\"><b>Fix</b> " + html_text(hint) + "</p>";
    out += "</li>\n";
  };
  std::size_t shown = 0;
  std::size_t all = 0;
  for (const Error& problem : report.problems) {
    if (++all <= kMostProblems) {
      item(to_string(problem.location), problem.message, problem.hint);
      ++shown;
    }
  }
  for (const Input& input : report.inputs) {
    if (input.state != InputState::kRead && ++all <= kMostProblems) {
      item(input.path, input_words(input), input.hint);
      ++shown;
    }
  }
  if (out.empty()) {
    return "";
  }
  const std::string more = all > shown ? fmt::format("<p>{} more are in the json report.</p>\n", all - shown) : "";
  return "<section class=\"panel problems\" aria-labelledby=\"problems\"><h2 id=\"problems\">What prevents a "
         "verdict</h2>\n<ul>\n" +
         out + "</ul>\n" + more + "</section>\n";
}

std::string gate(const Report& report) {
  if (!alters_gate(report)) {
    return "";
  }
  std::string out;
  std::size_t shown = 0;
  const std::vector<const Verdict*> verdicts = gate_verdicts(report.verdicts);
  for (const Verdict* v : verdicts) {
    if (++shown > kMostProblems) {
      continue;
    }
    const std::string step = v->status == Status::kPass ? "" : next_step(*v);
    out += "<li>" + html_pill(gravity(*v), status_word(v->status)) + " <code>" + html_text(budget_words(*v), 120) +
           "</code> " + html_text(message_words(*v));
    out += step.empty() ? "" : "<p class=\"do\"><b>Fix</b> " + html_text(step) + "</p>";
    out += "</li>\n";
  }
  for (const std::string& clause : report.gate) {
    out += ++shown > kMostProblems ? "" : "<li>" + html_text(clause) + "</li>\n";
  }
  const std::string more =
      shown > kMostProblems ? fmt::format("<p>{} more are in the json report.</p>\n", shown - kMostProblems) : "";
  return fmt::format(
      "<section class=\"panel problems gate\" aria-labelledby=\"gate\"><h2 "
      "id=\"gate\">{}</h2>\n<ul>\n{}</ul>\n{}</section>\n",
      kGateHeading, out, more);
}

/// When nothing broke: which budgets are closest to their limits.
std::string tight(const HtmlReport& html) {
  std::vector<std::pair<double, std::size_t>> by_usage;
  for (std::size_t i = 0; i < html.verdicts.size(); ++i) {
    const Verdict& v = *html.verdicts[i];
    const std::optional<double> share = headroom_share(v);
    if (gravity(v) == Gravity::kPasses && share && std::isfinite(*share)) {
      by_usage.emplace_back(*share, i);
    }
  }
  std::stable_sort(by_usage.begin(), by_usage.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::string out;
  for (std::size_t k = 0; k < std::min(by_usage.size(), kMostTight); ++k) {
    const std::size_t i = by_usage[k].second;
    const Verdict& v = *html.verdicts[i];
    out += "<li>" + html_usage_bar(v) + "<div><p class=\"what\"><a href=\"#v" + std::to_string(i) + "\">" +
           html_text(budget_words(v), 120) + "</a> <span>" + html_text(numbers_sentence(v), 300) +
           "</span></p></div></li>\n";
  }
  return out.empty() ? ""
                     : "<section class=\"panel todo pass\" aria-labelledby=\"nearest\"><h2 id=\"nearest\">Nothing "
                       "broke; nearest to a limit</h2>\n<ol>\n" +
                           out + "</ol>\n</section>\n";
}

std::string notes(const Report& report) {
  if (report.notes.empty() && report.unbudgeted == 0) {
    return "";
  }
  std::string out;
  for (std::size_t i = 0; i < std::min(report.notes.size(), kMostNotes); ++i) {
    out += "<li>" + html_text(report.notes[i]) + "</li>\n";
  }
  if (report.notes.size() > kMostNotes) {
    out += fmt::format("<li>{} more in the json report</li>\n", counted(report.notes.size() - kMostNotes, "note"));
  }
  if (report.unbudgeted > 0) {
    out += fmt::format("<li>{} no budget</li>\n", counted(report.unbudgeted, "measurement has", "measurements have"));
  }
  const std::size_t count = report.notes.size() + (report.unbudgeted > 0 ? 1 : 0);
  return "<details class=\"notes\"" + std::string(count <= 3 ? " open" : "") + "><summary>" + counted(count, "note") +
         "</summary>\n<ul>\n" + out + "</ul>\n</details>\n";
}

}  // namespace

std::string html_summary(const HtmlReport& html) {
  const Report& r = html.report;
  const Tally t = tally(r);
  const std::string app = r.app.empty() ? r.project : r.app;
  std::string out =
      "<section class=\"hero " + std::string(outcome_class(r.outcome)) + "\" aria-labelledby=\"outcome\">\n";
  out += "<div class=\"verdict\"><h1 id=\"outcome\"><span class=\"word\">" + lower(outcome_word(r)) + "</span>" +
         (app.empty() ? "" : " <span class=\"app\">" + html_text(app, 80) + "</span>") + "</h1>\n<p class=\"counts\">" +
         html_text(counts_words(r)) + "</p>\n" + shares(t) + "</div>\n<dl class=\"facts\">\n";
  constexpr std::size_t kShortCommit = 12;
  out += fact("Commit", r.commit.empty() ? "" : "<code>" + html_text(r.commit.substr(0, kShortCommit)) + "</code>");
  std::string base = base_words(r.base);
  out += fact("Base", html_text(base.starts_with("base: ") ? base.substr(6) : base, 300));
  out += fact("Measured", html_text(r.measured_at, 40));
  out += fact("Budgets", r.budgets_path.empty() ? "" : "<code>" + html_text(r.budgets_path, 120) + "</code>");
  out += fact("Exit code", std::to_string(r.exit_code) + ", " + html_text(exit_meaning(r.exit_code)));
  out += "</dl>\n</section>\n";
  out += problems(r);
  out += gate(r);
  out += html_to_do(html) + (r.outcome == Outcome::kPass ? tight(html) : "");
  return out + notes(r);
}

}  // namespace budgetcheck
