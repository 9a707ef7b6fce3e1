#include "report/formats/comment.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/hash.h"
#include "base/pattern.h"
#include "base/text.h"
#include "report/words/markdown_body.h"
#include "report/words/markup.h"
#include "report/words/order.h"
#include "report/words/run_words.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kFooterStart = "<sub>";
// A section of one application among several is not worth its place with less.
constexpr std::size_t kLeastSection = 4'000;

/// A word of the marker. One that had to be changed carries a hash of what it was: "test (1)" is not "test [1]".
std::string key_word(std::string_view name) {
  const std::string word = marker_word(name);
  constexpr std::size_t kHashDigits = 8;
  return name.empty() || word == name ? word : word + "." + stable_key(name).substr(0, kHashDigits);
}

int badness(const Report& report) {
  if (is_quiet(report)) {
    return 3;
  }
  return report.outcome == Outcome::kPass ? 2 : report.outcome == Outcome::kInconclusive ? 1 : 0;
}

bool is_address(const std::string& url) {
  constexpr std::size_t kLongest = 500;
  static const Expected<Pattern> kAddress = Pattern::compile("^https?://[A-Za-z0-9._:-]+(/[A-Za-z0-9._~%/-]*)?$");
  return url.size() <= kLongest && kAddress && kAddress->found_in(url);
}

std::string footer(const std::vector<Report>& reports, const CommentContext& context) {
  constexpr std::size_t kShortId = 7;
  const std::string& commit = reports.front().commit;
  const bool one_commit =
      std::all_of(reports.begin(), reports.end(), [&](const Report& r) { return r.commit == commit; });
  std::string out = std::string(kFooterStart) + "budgetcheck";
  out += one_commit && !commit.empty() ? " of " + markdown_code(commit.substr(0, kShortId)) : "";
  out += is_address(context.run_url) ? fmt::format(" in <a href=\"{}\">this run</a>", context.run_url) : "";
  return out + "</sub>\n";
}

/// Whose word the numbers are.
std::string measured_by(const OtherRun& run) {
  const std::string whose = run.of_fork ? "the fork's own run" : "another run";
  if (run.conclusion.empty()) {
    return fmt::format("Measured by {}\n\n", whose);
  }
  return fmt::format("{}Measured by {}, whose conclusion is {}\n\n", run.conclusion == "success" ? "" : "⚠️ ",
                     whose, markdown_code(run.conclusion, 40));
}

/// The names of the reports, numbered where two have the same.
std::vector<std::string> names_of(const std::vector<const Report*>& reports) {
  std::map<std::string, std::size_t> seen;
  std::vector<std::string> out;
  for (const Report* report : reports) {
    std::string name = app_name(*report).empty() ? "(without a name)" : app_name(*report);
    const std::size_t n = ++seen[name];
    out.push_back(markdown_code(n > 1 ? fmt::format("{} ({})", name, n) : name, 100));
  }
  return out;
}

std::string merged(const std::vector<const Report*>& reports, const std::string& claim, std::size_t limit) {
  const std::vector<std::string> names = names_of(reports);
  const auto not_passed = static_cast<std::size_t>(
      std::count_if(reports.begin(), reports.end(), [](const Report* r) { return r->outcome != Outcome::kPass; }));
  const auto quiet = static_cast<std::size_t>(
      std::count_if(reports.begin(), reports.end(), [](const Report* r) { return is_quiet(*r); }));
  MarkdownBody body(limit);
  const std::string applications = counted(reports.size(), "application");
  body.add(fmt::format("### {} budgetcheck: {}\n\n", outcome_symbol(*reports.front()),
                       not_passed == 0 ? fmt::format("passed, {}", applications)
                                       : fmt::format("{} of {} did not pass", not_passed, applications)));
  body.add(claim);
  if (quiet == reports.size()) {
    return body.take();
  }
  std::vector<std::string> rows;
  for (std::size_t i = 0; i < reports.size(); ++i) {
    rows.push_back(fmt::format("| {} {} | {} | {} |\n", outcome_symbol(*reports[i]), lower(outcome_word(*reports[i])),
                               names[i], markdown_text(counts_words(*reports[i]))));
  }
  body.add("| status | application | result |\n|---|---|---|\n");
  body.rows(rows, limit / 2, "application", "\n");

  std::size_t open = reports.size() - quiet;
  for (std::size_t i = 0; open > 0 && i < reports.size() - quiet; ++i, --open) {
    const std::size_t left = body.limit() - std::min(body.limit(), body.size() + kForRemark);
    const std::size_t share = std::max(left / open, std::min(left, kLeastSection));
    const std::string title = fmt::format("#### {} {}\n\n", outcome_symbol(*reports[i]), names[i]);
    const std::string section =
        share < kLeastSection ? std::string() : markdown_details(*reports[i], share - title.size());
    if (section.empty() || title.size() + section.size() > left) {
      body.add(fmt::format(
          "\nThe details of {} do not fit in this comment; the job's log and the json reports contain them\n\n",
          counted(open, "application")));
      break;
    }
    body.add(title + section + "\n");
  }
  return body.take();
}

}  // namespace

std::string comment_marker(std::string_view app, std::string_view job) {
  return fmt::format("<!-- budgetcheck v1 app={} job={} -->", key_word(app), key_word(job));
}

std::string comment_marker(const std::vector<Report>& reports, const CommentContext& context) {
  std::string app = context.app;
  if (app.empty()) {
    app = app_name(reports.front());
    for (const Report& report : reports) {
      app = app_name(report) == app ? app : "all";
    }
  }
  return comment_marker(app, context.job);
}

bool is_quiet(const Report& report) {
  const Tally t = tally(report);
  return report.exit_code == 0 && report.outcome == Outcome::kPass &&
         t.failed + t.errors + t.unclear + t.warned + t.findings_failing + t.findings_warning + t.bad_inputs +
                 t.problems ==
             0;
}

std::string render_comment(const std::vector<Report>& reports, const CommentContext& context) {
  std::vector<const Report*> sorted;
  for (const Report& report : reports) {
    sorted.push_back(&report);
  }
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Report* a, const Report* b) { return badness(*a) < badness(*b); });
  std::string out = comment_marker(reports, context) + "\n";
  const std::string claim = context.other_run ? measured_by(*context.other_run) : std::string();
  const std::string last = footer(reports, context);
  if (sorted.size() > 1) {
    out += merged(sorted, claim, kMostCommentBytes - out.size() - last.size());
  } else {
    out += markdown_title(*sorted.front()) + claim;
    if (!is_quiet(*sorted.front())) {
      out += markdown_details(*sorted.front(), kMostCommentBytes - out.size() - last.size() - 1) + "\n";
    }
  }
  return out + last;
}

std::string comment_substance(std::string_view body) {
  const std::string text = replace_all(std::string(body), "\r\n", "\n");
  std::string_view rest = trim(text);
  const std::size_t last = rest.rfind('\n');
  if (last != std::string_view::npos && rest.substr(last + 1).starts_with(kFooterStart)) {
    rest = trim(rest.substr(0, last));
  }
  return std::string(rest);
}

}  // namespace budgetcheck
